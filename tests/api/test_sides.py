"""Who acts for the 相手方 by a record of one household stands on that side in every other, too."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from api.dev_issuer import DEV_ISSUER
from domain.values import JST
from tests.api.town import ADMINISTRATOR, START, Town, who

LAW = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}


def does(town: Town, path: str, body: Any, staff: str = "tanaka") -> dict[str, Any]:
    answered = town.post(path, body, staff)
    assert answered.status_code == 201, answered.text
    told: dict[str, Any] = answered.json()
    return told


def taken_in(town: Town, nickname: str) -> tuple[str, str]:
    """A household of one, and that one."""
    person = {"nickname": nickname, "relation": "self"}
    told = does(town, "/intakes", {"persons": [person], "route": "visit", "consulter": "self"})
    return f"/households/{told['id']}", told["ids"]["person-0"]


def told_to_shakyo(town: Town, nickname: str) -> tuple[str, str, str]:
    """Somebody lives alone, and 社協 is asked by law to look after them."""
    home, person = taken_in(town, nickname)
    body = {"route": "visit", "consulter": "self", "person": person, "category": "consultation"}
    told = does(town, f"{home}/consultations", {**body, "narrative": "新しい町で暮らし始めた。"})
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "subjects": [person]}
    sent |= {"categories": ["consultation"], "enclosed": [told["fact"]]}
    asked = does(town, f"{home}/referrals", sent)
    return home, person, asked["position"]


def conceal(town: Town, home: str, person: str, against: str) -> str:
    begun = {"counterparties": [against], "threat": "dv"}
    told = does(town, f"{home}/persons/{person}/concealments", begun, "mori")
    return str(told["position"])


def seen(town: Town, home: str, position: str, staff: str = "sato") -> int:
    return town.get(f"{home}?after={position}", staff).status_code


def listed(town: Town, said: str, staff: str = "sato") -> list[str]:
    found = town.get(f"/households?scope=agency&limit=200{said}", staff).json()["households"]
    return [f"/households/{each['household']}" for each in found]


def test_a_guardian_recorded_elsewhere_learns_nothing_of_the_protected_person(town: Town) -> None:
    former, father = taken_in(town, "前の世帯の父")
    home, mother, position = told_to_shakyo(town, "移った母")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    appointed = does(town, f"{former}/guardianships", {**guardian, "staff": str(who("sato"))})
    assert seen(town, home, position) == 200
    assert listed(town, "&q=移った母") == [home]
    position = conceal(town, home, mother, father)
    assert seen(town, home, position) == 404
    assert home not in listed(town, "")
    assert listed(town, "&q=移った母") == []
    assert seen(town, home, position, "tanaka") == 200
    assert str(father) not in town.get(f"{home}/timeline", "tanaka").text
    stream = home.rpartition("/")[2]
    asked = f"staff={who('sato')}&stream={stream}&version={town.number(stream, 2)}"
    asked = f"/audit/explanations?{asked}&at={quote(datetime.now(JST).isoformat())}"
    (why,) = town.get(asked, "ito", **{"Setai-Purpose": "audit"}).json()["answers"]
    assert (why["granted"], why["rule"]) == (False, "wall")
    task = f"{former}/guardianships/{appointed['fact']}"
    ended = does(town, f"{task}/end", {"reason": "resigned"})
    assert seen(town, home, str(ended["position"])) == 200


def test_a_list_of_both_households_shows_them_theirs_alone(town: Town) -> None:
    """The father's household stands in the same list: he is no less a 相手方 for that."""
    former, father, position = told_to_shakyo(town, "隣の町の父")
    home, mother, _ = told_to_shakyo(town, "越した母")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    position = str(does(town, f"{former}/guardianships", guardian)["position"])
    assert {former, home} <= set(listed(town, f"&after={position}"))
    position = conceal(town, home, mother, father)
    left = listed(town, f"&after={position}")
    assert former in left
    assert home not in left
    register = town.get("/disclosures?limit=200", "sato").text
    assert former.rpartition("/")[2] in register
    assert home.rpartition("/")[2] not in register


def test_a_seat_taken_for_somebody_elsewhere_is_a_side_too(town: Town) -> None:
    former, father = taken_in(town, "会議の父")
    home, mother, _ = told_to_shakyo(town, "会議のない母")
    position = conceal(town, home, mother, father)
    assert seen(town, home, position) == 200
    today = str(datetime.now(JST).date())
    held = does(town, "/sittings", {"body": "support", "held_on": today}, "yamada")["id"]
    about = {"kind": "case", "item_basis": "support", "title": "関わり方"}
    about["household"] = former.rpartition("/")[2]
    item = does(town, f"/sittings/{held}/items", about, "suzuki")["id"]
    seat: dict[str, Any] = {
        "kind": "outside",
        "agency": "shakyo",
        "staff": str(who("sato")),
        "person": father,
    }
    seat |= {"capacity": "付添い", "items": [item]}
    invited = does(town, f"/sittings/{held}/attendees", seat, "suzuki")
    assert seen(town, home, str(invited["position"])) == 404


def test_what_their_own_agency_wrote_is_left_to_them_and_names_no_other(town: Town) -> None:
    home, mother, _ = told_to_shakyo(town, "別れた母")
    former, father = taken_in(town, "別れた父")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"{former}/guardianships", guardian)
    body = {"route": "visit", "consulter": "self", "person": mother, "narrative": "窓口に来た。"}
    position = str(does(town, f"{home}/consultations", body, "sato")["position"])
    led = {"agency": "centre", "desk": "general"}
    assert led.items() <= town.get(f"{home}?after={position}", "sato").json()["lead"].items()
    position = conceal(town, home, mother, father)
    case = town.get(f"{home}?after={position}", "sato")
    assert case.json()["lead"] is None
    assert "窓口に来た。" in case.text
    for view in ("", "/timeline", "/disclosures", "/difference?from_true_at=2020-01-01"):
        assert "centre" not in town.get(f"{home}{view}", "sato").text, view
    assert "centre" in town.get(home, "tanaka").text


def test_whoever_acts_for_them_in_another_capacity_reads_no_more_in_this_one(town: Town) -> None:
    """A person acts for somebody, and not a desk; 佐藤 of the same desk, who does not, reads on."""
    chosen = both(town, "kumagai", ("shakyo", "support"), ("city", "women"))
    former, father = taken_in(town, "別れた父")
    home, mother, _ = told_to_shakyo(town, "残った母")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "city"}
    does(town, f"{former}/guardianships", {**guardian, "desk": "women"})
    position = conceal(town, home, mother, father)
    assert seen(town, home, position) == 200
    for headers in chosen:
        assert town.get(f"{home}?after={position}", "kumagai", **headers).status_code == 404
    (alone, _) = chosen
    listed_to = town.get("/households?scope=agency&limit=200", "kumagai", **alone).json()
    assert home.rpartition("/")[2] not in str(listed_to)
    stream = home.rpartition("/")[2]
    asked = f"staff={who('kumagai')}&stream={stream}&version={town.number(stream, 2)}"
    asked = f"/audit/explanations?{asked}&at={quote(datetime.now(JST).isoformat())}"
    why = town.get(asked, "ito", **{"Setai-Purpose": "audit"}).json()["answers"]
    assert [(each["granted"], each["rule"]) for each in why] == [(False, "wall")] * 2


def both(town: Town, subject: str, *held: tuple[str, str]) -> list[dict[str, str]]:
    """Somebody who works at two desks, and how they choose each."""
    person = {"issuer": DEV_ISSUER, "subject": subject, "name": subject}
    does(town, "/staff", person, ADMINISTRATOR)
    for agency, desk in held:
        period = {"start": START.isoformat()}
        body = {"agency": agency, "desk": desk, "role": "counsellor", "period": period}
        does(town, f"/staff/{who(subject)}/appointments", body, ADMINISTRATOR)
    chosen = {
        (each["capacity"]["agency"], each["capacity"]["desk"]): each["appointment"]
        for each in town.get("/me", subject).json()["appointments"]
    }
    return [{"Setai-Capacity": chosen[each]} for each in held]


def test_what_is_to_be_done_about_a_person_is_behind_the_walls_of_their_household(
    town: Town,
) -> None:
    """The list of what is due names a person, and no household."""
    home, mother = taken_in(town, "期限の近い母")
    joined = {"nickname": "母の弟", "relation": "unknown", "membership": "apart"}
    brother = does(town, f"{home}/persons", joined)["ids"]["person"]
    soon = datetime.now(JST).date() + timedelta(20)
    begun = {"threat": "dv", "until": str(soon), "hidden_from": [brother]}
    position = does(town, f"{home}/persons/{mother}/concealments", begun)["position"]

    def due(position: str, **asked: str) -> str:
        days = "".join(f"&{name}={value}" for name, value in asked.items())
        return town.get(f"/tasks?limit=200{days}&after={position}", "mori").text

    today = str(datetime.now(JST).date())
    assert mother in due(position)
    assert mother in due(position, true_at=today)
    guardian = {"person": brother, "kind": "guardian", "guardian": "某", "agency": "city"}
    task = does(town, f"{home}/guardianships", {**guardian, "staff": str(who("mori"))})
    assert mother not in due(task["position"])
    assert mother not in due(task["position"], true_at=today)
    ended = does(town, f"{home}/guardianships/{task['fact']}/end", {"reason": "resigned"})
    assert mother in due(ended["position"])


def test_of_who_sits_where_the_protected_is_spoken_of_not_even_how_many_are_told(
    town: Town,
) -> None:
    former, father = taken_in(town, "席を数える父")
    home, mother, _ = told_to_shakyo(town, "話し合われる母")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    does(town, f"{former}/guardianships", {**guardian, "staff": str(who("sato"))})
    conceal(town, home, mother, father)
    today = str(datetime.now(JST).date())
    held = does(town, "/sittings", {"body": "support", "held_on": today}, "yamada")["id"]
    path, about = f"/sittings/{held}", {"kind": "case", "item_basis": "support", "title": "話合い"}
    item = does(town, f"{path}/items", {**about, "household": home.rpartition("/")[2]}, "suzuki")

    def notified(staff: str, agency: str, *items: str) -> str:
        seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "items": items}
        told = does(town, f"{path}/attendees", {**seat, "capacity": "相談員"}, "suzuki")["id"]
        duty = {"attendee": told, "text_version": "r8"}
        return str(does(town, f"{path}/duties", duty, "suzuki")["position"])

    def read(position: str) -> tuple[str, str]:
        page = town.get(f"{path}?after={position}", "sato")
        return page.text, page.headers["etag"]

    alone = read(notified("sato", "shakyo", item["id"]))
    assert read(notified("tanaka", "centre", item["id"])) == alone
    assert read(notified("endo", "centre")) == alone
