"""読むところを閉じられた記録: who may not read all of a record passes it on to nobody, nor to
themselves; and whatever tells of a record is as closed as that is. Over HTTP.
"""

from typing import Any
from uuid import uuid4

import pytest

from api.dev_issuer import DEV_ISSUER
from tests.api.test_access_ends import LAW, Case, Room, appointed
from tests.api.town import ADMINISTRATOR, DatedTown, problem, who, written

OPEN, SAID = "窓口で話した。", "会議で、夜に家を空けると聞いた。"
CONCEALED_BY_MISTAKE = {"reason": "まちがえて秘匿したので元に戻す。"}


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def colleague(case: Case) -> str:
    """Of another desk of the centre, who was at no meeting."""
    name = f"nurse-{uuid4()}"
    appointed(case, name, desk="nurses")
    return name


def serving(case: Case, name: str, **held: str) -> None:
    """Somebody new at a desk of any agency."""
    told = {"issuer": DEV_ISSUER, "subject": name, "name": "森"}
    staff = written(case.town.post("/staff", told, ADMINISTRATOR))
    period = {"period": {"start": case.town.now.date().isoformat()}}
    written(case.town.post(f"/staff/{staff}/appointments", {**held, **period}, ADMINISTRATOR))


def pages(case: Case, staff: str) -> str:
    found = ("", "/timeline")
    return "".join(
        case.town.get(f"{case.path}{page}?after={case.position}", staff).text for page in found
    )


def consulted(case: Case, *narrative: dict[str, Any], **more: Any) -> int:
    told = {"route": "visit", "consulter": "self", "category": "progress", **more}
    told |= {"subjects": [case.mother], "narrative": narrative or SAID}
    fact: int = case.records("/consultations", told)["fact"]
    return fact


def closed_in_part(case: Case, how: str) -> int:
    """One paragraph was learned in a meeting, or is of 虐待・DV."""
    closed = {"basis": heard(case)} if how == "sitting" else {"category": "abuse"}
    return consulted(case, {"text": OPEN}, {"text": SAID, **closed})


def heard(case: Case) -> dict[str, str]:
    room = Room(case)
    return {"kind": "sitting", "sitting": room.path.rpartition("/")[2], "item": room.item}


def shared(case: Case, fact: int, to: str = "shakyo") -> tuple[str, dict[str, Any]]:
    about = {"purpose": "support", "basis": LAW, "subjects": [case.mother]}
    return "/shares", {**about, "to_agency": to, "facts": [fact]}


def sent(case: Case, fact: int) -> tuple[str, dict[str, Any]]:
    """To the desk it came from, and so to all of their own agency."""
    about = {"purpose": "referral", "basis": LAW, "subjects": [case.mother]}
    return "/referrals", {**about, "to_agency": "centre", "to_desk": "general", "enclosed": [fact]}


@pytest.mark.parametrize("how", ["sitting", "abuse"])
@pytest.mark.parametrize("way", [shared, sent])
def test_what_is_closed_in_part_is_passed_on_by_nobody_who_may_not_read_it(
    case: Case, way: Any, how: str
) -> None:
    """It is answered as a number of nothing; its author passes it on."""
    fact, nurse = closed_in_part(case, how), colleague(case)
    assert OPEN in pages(case, nurse)
    answers = [
        problem(case.town.post(f"{case.path}{path}", body, nurse), 404, "Unknown")
        for path, body in (way(case, fact), way(case, fact + 1))
    ]
    assert answers[0] == answers[1]
    assert SAID not in pages(case, nurse)
    path, body = shared(case, fact)
    case.records(path, body)
    assert SAID in pages(case, "sato")


def test_the_paragraph_comes_before_no_meeting_either(case: Case) -> None:
    fact, nurse = closed_in_part(case, "abuse"), colleague(case)
    room = Room(case)
    at = {"sitting": room.path.rpartition("/")[2], "item": room.item, "subjects": [case.mother]}
    tabling = case.town.post(f"{case.path}/sitting-items", {**at, "tabled": [fact]}, nurse)
    problem(tabling, 409, "NotTableable")
    assert SAID not in pages(case, "sato")
    case.records("/sitting-items", {**at, "tabled": [fact]})
    assert SAID in pages(case, "sato")


def test_nobody_hands_to_themselves_what_they_were_not_there_to_hear(case: Case) -> None:
    fact, nurse = consulted(case, basis=heard(case)), colleague(case)
    path, body = sent(case, fact)
    problem(case.town.post(f"{case.path}{path}", body, nurse), 404, "Unknown")
    beside = {**body, "to_desk": "nurses"}
    problem(case.town.post(f"{case.path}{path}", beside, "endo"), 404, "Unknown")
    assert not any(SAID in pages(case, staff) for staff in (nurse, "endo"))


def test_what_was_closed_to_an_agency_it_passes_on_no_longer(case: Case) -> None:
    fact = consulted(case)
    path, body = shared(case, fact)
    case.records(path, body)
    assert SAID in pages(case, "sato")
    case.records(f"/facts/{fact}/label", {"to_category": "abuse"})
    assert SAID not in pages(case, "sato")
    path, body = shared(case, fact, "city")
    problem(case.town.post(f"{case.path}{path}", body, "sato"), 404, "Unknown")
    assert SAID not in pages(case, "suzuki")


def test_a_first_record_learned_in_a_meeting_goes_along_only_by_who_was_there(case: Case) -> None:
    consulted(case, basis=heard(case))
    sending = {"purpose": "referral", "basis": LAW, "subjects": [case.mother], "to_agency": "city"}
    absent, welfare = f"general-{uuid4()}", f"welfare-{uuid4()}"
    appointed(case, absent, desk="general")
    serving(case, welfare, agency="city", desk="welfare", role="counsellor")
    case.records("/referrals", sending, absent)
    assert SAID not in pages(case, welfare)
    case.records("/referrals", sending)
    assert SAID in pages(case, welfare)


def test_who_may_not_know_of_a_record_learns_nothing_by_the_change_of_its_label(
    case: Case,
) -> None:
    fact, nurse = consulted(case, basis=heard(case)), colleague(case)
    change = {"to_category": "health", "reason": "病気のことがふくまれるため。"}
    label = f"/facts/{fact}/label"
    problem(case.town.post(f"{case.path}{label}", change, nurse), 404, "Unknown")
    made = case.records(label, change)["fact"]
    assert str(made) in pages(case, "tanaka")
    assert not any(str(number) in pages(case, nurse) for number in (fact, made))
    loosening = f"/facts/{made}/loosening-proposals"
    why = {"reason": "病気のことではなかったと分かった。"}
    problem(case.town.post(f"{case.path}{loosening}", why, nurse), 409, "NotTightened")
    case.records(loosening, why)


def test_what_was_concealed_by_mistake_is_taken_back_by_two_of_the_protection_desk(
    case: Case,
) -> None:
    fact = consulted(case)
    made = case.records(f"/facts/{fact}/label", {"conceal": True})["fact"]
    assert not any(SAID in pages(case, staff) for staff in ("tanaka", "endo"))
    assert str(made) in pages(case, "mori")
    assert str(made) not in pages(case, colleague(case))
    path = f"/facts/{made}/loosening-proposals"
    problem(case.town.post(f"{case.path}{path}", CONCEALED_BY_MISTAKE), 403, "RoleNeeded")
    asked = case.records(path, CONCEALED_BY_MISTAKE, "mori")["id"]
    path, agreed = f"/facts/{made}/loosening", {"proposal": asked}
    problem(case.town.post(f"{case.path}{path}", agreed, "mori"), 409, "SecondReaderNeeded")
    second = f"mori-{uuid4()}"
    serving(case, second, agency="city", desk="citizens", role="protection")
    case.records(path, agreed, second)
    assert SAID in pages(case, "tanaka")


def test_to_whom_something_was_shared_it_is_told_by_whom_and_what_for(case: Case) -> None:
    fact = consulted(case)
    path, body = shared(case, fact)
    made = case.records(path, {**body, "category": "family"})
    assert SAID in pages(case, "sato")
    assert str(made["fact"]) in pages(case, "sato")


def test_who_acts_for_whom_a_referral_is_hidden_from_learns_nothing_by_its_answer(
    case: Case,
) -> None:
    person = {"nickname": "父", "relation": "father", "membership": "living-together"}
    father = case.records("/persons", person)["ids"]["person"]
    acting = f"acting-{uuid4()}"
    serving(case, acting, agency="shakyo", desk="support", role="counsellor")
    guardian = {"person": father, "kind": "guardian", "guardian": "某", "agency": "shakyo"}
    case.records("/guardianships", {**guardian, "staff": str(who(acting))})
    asked = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "enclosed": []}
    hidden = {"subjects": [case.mother], "hidden_from": [father]}
    made = case.records("/referrals", {**asked, **hidden})["id"]
    answer = case.records(f"/referrals/{made}/acceptance", {}, "sato")["fact"]
    assert str(answer) in pages(case, "sato")
    assert str(answer) not in pages(case, acting)
