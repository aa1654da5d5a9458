"""会議に出た機関: what a meeting decided is known to those who were there, over HTTP too."""

from typing import Any

import pytest

from tests.api.test_access_ends import Case
from tests.api.town import DatedTown, problem, who

VISIT = {"method": "outreach-methods-1", "met_person": True}


class Decided:
    """The city's meeting decided an outreach; of the agencies involved the centre alone was there,
    and 社協, which was asked to help, was not.
    """

    def __init__(self, town: DatedTown) -> None:
        self.case, self.town = Case(town), town
        case = self.case
        law = {"kind": "statute", "article": "kojin-27-1", "reason": "命を守るための見守り。"}
        sent = {"to_agency": "shakyo", "purpose": "referral", "basis": law}
        case.records("/referrals", {**sent, "subjects": [case.mother]})
        held = {"body": "support", "held_on": town.now.date().isoformat()}
        sitting = case.does("/sittings", held, "yamada")["id"]
        room = f"/sittings/{sitting}"
        about = {"kind": "case", "item_basis": "support", "title": "関わり方"}
        item = case.does(f"{room}/items", {**about, "household": case.household}, "yamada")["id"]
        seat = {"kind": "staff", "staff": str(who("tanaka")), "agency": "centre"}
        seat |= {"capacity": "相談員"}
        seated = case.does(f"{room}/attendees", {**seat, "items": [item]}, "yamada")["id"]
        told = {"attendee": seated, "text_version": "r8"}
        case.does(f"{room}/duties", told, "yamada")
        case.does(f"{room}/attendance", {"item": item, "attendee": seated}, "yamada")
        at = {"sitting": sitting, "item": item}
        case.records("/sitting-items", {**at, "subjects": [case.mother]})
        decision = case.records("/meeting-decisions", {**at, "kind": "outreach"}, "suzuki")
        self.at, self.number = at, decision["fact"]

    def tries(self, path: str, body: Any, staff: str) -> Any:
        return self.town.post(f"{self.case.path}{path}", body, staff)


@pytest.fixture
def decided(dated: DatedTown) -> Decided:
    return Decided(dated)


def test_it_is_the_basis_of_those_who_were_there_alone(decided: Decided) -> None:
    body = {**VISIT, "person": decided.case.mother}
    problem(decided.tries("/contacts", body, "sato"), 409, "OutreachNeedsBasis")
    assert decided.tries("/contacts", body, "tanaka").status_code == 201


def test_who_goes_there_for_it_reads_their_own_visit(decided: Decided) -> None:
    """endo of the same desk did not sit there; sato of 社協 has nothing to do with the visit."""
    case = decided.case
    body = {**VISIT, "person": case.mother, "narrative": "玄関先で話せた。"}
    position = decided.tries("/contacts", body, "endo").json()["position"]
    read = {
        staff: "玄関先で話せた。" in decided.town.get(f"{case.path}?after={position}", staff).text
        for staff in ("endo", "tanaka", "sato")
    }
    assert read == {"endo": True, "tanaka": True, "sato": False}


def test_those_who_were_there_make_its_label_stricter(decided: Decided) -> None:
    path, body = f"/facts/{decided.number}/label", {"to_category": "abuse"}
    problem(decided.tries(path, body, "sato"), 404, "Unknown")
    assert decided.tries(path, body, "tanaka").status_code == 201
    problem(decided.tries(path, {"conceal": True}, "tanaka"), 409, "ReadByNobody")


def test_an_ending_waits_for_others_without_naming_them(decided: Decided) -> None:
    """The つなぎ of the city to the school is nothing the centre knows of."""
    case = decided.case
    sent = {"to_agency": "school", "purpose": "referral", "answer_due": "2030-04-20"}
    case.records("/referrals", sent, "suzuki")
    ending = {"reason": "closure-reasons-1", "wish": "もう大丈夫。"}
    left = problem(decided.tries("/closure", ending, "tanaka"), 409, "StillOpen")
    assert (len(left["referrals"]), left["plans"], left["participations"]) == (1, [], [])
    case.records(f"/referrals/{left['referrals'][0]}/withdrawal", {"reason": "改める。"})
    problem(decided.tries("/closure", ending, "tanaka"), 409, "NoMeetingEntry")
    ends = {"successor_agency": "centre", "successor_desk": "general"}
    approves = {**decided.at, "kind": "closure-approved", **ends}
    case.records("/meeting-decisions", approves, "suzuki")
    last = problem(decided.tries("/closure", ending, "tanaka"), 409, "StillOpenElsewhere")
    assert not {"referrals", "plans", "participations"} & last.keys()
