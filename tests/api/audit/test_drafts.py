"""開示: what may go out, why the rest may not; a refusal that says not whether there is any."""

from typing import Any
from uuid import uuid4

import pytest

from api.headers import Purpose
from domain.events.rights import DisclosureOutcome
from domain.notices import notice
from tests.api.audit.desk import AUDIT, OFFICER, recorded, taken_in
from tests.api.audit.room import held
from tests.api.town import Town, problem

DISCLOSURE = {"Setai-Purpose": str(Purpose.DISCLOSURE)}
TOLD: list[dict[str, Any]] = [
    {"text": "本人は働きたいと話した。"},
    {"text": "隣家の人が心配していた。", "tags": ["third-party"]},
    {"text": "匿名の電話があった。", "tags": ["informant"]},
    {"text": "判断力に不安がある。", "tags": ["opinion"]},
    {"text": "妹の家に泊まっている。", "tags": ["location"]},
]


def requested(town: Town, home: dict[str, str], **more: Any) -> str:
    """Asked for; the path of what is made of it."""
    body = {"person": home["person-0"], "scope": "相談の記録の一切", **more}
    path = f"/households/{home['household']}/disclosure-requests"
    return f"{path}/{recorded(town, path, body, OFFICER)['id']}"


def told(town: Town) -> dict[str, str]:
    """A household of whose person a visit told several things."""
    home = taken_in(town)
    visited = {
        "subjects": [home["person-0"]],
        "person": home["person-0"],
        "method": "outreach-methods-1",
        "met_person": True,
        "basis": {"kind": "own"},
        "narrative": TOLD,
    }
    recorded(town, f"/households/{home['household']}/contacts", visited)
    return home


def draft(town: Town, path: str) -> Any:
    answered = town.get(f"{path}/draft", OFFICER, **DISCLOSURE)
    assert answered.status_code == 200, answered.text
    return answered.json()


def audited(town: Town, home: dict[str, str]) -> None:
    path = f"/households/{home['household']}/audit-cases"
    at = recorded(town, path, {"reason": "開示請求の下書きのため。"}, OFFICER)["position"]
    town.get(f"/households/{home['household']}?after={at}", OFFICER, **AUDIT)


def test_each_paragraph_is_released_or_withheld_with_its_reason(town: Town) -> None:
    home = told(town)
    path = requested(town, home)
    audited(town, home)
    made = draft(town, path)
    lines = [line for line in made["lines"] if line["kind"] == "ContactMade" and line["field"]]
    assert [(line["release"], line["grounds"]) for line in lines] == [
        (True, []),
        (False, ["third-party"]),
        (False, ["informant"]),
        (False, ["opinion"]),
        (False, ["location"]),
    ]
    assert [line["text"] for line in lines] == [TOLD[0]["text"], *[None] * 4]
    assert lines[1]["statutes"] == ["ppa-78-1-2"]
    assert made["suggested"] == "partial"


def test_without_an_audit_case_it_holds_no_text(town: Town) -> None:
    home = told(town)
    made = draft(town, requested(town, home))
    assert {line["text"] for line in made["lines"]} == {None}
    assert any(line["release"] for line in made["lines"])


def test_what_was_said_in_a_support_meeting_is_withheld_and_counted(town: Town) -> None:
    meeting = held(town)
    made = draft(town, requested(town, meeting.home))
    assert made["withheld_from_sittings"] > 0
    brought = [line for line in made["lines"] if line["kind"] == "BroughtToSitting"]
    assert all("sitting" in line["grounds"] and not line["release"] for line in brought)


def test_a_representative_makes_it_ask_for_the_childs_safety(town: Town) -> None:
    home = told(town)
    named = {"requester": "representative", "requester_name": "父と名乗る人"}
    calm = draft(town, requested(town, home, **named))
    assert calm["child_safety"] == {"needed": True, "findings": []}
    body = {"kind": "child", "victim": home["person-0"], "subjects": [home["person-0"]]}
    report = {**body, "narrative": "あざがある。"}
    recorded(town, f"/households/{home['household']}/abuse-reports", report)
    feared = draft(town, requested(town, home, **named))
    assert feared["child_safety"] == {"needed": True, "findings": ["abuse-reported"]}
    assert feared["suggested"] == "neither"


def decided(town: Town, home: dict[str, str]) -> bytes:
    path = requested(town, home)
    ruling = {"outcome": "neither", "grounds": ["disclosure-grounds-1"]}
    recorded(town, f"{path}/decision", ruling, OFFICER)
    answered = town.get(f"{path}/notice", OFFICER, **DISCLOSURE)
    assert answered.status_code == 200
    return answered.content


def test_neither_reads_the_same_whether_there_is_anything_or_not(town: Town) -> None:
    """Byte for byte: with a record, with next to none, and for somebody never heard of."""
    nobody = town.get("/audit/notices/neither", OFFICER, **AUDIT).content
    assert decided(town, told(town)) == decided(town, taken_in(town)) == nobody
    assert "第81条" in nobody.decode()


def test_every_outcome_has_its_notice() -> None:
    assert len({notice(outcome) for outcome in DisclosureOutcome}) == len(DisclosureOutcome)


def test_there_is_no_notice_before_the_decision(town: Town) -> None:
    path = requested(town, taken_in(town))
    problem(town.get(f"{path}/notice", OFFICER, **DISCLOSURE), 409, "NotDecidedYet")


@pytest.mark.parametrize("what", ["draft", "notice"])
def test_a_request_that_never_was_is_unknown(town: Town, what: str) -> None:
    home = taken_in(town)
    for household in (home["household"], uuid4()):
        path = f"/households/{household}/disclosure-requests/{uuid4()}/{what}"
        problem(town.get(path, OFFICER, **DISCLOSURE), 404, "Unknown")
    path = f"/households/x/disclosure-requests/{uuid4()}/{what}"
    problem(town.get(path, OFFICER, **DISCLOSURE), 422, "Invalid")


@pytest.mark.parametrize("what", ["draft", "notice"])
def test_nobody_else_makes_one(town: Town, what: str) -> None:
    home = taken_in(town)
    path = f"{requested(town, home)}/{what}"
    problem(town.get(path, "tanaka", **DISCLOSURE), 403, "RoleNeeded")
    problem(town.get(path, OFFICER, **AUDIT), 400, "PurposeNeeded")


@pytest.mark.parametrize("what", ["draft", "notice"])
def test_none_of_it_is_a_table_whatever_is_accepted(town: Town, what: str) -> None:
    """An empty one would say that there is nothing to disclose."""
    home = told(town)
    path = requested(town, home)
    ruling = {"outcome": "neither", "grounds": ["disclosure-grounds-1"]}
    recorded(town, f"{path}/decision", ruling, OFFICER)
    answered = town.get(f"{path}/{what}", OFFICER, **DISCLOSURE, Accept="text/csv, */*")
    assert answered.headers["content-type"] == "application/json"
    assert answered.json() == town.get(f"{path}/{what}", OFFICER, **DISCLOSURE).json()
