"""What belongs to a record is closed with it: its files, its corrections and its labels."""

import base64
from typing import Any
from uuid import uuid4

import pytest

from tests.api.test_access_ends import Case
from tests.api.town import DatedTown

BEFORE, INSTEAD, REASON = "玄関で話した。", "窓越しに話した。", "書き方を改める。"
TITLE = "書いてもらった紙の写し"


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def visited(case: Case) -> tuple[int, str]:
    """A visit, and where the form that was filled in there is read."""
    visit = {"method": "outreach-methods-1", "met_person": True, "person": case.mother}
    said = {"narrative": [{"text": BEFORE}], "basis": {"kind": "own"}}
    told = case.records("/contacts", {**visit, **said})
    scan = base64.b64encode(b"%PDF-1.4 scan").decode()
    file = {"kind": "attachment-kinds-1", "title": TITLE, "media_type": "application/pdf"}
    attached = case.records("/attachments", {**file, "content": scan, "to": told["id"]})
    return told["fact"], f"{case.path}/attachments/{attached['id']}"


def timeline(case: Case) -> tuple[str, int]:
    answer = case.town.get(f"{case.path}/timeline?after={case.position}")
    return answer.text, len(answer.json()["entries"])


def test_what_corrected_or_labelled_a_misfiled_record_and_its_files_are_closed_with_it(
    case: Case,
) -> None:
    before = timeline(case)[1]
    fact, file = visited(case)
    mended = {"reason": REASON, "changes": {"narrative": [{"text": INSTEAD}]}}
    case.records(f"/facts/{fact}/correction", mended)
    case.records(f"/facts/{fact}/label", {"to_category": "health", "reason": REASON})
    told, entries = timeline(case)
    assert (INSTEAD in told, REASON in told, TITLE in told) == (True, True, True)
    assert entries == before + 4
    case.records("/misfilings", {"facts": [fact], "reason": "別の世帯の訪問だった。"})
    assert case.town.get(f"{file}?after={case.position}").status_code == 404
    told, entries = timeline(case)
    assert not any(each in told for each in (BEFORE, INSTEAD, REASON, TITLE))
    assert entries == before


def test_the_files_of_a_record_that_may_not_be_used_are_not_used_either(case: Case) -> None:
    fact, file = visited(case)
    assert case.town.get(f"{file}?after={case.position}").status_code == 200
    stop: dict[str, Any] = {"person": case.mother, "facts": [fact], "reason": "目的外の利用。"}
    case.records("/use-suspensions", stop, "ito")
    stopped = case.town.get(f"{file}?after={case.position}")
    absent = case.town.get(f"{case.path}/attachments/{uuid4()}?after={case.position}")
    assert (stopped.status_code, stopped.json()["type"]) == (404, absent.json()["type"])
    assert TITLE not in timeline(case)[0]
