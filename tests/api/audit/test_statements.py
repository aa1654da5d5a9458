"""本人への閲覧状況: which agencies looked, when and what for; nothing that endangers anyone."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.values import JST
from tests.api.audit.desk import (
    AUDIT,
    OFFICER,
    audit,
    consented,
    recorded,
    shared,
    sheet,
    taken_in,
)
from tests.api.audit.room import Meeting, held
from tests.api.town import STAFF, DatedTown, Town, problem, who

TODAY = datetime.now(JST).date().isoformat()


def told(town: Town, person: str, after: str = "") -> Any:
    return audit(town, f"statements?requester=person&person={person}{after}")


def read_with_consent(town: Town) -> dict[str, str]:
    """社協 has read the consultation on the person's consent."""
    home = taken_in(town)
    consent = consented(town, home)
    share = shared(town, home, {"kind": "consent", "consent": consent["id"]})
    path = f"/households/{home['household']}?after={share['position']}"
    assert town.get(path, "sato").status_code == 200
    return home


def test_it_tells_agency_day_and_purpose_once(town: Town) -> None:
    home = read_with_consent(town)
    town.get(f"/households/{home['household']}", "sato")
    lines = told(town, home["person-0"])["statement"]["lines"]
    line = {"day": TODAY, "agency": "shakyo", "agency_name": "shakyoの名"}
    assert {**line, "purpose": "consultation"} in lines
    assert len({json.dumps(each) for each in lines}) == len(lines)


def test_it_names_no_staff_member(town: Town) -> None:
    home = read_with_consent(town)
    text = json.dumps(told(town, home["person-0"]), ensure_ascii=False)
    for staff in STAFF:
        assert staff not in text
        assert str(who(staff)) not in text


def test_what_was_read_in_a_support_meeting_is_not_told(town: Town) -> None:
    meeting = held(town)
    person = meeting.home["person-0"]
    found = told(town, person)
    assert "shakyo" not in {line["agency"] for line in found["statement"]["lines"]}
    assert found["kept_back"]["closed-rule"] > 0


def assigned(town: Town, meeting: Meeting) -> str:
    """A role that 社協 was given there."""
    path, at = f"/households/{meeting.home['household']}", meeting.basis
    role = {"agency": "shakyo", "task": "見守り", "needed": [{"text": "声をかける。"}]}
    decided = {**at, "kind": "roles", "subjects": [meeting.home["person-0"]], "roles": [role]}
    return str(recorded(town, f"{path}/meeting-decisions", decided, "suzuki")["position"])


def requested(town: Town, meeting: Meeting) -> str:
    """Their co-operation, asked there."""
    path = f"/households/{meeting.home['household']}/information-requests"
    asked = {"of_agency": "shakyo", "purpose": "support", "narrative": "様子を教えてください。"}
    about = {"subjects": [meeting.home["person-0"]], "categories": ["consultation"]}
    basis = {"kind": "sitting", **meeting.basis}
    return str(recorded(town, path, {**asked, **about, "basis": basis})["position"])


@pytest.mark.parametrize("given", [assigned, requested])
def test_nor_what_a_support_meeting_had_somebody_read_afterwards(
    town: Town, given: Callable[[Town, Meeting], str]
) -> None:
    """Whoever it brought in reads whom it is about: that tells of it as the room itself does."""
    meeting = held(town)
    person, path = meeting.home["person-0"], f"/households/{meeting.home['household']}"
    at = given(town, meeting)
    read = town.get(f"{path}?after={at}", "sato")
    assert person in read.text
    found = told(town, person)
    assert "shakyo" not in {line["agency"] for line in found["statement"]["lines"]}


def test_a_report_of_abuse_is_not_told_by_who_read_it(town: Town) -> None:
    home = taken_in(town)
    path = f"/households/{home['household']}/abuse-reports"
    body = {
        "kind": "spouse",
        "victim": home["person-0"],
        "subjects": [home["person-0"]],
        "reporter": "隣の人",
        "received_how": "telephone",
        "narrative": "毎晩、怒鳴り声がする。",
    }
    reported = recorded(town, path, body)
    town.get(f"/households/{home['household']}?after={reported['position']}")
    assert told(town, home["person-0"])["kept_back"]["informant"] > 0


def test_whom_somebody_is_protected_from_learns_of_agencies_they_named_alone(town: Town) -> None:
    home = read_with_consent(town)
    assert "centre" in {
        line["agency"] for line in told(town, home["person-0"])["statement"]["lines"]
    }
    path = f"/households/{home['household']}/facts/{town.number(home['household'], 1)}/label"
    at = recorded(town, path, {"hide_from": [home["person-0"]]})["position"]
    found = told(town, home["person-0"], f"&after={at}")
    assert {line["agency"] for line in found["statement"]["lines"]} == {"shakyo"}
    assert found["kept_back"]["counterparty"] > 0


def test_so_does_whoever_is_feared_in_a_household_that_is_not_theirs(town: Town) -> None:
    home, other = read_with_consent(town), taken_in(town)
    begun = {"counterparties": [home["person-0"]], "threat": "dv"}
    path = f"/households/{other['household']}/persons/{other['person-0']}/concealments"
    at = recorded(town, path, begun, "mori")["position"]
    found = told(town, home["person-0"], f"&after={at}")
    assert {line["agency"] for line in found["statement"]["lines"]} == {"shakyo"}
    assert found["kept_back"]["counterparty"] > 0


def test_somebody_never_recorded_is_told_the_same_as_somebody_never_read(town: Town) -> None:
    found = told(town, str(uuid4()))
    assert (found["statement"]["lines"], found["kept_back"]) == ([], {})


def test_as_a_table_it_is_what_the_person_is_given(town: Town) -> None:
    home = read_with_consent(town)
    lines = sheet(town, f"statements?requester=person&person={home['person-0']}")
    assert set(lines[0]) == {"日", "機関", "目的"}
    assert ("shakyoの名", "相談") in {(line["機関"], line["目的"]) for line in lines}


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "requester=person&person=x",
        f"person={UUID(int=1)}",
        f"requester=person&person={UUID(int=1)}&from=soon",
    ],
)
def test_what_cannot_be_read_is_refused(town: Town, asked: str) -> None:
    problem(town.get(f"/audit/statements?{asked}", OFFICER, **AUDIT), 422, "Invalid")


def test_no_day_comes_before_its_first(town: Town) -> None:
    asked = f"requester=person&person={uuid4()}&from=2026-04-02&to=2026-04-01"
    problem(town.get(f"/audit/statements?{asked}", OFFICER, **AUDIT), 422, "FromAfterTo")


def test_nobody_else_makes_one(town: Town) -> None:
    problem(
        town.get(f"/audit/statements?requester=person&person={uuid4()}", "tanaka", **AUDIT),
        403,
        "RoleNeeded",
    )


@pytest.mark.parametrize("requester", ["representative", "agent"])
def test_whoever_asks_for_another_asks_for_disclosure(town: Town, requester: str) -> None:
    """A parent who hits learns by no statement who looks after the child (rule 29)."""
    asked = f"/audit/statements?requester={requester}&person={uuid4()}"
    problem(town.get(asked, OFFICER, **AUDIT), 409, "StatementForThePersonAlone")


def tip(town: Town, staff: str) -> dict[str, str]:
    """Somebody next door tells 社協 of a person whom 包括 knows, and it is found to be one."""
    home = taken_in(town)
    body = {"persons": [{"nickname": "隣の人", "relation": "self"}], "route": "telephone"}
    body |= {"consulter": "neighbour", "informant": "隣家の人", "narrative": "怒鳴り声がする。"}
    told_of = recorded(town, "/intakes", body, staff)
    absorbed = {"absorbed": told_of["ids"]["person-0"]}
    recorded(town, f"/persons/{home['person-0']}/merger", absorbed, "kato")
    path = f"/households/{home['household']}"
    at = recorded(town, f"{path}/merger", {"source": told_of["id"]}, "kato")["position"]
    assert "怒鳴り声がする。" in town.get(f"{path}?after={at}", staff).text
    assert town.get(path).status_code == 200
    return home


def agencies(town: Town, home: dict[str, str]) -> set[str]:
    return {line["agency"] for line in told(town, home["person-0"])["statement"]["lines"]}


def test_whom_somebody_came_to_about_them_is_not_told_by_what_it_read_beside(town: Town) -> None:
    """Rule 31: that they never went there says that somebody else did, and on which day."""
    home = tip(town, "sato")
    assert agencies(town, home) == {"centre"}
    assert told(town, home["person-0"])["kept_back"]["informant"] > 0


def test_nor_is_whom_it_turned_to_next_by_what_that_one_read(town: Town) -> None:
    home = tip(town, "sato")
    path = f"/households/{home['household']}"
    law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}
    sent = {"to_agency": "city", "purpose": "referral", "basis": law, "enclosed": []}
    sent |= {"categories": ["consultation"], "subjects": [home["person-0"]]}
    at = recorded(town, f"{path}/referrals", sent, "sato")["position"]
    assert town.get(f"{path}?after={at}", "suzuki").status_code == 200
    assert agencies(town, home) == {"centre"}


def test_from_the_day_they_met_on_it_is_told_again(dated: DatedTown) -> None:
    home = tip(dated, "sato")
    path = f"/households/{home['household']}"
    dated.now += timedelta(days=5)
    visit = {"person": home["person-0"], "method": "outreach-methods-1", "met_person": True}
    met = recorded(dated, f"{path}/contacts", {**visit, "basis": {"kind": "own"}}, "sato")
    dated.now += timedelta(days=1)
    assert dated.get(f"{path}?after={met['position']}", "sato").status_code == 200
    found = told(dated, home["person-0"])["statement"]["lines"]
    days = [line["day"] for line in found if line["agency"] == "shakyo"]
    assert days == [dated.now.date().isoformat()]


def test_that_there_is_an_audit_is_told_to_nobody_by_who_read_for_it(town: Town) -> None:
    """The person may be the colleague whose reading is looked into."""
    home = taken_in(town)
    path = f"/households/{home['household']}"
    assert town.get(path).status_code == 200
    reason = {"reason": "本人からの申出を調べるため。"}
    opened = recorded(town, f"{path}/audit-cases", reason, OFFICER)
    read = town.get(f"{path}?after={opened['position']}", OFFICER, **AUDIT)
    assert home["person-0"] in read.text
    found = told(town, home["person-0"])
    assert {line["purpose"] for line in found["statement"]["lines"]} == {"consultation"}
    assert found["kept_back"]["closed-rule"] > 0
