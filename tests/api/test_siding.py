"""側に立つ (rules 2 and 32): to write, too, whoever acts for one of a household by a record of
another stands beside them; and whoever may not decide has somebody who may.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.values import JST
from tests.api.test_sides import LAW, conceal, does, taken_in
from tests.api.town import Town, problem, who

LEAD = {"agency": "shakyo", "desk": "support"}


def lives_here_too(town: Town) -> tuple[str, str, str]:
    """A father of two households: this one, the other, and he."""
    former, father = taken_in(town, "二つの世帯の父")
    home, _ = taken_in(town, "残った母")
    joins = {"person": father, "relation": "unknown", "membership": "apart"}
    does(town, f"{home}/members", joins)
    return home, former, father


def guardian(town: Town, home: str, person: str, **by: str) -> str:
    task = {"person": person, "kind": "guardian", "guardian": "某", **by}
    return f"{home}/guardianships/{does(town, f'{home}/guardianships', task)['fact']}/end"


def test_a_guardian_recorded_in_another_household_of_theirs_decides_about_no_other_agency(
    town: Town,
) -> None:
    home, former, father = lives_here_too(town)
    problem(town.post(f"{home}/lead", LEAD), 409, "LeadNotInvolved")
    over = guardian(town, former, father, agency="centre", staff=str(who("tanaka")))
    problem(town.post(f"{home}/lead", LEAD), 409, "ActsForMember")
    problem(town.post(f"{home}/lead", LEAD, "endo"), 409, "LeadNotInvolved")
    does(town, over, {"reason": "resigned"}, "endo")
    problem(town.post(f"{home}/lead", LEAD), 409, "LeadNotInvolved")


def test_nor_does_whoever_sat_beside_them(town: Town) -> None:
    home, former, father = lives_here_too(town)
    today = str(datetime.now(JST).date())
    held = does(town, "/sittings", {"body": "support", "held_on": today}, "yamada")["id"]
    about = {"kind": "case", "item_basis": "support", "title": "関わり方"}
    about["household"] = former.rpartition("/")[2]
    item = does(town, f"/sittings/{held}/items", about, "suzuki")["id"]
    seat: dict[str, Any] = {"kind": "outside", "agency": "centre", "staff": str(who("tanaka"))}
    seat |= {"person": father, "capacity": "付添い", "items": [item]}
    does(town, f"/sittings/{held}/attendees", seat, "suzuki")
    problem(town.post(f"{home}/lead", LEAD), 409, "ActsForMember")


def test_what_is_hidden_from_them_is_not_there_to_be_passed_on(town: Town) -> None:
    """Answered as for a number of nothing."""
    home, former, father = lives_here_too(town)
    heard = {"route": "visit", "consulter": "self", "narrative": "父には話さないでほしい。"}
    told = does(town, f"{home}/consultations", {**heard, "hidden_from": [father]})
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "facts": [told["fact"]]}
    over = guardian(town, former, father, agency="centre", staff=str(who("tanaka")))
    hidden = town.post(f"{home}/shares", sent)
    absent = town.post(f"{home}/shares", {**sent, "facts": [told["fact"] ^ 1]})
    problem(hidden, 404, "Unknown")
    assert hidden.content == absent.content
    assert does(town, f"{home}/shares", sent, "endo")
    does(town, over, {"reason": "resigned"}, "endo")
    assert does(town, f"{home}/shares", sent)


def by_number(home: str, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """What one tries with the number of a record."""
    yield f"{home}/facts/{number}/label", {"to_category": "abuse"}
    yield f"{home}/facts/{number}/correction", {"reason": "誤り", "void": True}
    yield f"{home}/misfilings", {"reason": "別の世帯", "facts": [number]}
    sent = {"purpose": "referral", "basis": LAW}
    yield f"{home}/shares", {**sent, "to_agency": "shakyo", "facts": [number]}
    yield f"{home}/referrals", {**sent, "to_agency": "shakyo", "enclosed": [number]}


def test_what_tells_where_to_look_for_somebody_is_not_there_to_write_of(town: Town) -> None:
    """田中's own desk asked 社協 to stand by the mother, and 田中 knows the number; now that she is
    protected from the father, for whom 田中 acts, it is answered as that of nothing.
    """
    former, father = taken_in(town, "離れた父")
    home, mother = taken_in(town, "離れて暮らす母")
    over = guardian(town, former, father, agency="centre", staff=str(who("tanaka")))
    sent = {"to_agency": "shakyo", "purpose": "referral", "subjects": [mother], "enclosed": []}
    told = does(town, f"{home}/referrals", sent)["fact"]
    label, *_ = by_number(home, told)
    assert town.post(label[0], {}).status_code == 200
    conceal(town, home, mother, father)
    for (path, body), (none, other) in zip(
        by_number(home, told), by_number(home, told ^ 1), strict=True
    ):
        hidden, absent = town.post(path, body), town.post(none, other)
        assert hidden.status_code == absent.status_code >= 400
        assert hidden.text.replace(str(told), str(told ^ 1)) == absent.text, path
    assert does(town, *label, "endo")
    does(town, over, {"reason": "resigned"}, "endo")
    assert town.post(*label).status_code == 200


def test_what_tells_nobody_where_to_look_is_written_of_as_ever(town: Town) -> None:
    former, father = taken_in(town, "離れた父")
    home, mother = taken_in(town, "離れて暮らす母")
    guardian(town, former, father, agency="centre", staff=str(who("tanaka")))
    conceal(town, home, mother, father)
    heard = {"route": "visit", "consulter": "self", "person": mother, "narrative": "窓口に来た。"}
    told = does(town, f"{home}/consultations", heard)["fact"]
    label, correction, *_ = by_number(home, told)
    assert does(town, *label)
    assert does(town, *correction)


def test_with_a_guardian_of_one_desk_the_case_goes_on_through_others(town: Town) -> None:
    """社協, whose only desk leads the case, is the woman's guardian as a whole: 多機関協働, asked
    by a つなぎ, asks another agency in, makes it the lead and shares out the roles.
    """
    person = {"nickname": "後見を受ける人", "relation": "self"}
    body = {"persons": [person], "route": "visit", "consulter": "self"}
    told = does(town, "/intakes", body, "sato")
    home, woman = f"/households/{told['id']}", told["ids"]["person-0"]
    task = {"person": woman, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"{home}/guardianships", task, "sato")
    centre = {"agency": "centre", "desk": "general"}
    refused = town.post(f"{home}/lead", centre, "sato")
    assert "つなぎ" in problem(refused, 409, "ActsForMember")["title"]

    sent = {"purpose": "referral", "basis": LAW, "subjects": [woman], "enclosed": []}
    sent |= {"categories": ["consultation"]}
    to_city = {**sent, "to_agency": "city", "to_desk": "layered"}
    asked = does(town, f"{home}/referrals", to_city, "sato")["id"]
    does(town, f"{home}/referrals/{asked}/acceptance", {}, "suzuki")
    law = {**LAW, "article": "kojin-69-1"}
    handed = {**sent, "basis": law, "to_agency": "centre", "to_desk": "general"}
    asked = does(town, f"{home}/referrals", handed, "suzuki")["id"]
    does(town, f"{home}/referrals/{asked}/acceptance", {})
    does(town, f"{home}/lead", centre, "suzuki")

    today = str(datetime.now(JST).date())
    held = does(town, "/sittings", {"body": "support", "held_on": today}, "yamada")["id"]
    brought = {"subjects": [woman], "item_basis": "support", "title": "関わり方"}
    brought["sitting"] = held
    item = does(town, f"{home}/sitting-items", brought, "suzuki")["ids"]["item"]
    seat = {"kind": "staff", "agency": "centre", "staff": str(who("tanaka")), "items": [item]}
    seated = does(town, f"/sittings/{held}/attendees", {**seat, "capacity": "保健師"}, "suzuki")
    does(
        town, f"/sittings/{held}/duties", {"attendee": seated["id"], "text_version": "r8"}, "suzuki"
    )
    there = {"item": item, "attendee": seated["id"], "capacity": "保健師"}
    does(town, f"/sittings/{held}/attendance", there, "suzuki")
    role = {"agency": "centre", "task": "見守り"}
    decided = {"sitting": held, "item": item, "kind": "roles", "roles": [role]}
    does(town, f"{home}/meeting-decisions", decided, "suzuki")
