"""From what was done to who has to do with it: ties begin, run on and end."""

from datetime import date
from typing import Any

import pytest

from domain.unusual import Act, End, Tie, present, ties_of
from tests.domain.watch import SATO, SUZUKI, TANAKA

SPRING, SUMMER = date(2026, 4, 1), date(2026, 7, 1)
DESK = Tie("shakyo", "sodan", None, SPRING)
OWN = Tie("shakyo", "sodan", TANAKA, SPRING)


def done(fact: str, on: date = SPRING, **given: Any) -> Act:
    return Act(fact, on, **{"staff": TANAKA, "agency": "shakyo", "desk": "sodan", **given})


def test_whoever_did_something_is_tied_with_their_desk() -> None:
    later = done("OutreachAttempted", SUMMER)
    assert ties_of([done("ConsultationReceived"), later]) == (DESK, OWN)


@pytest.mark.parametrize("fact", ["ReferralMade", "InformationShared", "RoleAssigned"])
def test_whom_it_was_addressed_to_is_tied(fact: str) -> None:
    assert Tie("hoken", None, None, SPRING) in ties_of([done(fact, to=("hoken", None))])


def test_who_is_only_named_is_not() -> None:
    assert ties_of([done("ConsultationReceived", to=("hoken", None))]) == (DESK, OWN)


def test_closing_ends_all_ties_but_the_successors() -> None:
    acts = [
        done("ReferralMade", to=("hoken", "seikatsu")),
        done("SupportClosed", SUMMER, to=("shogai", None)),
    ]
    assert set(ties_of(acts)) == {
        DESK._replace(until=SUMMER, end=End.CLOSED),
        OWN._replace(until=SUMMER, end=End.CLOSED),
        Tie("hoken", "seikatsu", None, SPRING, SUMMER, End.CLOSED),
        Tie("shogai", None, None, SUMMER),
    }


def test_passing_the_lead_on_ends_the_ties_of_the_desk_that_passed_it_on() -> None:
    to = ("hoken", "seikatsu")
    theirs = done("ConsultationReceived", staff=SATO, agency="hoken", desk="kenko")
    assert set(ties_of([done("ConsultationReceived"), theirs, done("LeadAgencyNamed", to=to)])) == {
        DESK._replace(until=SPRING, end=End.PASSED),
        OWN._replace(until=SPRING, end=End.PASSED),
        Tie("hoken", "kenko", None, SPRING),
        Tie("hoken", "kenko", SATO, SPRING),
        Tie(*to, None, SPRING),
    }


def test_keeping_the_lead_ends_nothing() -> None:
    assert ties_of([done("LeadAgencyNamed", to=("shakyo", "sodan"))]) == (DESK, OWN)


def test_agencies_that_came_along_are_tied() -> None:
    merged = done("HouseholdsMerged", brought=("hoken",))
    assert ties_of([merged]) == (DESK, OWN, Tie("hoken", None, None, SPRING))


def test_an_emergency_access_is_a_tie_of_its_day() -> None:
    assert ties_of([done("EmergencyAccessOpened")]) == (present(SPRING, "shakyo", TANAKA),)


@pytest.mark.parametrize("fact", ["AuditCaseOpened", "ShareReviewed"])
def test_to_look_at_the_work_of_others_is_no_work_on_the_household(fact: str) -> None:
    assert ties_of([done(fact, staff=SUZUKI)]) == ()
