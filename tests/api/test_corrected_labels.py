"""訂正のラベル: what a correction says of itself holds for whoever had been given the record."""

from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_access_ends import Case, Room, appointed
from tests.api.town import DatedTown, problem, who

SAID = "会議で、父が夜に家を空けると聞いた。"


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def heard(case: Case) -> dict[str, Any]:
    """At a 支援会議 that is over."""
    room = Room(case)
    room.does("/closing", {}, "yamada")
    return {"kind": "sitting", "sitting": room.path.rpartition("/")[2], "item": room.item}


def father(case: Case) -> str:
    noted = {"nickname": "父", "relation": "father"}
    return str(case.records("/persons", noted)["ids"]["person"])


def corrects(case: Case, fact: int, changes: Any, **said: Any) -> Any:
    body = {"reason": "書き足すため。", "changes": changes, **said}
    return case.town.post(f"{case.path}/facts/{fact}/correction", body)


def reads(case: Case, staff: str) -> bool:
    pages = (f"{case.path}{page}?after={case.position}" for page in ("", "/timeline"))
    return any(SAID in case.town.get(page, staff).text for page in pages)


@pytest.mark.parametrize("label", ["basis", "category", "principals"])
@pytest.mark.parametrize("others", [[], [{"text": "朝は起きた。"}]], ids=["alone", "with others"])
def test_what_a_corrected_paragraph_says_of_itself_holds_for_whoever_was_told(
    case: Case, label: str, others: list[Any]
) -> None:
    said = {"basis": heard(case), "category": "abuse", "principals": [father(case)]}
    case.consented()
    nurse = f"nurse-{uuid4()}"
    appointed(case, nurse, desk="nurses")
    answer = corrects(case, case.fact, {"narrative": [*others, {"text": SAID, label: said[label]}]})
    assert answer.status_code == 201, answer.text
    case.position = answer.json()["position"]
    assert reads(case, "tanaka")
    assert not reads(case, "sato")
    assert reads(case, nurse) is (label == "principals")


def test_a_correction_is_hidden_from_whom_it_says(case: Case) -> None:
    guardian = f"guardian-{uuid4()}"
    appointed(case, guardian)
    kind = {"person": father(case), "kind": "guardian", "guardian": "某", "agency": "centre"}
    case.records("/guardianships", {**kind, "staff": str(who(guardian))})
    for said in ({"hidden_from": [kind["person"]]}, {}):
        body = {"reason": SAID, **said}
        answer = corrects(case, case.fact, {"narrative": SAID}, **body)
        case.position = answer.json()["position"]
        assert reads(case, "tanaka")
        assert not reads(case, guardian)


def test_what_a_colleague_cannot_read_of_a_record_outlives_their_correction(case: Case) -> None:
    """They write what they see anew, and neither lose the rest nor learn of it."""
    guardian = f"guardian-{uuid4()}"
    appointed(case, guardian)
    kind = {"person": father(case), "kind": "guardian", "guardian": "某", "agency": "centre"}
    case.records("/guardianships", {**kind, "staff": str(who(guardian))})
    hidden = {"text": SAID, "hidden_from": [kind["person"]]}
    both = {"narrative": [{"text": "朝は起きた。"}, hidden], "route": "visit", "consulter": "self"}
    fact = case.records("/consultations", {**both, "subjects": [case.mother]})["fact"]
    path = f"{case.path}/facts/{fact}/correction"
    anew = {"reason": "書き誤り。", "changes": {"narrative": [{"text": "朝は起きられた。"}]}}
    answer = case.town.post(path, anew, guardian)
    assert answer.status_code == 201, answer.text
    case.position = answer.json()["position"]
    assert reads(case, "tanaka")
    assert not reads(case, guardian)
    for staff in ("tanaka", guardian):
        told = case.town.get(f"{case.path}/timeline?after={case.position}", staff).text
        assert "朝は起きられた。" in told
        assert "朝は起きた。" not in told


def test_what_a_support_meeting_knew_is_corrected_into_no_plan(case: Case) -> None:
    basis = heard(case)
    goals = [{"text": SAID, "basis": basis}]
    plan = case.records("/plans", {"persons": [case.mother], "goals": "一緒に考える。"})
    refused = corrects(case, plan["fact"], {"goals": goals})
    problem(refused, 409, "SittingInformationInPlan")
    assert corrects(case, plan["fact"], {"goals": "朝起きる。"}).status_code == 201


def test_a_correction_says_where_it_was_heard_or_is_refused(case: Case) -> None:
    nowhere = {"kind": "sitting", "sitting": str(uuid4()), "item": str(uuid4())}
    part = {"text": SAID, "basis": nowhere}
    problem(corrects(case, case.fact, {"narrative": [part]}), 409, "NotHeardThere")


@pytest.mark.parametrize("looser", [{"category": "progress"}, {"basis": {"kind": "own"}}])
def test_what_would_make_a_label_looser_is_refused_and_not_forgotten(
    case: Case, looser: dict[str, Any]
) -> None:
    for said in ({"changes": {"narrative": [{"text": SAID, **looser}]}}, looser):
        body = {"changes": {"route": "telephone"}, **said}
        problem(corrects(case, case.fact, **body), 409, "OnlyStricter")
