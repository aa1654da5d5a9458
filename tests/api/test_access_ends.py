"""Access ends at the next request: the same open session, the same token; only the facts, or the
clock, have moved on.
"""

from datetime import timedelta
from typing import Any

import pytest

from api.dev_issuer import DEV_ISSUER
from tests.api.town import ADMINISTRATOR, DatedTown, problem, who, written

MOTHER = "person-0"
TOLD = "夜は眠れないと話した。"
LAW = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守りの依頼。"}


class Case:
    """A household of tanaka's, and whatever is recorded of it."""

    def __init__(self, town: DatedTown) -> None:
        self.town, self.position = town, ""
        person = {"nickname": "窓口の女性", "relation": "self"}
        body = {"persons": [person], "route": "visit", "consulter": "self", "narrative": TOLD}
        taken = self.does("/intakes", {**body, "consulting": 0})
        self.path, self.fact = f"/households/{taken['id']}", taken["fact"]
        self.household, self.mother = taken["id"], taken["ids"][MOTHER]

    def does(self, path: str, body: Any, staff: str = "tanaka") -> dict[str, Any]:
        self.town.now += timedelta(minutes=1)
        answered = self.town.post(path, body, staff)
        assert answered.status_code in (200, 201), answered.text
        told: dict[str, Any] = answered.json()
        self.position = told["position"]
        return told

    def records(self, path: str, body: Any, staff: str = "tanaka") -> dict[str, Any]:
        return self.does(f"{self.path}{path}", body, staff)

    def consented(self, end: str | None = None) -> str:
        """The mother lets 社協 know, and 社協 is told."""
        day = self.town.now.date().isoformat()
        given = {"person": self.mother, "method": "written", "agencies": ["shakyo"]}
        given |= {"categories": ["consultation"], "purposes": ["support"]}
        period = {"start": day, "end": end} if end else None
        consent: str = self.records("/consents", {**given, "period": period})["id"]
        told = {"to_agency": "shakyo", "purpose": "support", "categories": ["consultation"]}
        about = {"subjects": [self.mother], "facts": [self.fact]}
        basis = {"kind": "consent", "consent": consent}
        self.records("/shares", {**told, **about, "basis": basis})
        return consent

    def reads(self, staff: str) -> bool:
        """Whether the words are still told to them, on any page of the household."""
        found = [
            self.town.get(f"{self.path}{page}?after={self.position}", staff)
            for page in ("", "/timeline")
        ]
        assert {each.status_code for each in found} <= {200, 404, 403}
        return any(TOLD in each.text for each in found)


@pytest.fixture
def case(dated: DatedTown) -> Case:
    return Case(dated)


def test_a_consent_is_withdrawn(case: Case) -> None:
    consent = case.consented()
    assert case.reads("sato")
    case.records(f"/consents/{consent}/withdrawal", {})
    assert not case.reads("sato")
    assert case.reads("tanaka")


def test_a_consent_runs_out_by_the_clock_alone(case: Case) -> None:
    case.consented(end=(case.town.now + timedelta(days=1)).date().isoformat())
    assert case.reads("sato")
    case.town.now += timedelta(days=1)
    assert case.reads("sato")
    case.town.now += timedelta(days=1)
    assert not case.reads("sato")


@pytest.mark.parametrize(
    ("ending", "by"), [("return", "sato"), ("withdrawal", "tanaka")], ids=["返戻", "取下げ"]
)
def test_a_referral_is_over(case: Case, ending: str, by: str) -> None:
    sent = {"to_agency": "shakyo", "purpose": "referral", "basis": LAW, "enclosed": [case.fact]}
    about = {"categories": ["consultation"], "subjects": [case.mother]}
    made = case.records("/referrals", {**sent, **about})
    assert case.reads("sato")
    case.records(f"/referrals/{made['id']}/{ending}", {"reason": "担当が違うため。"}, by)
    assert not case.reads("sato")


class Room:
    """A 支援会議 about the household, to which sato has come."""

    def __init__(self, case: Case) -> None:
        self.case = case
        day = case.town.now.date().isoformat()
        sitting = case.does("/sittings", {"body": "support", "held_on": day}, "yamada")["id"]
        self.path = f"/sittings/{sitting}"
        about = {"kind": "case", "item_basis": "support", "title": "関わり方"}
        about["household"] = case.household
        self.item = self.does("/items", about)
        seats = [self.seated("tanaka", "centre"), self.seated("sato", "shakyo")]
        self.seat = seats[1]
        brought = {"sitting": sitting, "item": self.item, "subjects": [case.mother]}
        case.records("/sitting-items", {**brought, "tabled": [case.fact]})
        for seat in seats:
            self.does("/duties", {"attendee": seat, "text_version": "r8"})
        self.does("/opening", {}, "yamada")
        for seat in seats:
            self.does("/attendance", {"item": self.item, "attendee": seat})

    def does(self, path: str, body: Any, staff: str = "suzuki") -> str:
        told: str = self.case.does(f"{self.path}{path}", body, staff)["id"]
        return told

    def seated(self, staff: str, agency: str) -> str:
        seat = {"kind": "staff", "staff": str(who(staff)), "agency": agency, "capacity": "相談員"}
        return self.does("/attendees", {**seat, "items": [self.item]})


def test_the_room_is_closed(case: Case) -> None:
    room = Room(case)
    assert case.reads("sato")
    room.does("/closing", {}, "yamada")
    assert not case.reads("sato")


def test_somebody_leaves_the_item(case: Case) -> None:
    room = Room(case)
    assert case.reads("sato")
    room.does("/departures", {"item": room.item, "attendee": room.seat})
    assert not case.reads("sato")


def appointed(case: Case, subject: str, end: str | None = None, desk: str = "general") -> str:
    """Somebody new at tanaka's desk; the path of the appointment."""
    told = {"issuer": DEV_ISSUER, "subject": subject, "name": "山口"}
    staff = written(case.town.post("/staff", told, ADMINISTRATOR))
    held = {"agency": "centre", "desk": desk, "role": "counsellor"}
    period = {"start": case.town.now.date().isoformat(), "end": end}
    path = f"/staff/{staff}/appointments"
    return f"{path}/{written(case.town.post(path, {**held, 'period': period}, ADMINISTRATOR))}"


def refused(case: Case, subject: str) -> None:
    problem(case.town.get(case.path, subject), 403, "NotAppointed")
    problem(case.town.get("/households", subject), 403, "NotAppointed")
    note = {"text": "折り返し電話する。"}
    problem(case.town.post(f"{case.path}/notes", note, subject), 403, "NotAppointed")


def test_an_appointment_is_ended(case: Case) -> None:
    """From the day after its last one, as it is recorded."""
    appointment = appointed(case, "mizuno")
    assert case.reads("mizuno")
    last = (case.town.now - timedelta(days=1)).date().isoformat()
    written(case.town.post(f"{appointment}/ending", {"last_day": last}, ADMINISTRATOR))
    refused(case, "mizuno")


def test_an_appointment_runs_out_by_the_clock_alone(case: Case) -> None:
    appointed(case, "kubo", end=case.town.now.date().isoformat())
    assert case.reads("kubo")
    case.town.now += timedelta(days=1)
    refused(case, "kubo")


def test_of_two_appointments_the_one_that_ended_opens_nothing_more(case: Case) -> None:
    """Whoever moves to the desk beside takes no 健康 along."""
    body = {"route": "visit", "consulter": "self", "category": "health", "narrative": "眠れない。"}
    case.records("/consultations", body)
    path = appointed(case, "noda")
    assert "眠れない。" in case.town.get(f"{case.path}?after={case.position}", "noda").text
    last = (case.town.now - timedelta(days=1)).date().isoformat()
    written(case.town.post(f"{path}/ending", {"last_day": last}, ADMINISTRATOR))
    staff = path.split("/")[2]
    held = {"agency": "centre", "desk": "nurses", "role": "counsellor"}
    period = {"period": {"start": case.town.now.date().isoformat()}}
    appointments = f"/staff/{staff}/appointments"
    written(case.town.post(appointments, {**held, **period}, ADMINISTRATOR))
    found = case.town.get(case.path, "noda")
    assert TOLD in found.text
    assert "眠れない。" not in found.text
    chosen = {"Setai-Capacity": path.rpartition("/")[2]}
    assert case.town.get(case.path, "noda", **chosen).status_code == 403


def looked_urgently(case: Case) -> str:
    danger = {"reason": "今夜の安否を確かめるため。"}
    access: str = case.records("/emergency-accesses", danger, "suzuki")["id"]
    assert case.reads("suzuki")
    return access


def test_an_urgent_look_ends_after_three_hours_by_the_clock_alone(case: Case) -> None:
    looked_urgently(case)
    case.town.now += timedelta(hours=2, minutes=59)
    assert case.reads("suzuki")
    case.town.now += timedelta(minutes=1)
    assert not case.reads("suzuki")


def test_an_urgent_look_that_was_reviewed_is_over(case: Case) -> None:
    access = looked_urgently(case)
    case.records(f"/emergency-accesses/{access}/review", {"proper": False}, "ito")
    assert not case.reads("suzuki")


def test_an_audit_case_is_closed(case: Case) -> None:
    opened = case.records("/audit-cases", {"reason": "申し出があった記録の確認。"}, "ito")["id"]
    assert case.reads("ito")
    case.records(f"/audit-cases/{opened}/closing", {}, "ito")
    assert not case.reads("ito")


def test_what_was_misfiled_is_closed_to_its_own_desk(case: Case) -> None:
    assert case.reads("tanaka")
    case.records("/misfilings", {"facts": [case.fact], "reason": "別の世帯の記録だった。"})
    assert not case.reads("tanaka")


def test_a_wall_closes_at_once_for_who_acts_for_the_other_side(case: Case) -> None:
    appointed(case, "hirano", desk="nurses")
    other = case.records("/persons", {"nickname": "夫", "relation": "father"})["ids"]["person"]
    guardian = {"person": other, "kind": "guardian", "guardian": "夫の後見人", "agency": "centre"}
    case.records("/guardianships", {**guardian, "desk": "nurses"})
    assert case.reads("hirano")
    case.records(f"/facts/{case.fact}/label", {"hide_from": [other]})
    assert not case.reads("hirano")
