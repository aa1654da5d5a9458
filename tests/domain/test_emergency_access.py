"""緊急閲覧: a reason, three hours, a second person for a place, and a review by yet another."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.basis import ReasonNeeded
from domain.emergency_access import (
    AccessOver,
    AnotherPersonNeeded,
    ApproveEmergencyAccess,
    LongestAccess,
    NothingToApprove,
    OpenEmergencyAccess,
    OthersNotTold,
    PersonNotNamed,
    RenewEmergencyAccess,
    ReviewEmergencyAccess,
    approve_emergency_access,
    open_emergency_access,
    renew_emergency_access,
    review_emergency_access,
)
from domain.events.oversight import (
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
)
from domain.events.person import ConcealmentStarted
from domain.refusals import AlreadyRecorded, RoleNeeded, Unknown
from domain.values import Capacity, PersonId, Role, StaffId
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    COUNSELLOR,
    FATHER,
    MOTHER,
    NOON,
    PRIVACY,
    PROTECTION,
    SATO,
    SHAKYO,
    TANAKA,
    TODAY,
    act,
    after,
    bare,
    capacity,
    fact,
    household,
    label,
    person,
    siding,
    stamp,
)
from tests.domain.given import (
    STRANGER as ELSEWHERE,
)

STRANGER = capacity(SHAKYO, "support")
CHIEF = capacity(SHAKYO, "support", Role.CHIEF)
REASON = "窓を割る音がして、子どもの泣き声が続いている。"
HOURS = timedelta(hours=3)
LATER = NOON + timedelta(hours=1)


def opened(**given: Any) -> EmergencyAccessOpened:
    usual: dict[str, Any] = {
        "access": stamp().new_id("access"),
        "staff": TANAKA,
        "agency": SHAKYO,
        "desk": "support",
        "reason": REASON,
        "until": NOON + HOURS,
        "review_due": "2030-01-01",
        "label": label(agency=SHAKYO, desk="support"),
    }
    return fact(EmergencyAccessOpened, **{**usual, **given})


ACCESS = opened().access


def begin(by: Capacity = STRANGER, **given: Any) -> EmergencyAccessOpened:
    command = act(OpenEmergencyAccess, **{"reason": REASON, **given})
    (begun,) = open_emergency_access(household(), command, stamp(by))
    return begun


def test_it_runs_for_three_hours_and_tells_the_lead_and_the_privacy_officer() -> None:
    begun = begin()
    assert (begun.staff, begun.agency, begun.desk) == (TANAKA, SHAKYO, "support")
    assert begun.until == NOON + HOURS
    assert (begun.owner_agency, begun.owner_desk) == (CENTRE, "general")
    working = stamp().profile.working_day_after(stamp().today, 5)
    assert begun.review_due == working > stamp().today


def test_a_household_that_nobody_leads_has_nobody_to_tell() -> None:
    command = act(OpenEmergencyAccess, reason=REASON)
    (begun,) = open_emergency_access(bare(), command, stamp(STRANGER))
    assert begun.owner_agency is None


def test_it_needs_a_reason_of_substance() -> None:
    with pytest.raises(ReasonNeeded):
        begin(reason="至急   です")


@pytest.mark.parametrize("by", [PRIVACY, capacity(CITY, "privacy", Role.ANALYST)])
def test_it_is_for_those_who_work_on_cases(by: Capacity) -> None:
    with pytest.raises(RoleNeeded):
        begin(by)


def test_a_place_is_that_of_one_member() -> None:
    with pytest.raises(PersonNotNamed):
        begin(location=True)
    assert begin(location=True, person=CHILD).location


CLOSED: list[dict[str, Any]] = [
    {"concealed": True},
    {"tags": ["informant"]},
    {"tags": ["location"]},
    {"basis": {"kind": "sitting", "sitting": CONSENT, "item": CONSENT}},
]


@pytest.mark.parametrize("closed", CLOSED)
def test_nobody_looks_approves_or_prolongs_unseen(closed: dict[str, Any]) -> None:
    """Neither who leads nor the privacy officer could read that somebody did."""
    with pytest.raises(OthersNotTold):
        begin(**closed)
    told, by = household(opened(person=CHILD, location=True)), stamp(CHIEF, SATO, LATER)
    with pytest.raises(OthersNotTold):
        approve_emergency_access(told, act(ApproveEmergencyAccess, **closed), by, access=ACCESS)
    with pytest.raises(OthersNotTold):
        renew_emergency_access(told, act(RenewEmergencyAccess, **closed), by, access=ACCESS)


def test_nobody_is_told_by_it_who_belongs_to_the_household() -> None:
    """Rule 32: answered alike for somebody who does and for somebody who does not."""
    for named in ({"person": ELSEWHERE}, {"subjects": [ELSEWHERE]}, {"hidden_from": [ELSEWHERE]}):
        assert begin(**named).agency == SHAKYO
        assert begin(COUNSELLOR, **named).agency == CENTRE


def approve(*facts: Any, by: Capacity = CHIEF, staff: StaffId = SATO, at: datetime = NOON) -> Any:
    """Decided upon what was opened, and what happened since."""
    told = household(opened(person=CHILD, location=True), *facts)
    command = act(ApproveEmergencyAccess)
    return approve_emergency_access(told, command, stamp(by, staff, at), access=ACCESS)


def test_a_second_person_approves_the_look_at_a_place() -> None:
    (approved,) = approve()
    assert isinstance(approved, EmergencyAccessApproved)
    assert approve(by=PROTECTION)
    with pytest.raises(AnotherPersonNeeded):
        approve(staff=TANAKA)
    with pytest.raises(RoleNeeded):
        approve(by=STRANGER)


def both(by: Capacity, *sides: PersonId) -> None:
    """Approved and renewed by somebody who acts for these; the child is protected from somebody of
    another household.
    """
    begun = {"concealment": CONSENT, "threat": "dv", "until": TODAY, "counterparties": (ELSEWHERE,)}
    child = person(fact(ConcealmentStarted, **begun))
    told = household(opened(person=CHILD, location=True))
    writer = siding(stamp(by, SATO, LATER), *sides)
    assert approve_emergency_access(told, child, act(ApproveEmergencyAccess), writer, access=ACCESS)
    if by.role is Role.CHIEF:
        assert renew_emergency_access(told, child, act(RenewEmergencyAccess), writer, access=ACCESS)


def test_to_a_chief_of_any_side_there_is_nothing_to_approve_or_renew() -> None:
    """Not for the 相手方 alone, which would tell that there is one."""
    both(CHIEF)
    both(CHIEF, PersonId(TANAKA))
    for side in (FATHER, CHILD, ELSEWHERE):
        with pytest.raises(Unknown):
            both(CHIEF, side)


def test_a_protection_officer_who_acts_for_the_protected_still_approves() -> None:
    both(PROTECTION, CHILD)


def test_an_approval_is_given_once_and_in_time() -> None:
    again = fact(EmergencyAccessApproved, access=ACCESS)
    with pytest.raises(AlreadyRecorded):
        approve(again)
    with pytest.raises(AccessOver):
        approve(at=NOON + HOURS)
    with pytest.raises(AccessOver):
        approve(fact(EmergencyAccessReviewed, access=ACCESS, proper=True))
    with pytest.raises(Unknown):
        approve_emergency_access(
            household(), act(ApproveEmergencyAccess), stamp(CHIEF, SATO), access=ACCESS
        )


def test_only_a_place_needs_approval() -> None:
    with pytest.raises(NothingToApprove):
        approve_emergency_access(
            household(opened()), act(ApproveEmergencyAccess), stamp(CHIEF, SATO), access=ACCESS
        )


def renew(at: datetime, *facts: Any, by: Capacity = CHIEF) -> EmergencyAccessRenewed:
    command = act(RenewEmergencyAccess)
    told = household(opened(), *facts)
    (renewed,) = renew_emergency_access(told, command, stamp(by, SATO, at), access=ACCESS)
    return renewed


def test_the_duty_manager_prolongs_it_by_three_hours() -> None:
    at = NOON + timedelta(hours=2)
    assert renew(at).until == at + HOURS
    with pytest.raises(RoleNeeded):
        renew(at, by=STRANGER)
    with pytest.raises(Unknown):
        renew(at, by=capacity(CENTRE, "general", Role.CHIEF))
    with pytest.raises(AccessOver):
        renew(NOON + HOURS)


def test_it_never_runs_for_more_than_72_hours() -> None:
    longest = NOON + timedelta(hours=72)
    almost = fact(EmergencyAccessRenewed, access=ACCESS, until=longest - timedelta(hours=1))
    assert renew(longest - timedelta(hours=2), almost).until == longest
    with pytest.raises(LongestAccess):
        renew(longest - timedelta(hours=1), renewed_until(longest))


def renewed_until(moment: datetime) -> EmergencyAccessRenewed:
    return fact(EmergencyAccessRenewed, access=ACCESS, until=moment)


def review(
    *facts: Any, by: Capacity = PRIVACY, staff: StaffId = SATO
) -> list[EmergencyAccessReviewed]:
    command = act(ReviewEmergencyAccess, proper=True, narrative="必要な限度であった。")
    told = household(opened(), *facts)
    return review_emergency_access(told, command, stamp(by, staff), access=ACCESS)


def test_the_privacy_officer_reviews_it_once() -> None:
    (reviewed,) = review()
    assert reviewed.proper
    with pytest.raises(AlreadyRecorded):
        review(reviewed)
    with pytest.raises(RoleNeeded):
        review(by=CHIEF)


def test_nobody_who_had_a_hand_in_it_reviews_it() -> None:
    with pytest.raises(AnotherPersonNeeded):
        review(staff=TANAKA)
    approved = after(household(opened()), fact(EmergencyAccessApproved, access=ACCESS), staff=SATO)
    command = act(ReviewEmergencyAccess, proper=True)
    with pytest.raises(AnotherPersonNeeded):
        review_emergency_access(approved, command, stamp(PRIVACY, SATO), access=ACCESS)


def test_what_was_never_opened_cannot_be_reviewed() -> None:
    command = act(ReviewEmergencyAccess, proper=True)
    with pytest.raises(Unknown):
        review_emergency_access(household(), command, stamp(PRIVACY), access=ACCESS)


def test_what_is_said_of_an_access_never_opened_changes_nothing() -> None:
    stray = fact(EmergencyAccessApproved, access=ACCESS)
    assert household(stray).oversight == household().oversight


def test_its_reviewer_is_told_what_to_look_at() -> None:
    assert begin(person=MOTHER, subjects=[MOTHER]).person == MOTHER
    assert date.fromisoformat(begin().review_due.isoformat()) >= stamp(COUNSELLOR).today


def test_what_is_said_of_it_is_hidden_from_whom_it_is() -> None:
    """Rule 21: that somebody approved, prolonged or reviewed it tells of it."""
    own = label(agency=SHAKYO, desk="support", hidden_from=[FATHER])
    told = household(opened(person=CHILD, location=True, label=own))
    by = stamp(CHIEF, SATO, LATER)
    said = (
        approve_emergency_access(told, act(ApproveEmergencyAccess), by, access=ACCESS),
        renew_emergency_access(told, act(RenewEmergencyAccess), by, access=ACCESS),
        review_emergency_access(
            told, act(ReviewEmergencyAccess, proper=True), stamp(PRIVACY, SATO), access=ACCESS
        ),
    )
    assert {each.label.hidden_from for (each,) in said} == {(FATHER,)}
