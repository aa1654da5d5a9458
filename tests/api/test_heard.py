"""聞いた会議: a record says that it was learned where somebody can have been, or it is refused."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_promotion import Case, Room
from tests.api.town import DatedTown, problem, who

SAID = "会議で、父が夜に家を空けると聞いた。"


def heard(sitting: str, item: str) -> dict[str, Any]:
    return {"kind": "sitting", "sitting": sitting, "item": item}


def told(basis: Mapping[str, Any]) -> dict[str, Any]:
    return {"route": "visit", "consulter": "self", "narrative": SAID, "basis": basis}


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


@pytest.fixture
def room(case: Case) -> Room:
    return Room(case)


def test_what_was_learned_nowhere_is_refused_and_not_lost(case: Case, room: Room) -> None:
    """The number was mistyped; each of these would be read by nobody, not even by tanaka."""
    household = case.path.rpartition("/")[2]
    nameless = room.does("/items", {"kind": "case", "item_basis": "layered", "title": "検討"})["id"]
    others = Room(Case(case.town))
    for basis in (
        heard(str(uuid4()), room.item),
        heard(room.sitting, str(uuid4())),
        heard(household, room.item),
        heard(room.sitting, nameless),
        heard(others.sitting, others.item),
    ):
        answer = case.town.post(f"{case.path}/consultations", told(basis))
        problem(answer, 409, "NotHeardThere")
    case.records("/consultations", told(heard(room.sitting, room.item)))
    room.opens()
    assert SAID in case.reads("tanaka")


def test_what_was_heard_before_two_mergers_is_written_where_the_case_is_kept_now(
    case: Case, room: Room
) -> None:
    last = case
    for into in (Case(case.town), Case(case.town)):
        source = {"source": last.path.rpartition("/")[2]}
        merged = case.town.post(f"{into.path}/merger", source, "kato")
        assert merged.status_code == 201, merged.text
        last = into
    last.records("/consultations", told(heard(room.sitting, room.item)))
    room.opens()
    assert SAID in last.reads("tanaka")
    others = Room(Case(case.town))
    answer = case.town.post(f"{last.path}/consultations", told(heard(others.sitting, others.item)))
    problem(answer, 409, "NotHeardThere")


def test_so_is_a_paragraph(case: Case, room: Room) -> None:
    part = {"text": SAID, "basis": heard(room.sitting, str(uuid4()))}
    body = {**told({"kind": "own"}), "narrative": [{"text": "窓口で話した。"}, part]}
    problem(case.town.post(f"{case.path}/consultations", body), 409, "NotHeardThere")
    part["basis"] = heard(room.sitting, room.item)
    case.records("/consultations", body)


def test_an_item_the_agency_was_not_asked_for_is_there_no_more_than_none(
    case: Case, room: Room
) -> None:
    """社協 sits there for one item of two."""
    law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守り。"}
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": law}
    case.records("/referrals", {**sent, "subjects": [case.mother]})
    about = {"kind": "case", "item_basis": "layered", "title": "別の議題"}
    household = case.path.rpartition("/")[2]
    apart = room.does("/items", {**about, "household": household})["id"]
    asked = {"Idempotency-Key": str(uuid4())}
    hidden, absent = (
        case.town.post(f"{case.path}/consultations", told(heard(room.sitting, item)), "sato")
        for item in (apart, str(uuid4()))
    )
    problem(hidden, 409, "NotHeardThere")
    assert hidden.content == absent.content
    accepted = told(heard(room.sitting, room.item))
    first = case.town.post(f"{case.path}/consultations", accepted, "sato", **asked)
    again = case.town.post(f"{case.path}/consultations", accepted, "sato", **asked)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()


@pytest.mark.parametrize("of", ["paragraph", "record"])
@pytest.mark.parametrize("route", ["sitting-items", "case-studies"])
def test_an_item_of_another_sitting_is_no_item_of_this_one(
    case: Case, room: Room, route: str, of: str
) -> None:
    at = {"sitting": room.sitting, "item": room.item}
    case.records("/sitting-items", {**at, "subjects": [case.mother]})
    room.opens()
    for sitting, status in ((str(uuid4()), 409), (room.sitting, 201)):
        basis = heard(sitting, room.item)
        part = {"text": SAID, **({"basis": basis} if of == "paragraph" else {})}
        more = {"basis": basis} if of == "record" else {}
        body = {**at, **more, "subjects": [case.mother], "narrative": [part]}
        answer = case.town.post(f"{case.path}/{route}", body)
        assert answer.status_code == status, answer.text


def test_the_memo_of_a_handover_was_heard_of_each_household_it_goes_to(
    case: Case, room: Room
) -> None:
    other = Case(case.town)
    home, away = (each.path.rpartition("/")[2] for each in (case, other))
    whose = {"from_staff": str(who("tanaka")), "to_staff": str(who("endo"))}
    body = {**whose, "households": [home, away], "effective_on": case.town.now.date().isoformat()}
    here = [{"text": SAID, "basis": heard(room.sitting, room.item)}]
    nowhere = [{"text": SAID, "basis": heard(str(uuid4()), room.item)}]
    for said in ({"memo": here}, {"memos": {away: here}}, {"memos": {home: nowhere}}):
        problem(case.town.post("/handovers", {**body, **said}), 409, "NotHeardThere")
    assert case.town.post("/handovers", {**body, "memos": {home: here}}).status_code == 201
    room.opens()
    assert SAID in case.reads("tanaka")
