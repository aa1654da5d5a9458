"""会議のお断り (rule 32): what nobody learns by trying to bring, study, decide or charge."""

from typing import Any
from uuid import UUID

import pytest

from domain.conditions import NotConsented
from domain.events import Fact
from domain.events.meeting import AssessmentRecorded, BroughtToSitting, CaseStudied, PlanDecided
from domain.events.sitting import (
    AttendeeInvited,
    DutyNotified,
    PresenceRecorded,
    SittingConvened,
)
from domain.events.support import GuardianAppointed, SupportReopened
from domain.meeting import (
    AssignRole,
    BringToSitting,
    DecideInMeeting,
    StudyCase,
    assign_role,
    bring_to_sitting,
    decide_in_meeting,
    study_case,
)
from domain.meeting.deliberation import NobodyPresentForItem, NotBrought
from domain.meeting.tabling import NotCoveredByConsent
from domain.plan import EvaluatePlan, evaluate_plan
from domain.refusals import RoleNeeded, Unknown
from domain.siding import ActsForMember
from domain.sitting import Sitting
from domain.stamp import Stamp
from tests.domain.deliberated import (
    DECISION,
    DOCTOR,
    LAYERED_ITEM,
    NURSE,
    PLAN,
    TRAINING,
    brought,
    case,
    consent,
    decided,
    held,
    item,
    withdrawn,
)
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CLINIC,
    COORDINATOR,
    FATHER,
    ITEM,
    MOTHER,
    SATO,
    SHAKYO,
    SITTING,
    SUZUKI,
    TANAKA,
    TODAY,
    act,
    after,
    fact,
    household,
    label,
    sitting,
    stamp,
)

CITYS, THEIRS = label(agency=CITY, desk="layered"), label(agency=SHAKYO, desk="support")
OFFICE = stamp(COORDINATOR, SUZUKI)
STAFF = {"kind": "staff", "capacity": "相談員"}
STAFF_OF = {**STAFF, "agency": CENTRE}


def bring(**fields: Any) -> BringToSitting:
    about = {"sitting": SITTING, "item": ITEM, "subjects": [CHILD]}
    return act(BringToSitting, **{**about, **fields})


def study(**fields: Any) -> StudyCase:
    return act(StudyCase, **{"sitting": SITTING, "item": LAYERED_ITEM, **fields})


def acting(*staff: UUID) -> list[Fact]:
    about = {"person": FATHER, "kind": "guardian", "guardian": "某"}
    return [fact(GuardianAppointed, **about, staff=each) for each in staff]


# 議題


def of_the_city(*facts: Fact) -> Sitting:
    """The city's sitting: the nurse of the centre is invited for the first of its items alone."""
    items = [item(), item(LAYERED_ITEM, "layered")]
    nurse = fact(AttendeeInvited, attendee=NURSE, agency=CENTRE, items=[ITEM], **STAFF)
    return sitting(
        fact(SittingConvened, body="both", held_on=TODAY, label=CITYS),
        *(each.model_copy(update={"label": CITYS}) for each in items),
        nurse,
        *facts,
    )


@pytest.mark.parametrize("key", [LAYERED_ITEM, TRAINING])
def test_an_item_an_agency_was_not_asked_for_is_as_one_that_is_not_there(key: UUID) -> None:
    given = case()
    plan = {"stage": "final", "outcome": "close", "sitting": SITTING, "item": key}
    decided_on = case(decided(kind="plan-approved", plan=PLAN))
    with pytest.raises(Unknown):
        bring_to_sitting(given, of_the_city(), bring(item=key), stamp())
    with pytest.raises(Unknown):
        study_case(given, of_the_city(), study(item=key), stamp())
    running = after(decided_on, *begun())
    with pytest.raises(Unknown):
        evaluate_plan(running, of_the_city(), act(EvaluatePlan, **plan), stamp(), plan=PLAN)


def begun() -> list[Fact]:
    return [fact(PlanDecided, plan=PLAN, starts_on="2026-01-01", review_on="2026-04-01")]


SEEN: list[tuple[Stamp, tuple[Fact, ...]]] = [
    (OFFICE, ()),
    (stamp(), (fact(PresenceRecorded, item=LAYERED_ITEM, attendee=NURSE, capacity="保健師"),)),
    (stamp(), (fact(AttendeeInvited, attendee=DOCTOR, **STAFF_OF),)),
    (
        stamp(),
        (fact(AttendeeInvited, attendee=DOCTOR, agency=CENTRE, items=[LAYERED_ITEM], **STAFF),),
    ),
    (stamp(), (item(LAYERED_ITEM, "layered"),)),
]


@pytest.mark.parametrize(("by", "more"), SEEN)
def test_it_is_there_for_who_keeps_it_added_it_was_asked_or_came(
    by: Stamp, more: tuple[Fact, ...]
) -> None:
    with pytest.raises((NotBrought, NobodyPresentForItem)):
        study_case(household(consent()), of_the_city(*more), study(), by)


def test_whoever_sits_with_a_person_was_not_asked_as_an_agency() -> None:
    about = {"kind": "person", "person": FATHER, "capacity": "付添い", "items": [LAYERED_ITEM]}
    beside = fact(AttendeeInvited, attendee=DOCTOR, agency=CENTRE, **about)
    with pytest.raises(Unknown):
        study_case(case(), of_the_city(beside), study(), stamp())


def test_an_agency_of_whoever_sits_with_a_person_alone_knows_of_no_sitting() -> None:
    about = {"kind": "person", "person": FATHER, "capacity": "付添い", "items": [ITEM]}
    beside = fact(AttendeeInvited, attendee=DOCTOR, agency=SHAKYO, **about)
    theirs = stamp().capacity.model_copy(update={"agency": SHAKYO})
    assert of_the_city(beside).known_to(stamp().capacity)
    assert not of_the_city(beside).known_to(theirs)


# 付議


@pytest.mark.parametrize("before", [[], [CHILD], [CHILD, MOTHER]])
def test_whom_others_brought_is_not_told_by_bringing_them(before: list[UUID]) -> None:
    theirs = [brought(ITEM, *before, label=THEIRS)] if before else []
    told = bring_to_sitting(household(*theirs), held(), bring(), stamp())
    assert [type(each) for each in told] == [BroughtToSitting]
    again = after(household(*theirs), *[each for each in told if isinstance(each, Fact)])
    assert bring_to_sitting(again, held(), bring(), stamp()) == []


def test_whom_others_brought_beside_ones_own_is_not_told_either() -> None:
    given = household(brought(ITEM, CHILD), brought(ITEM, MOTHER, label=THEIRS))
    assert len(bring_to_sitting(given, held(), bring(subjects=[MOTHER]), stamp())) == 1


def test_in_a_new_cycle_it_is_brought_again() -> None:
    """Rule 25; also where others did so first."""
    anew = fact(SupportReopened, reason="x", cycle=2, after=9, agency=CENTRE, desk="general")
    for given in (case(anew), case(anew, brought(ITEM, MOTHER, label=THEIRS))):
        assert len(bring_to_sitting(given, held(), bring(), stamp())) == 1


def assessed() -> AssessmentRecorded:
    key = UUID(int=81)
    given = {"assessment": key, "persons": [CHILD], "fields": [], "issues": []}
    return fact(AssessmentRecorded, **given, label=label(CHILD))


@pytest.mark.parametrize("others", [(), (consent(key=UUID(int=84), label=THEIRS),)])
def test_the_consents_of_others_open_no_layered_meeting(others: tuple[Fact, ...]) -> None:
    """Refused alike, whether others have one or not."""
    given = household(assessed(), consent(agencies=[CENTRE]), *others)
    city = fact(AttendeeInvited, attendee=DOCTOR, agency=CITY, **STAFF)
    command = bring(item=LAYERED_ITEM, tabled=[6])
    with pytest.raises(NotCoveredByConsent):
        bring_to_sitting(given, held(city), command, stamp())
    assert bring_to_sitting(household(assessed(), consent()), held(city), command, stamp())


@pytest.mark.parametrize("invited", [(), (CITY,), (CLINIC,)])
def test_who_sits_there_is_not_told_to_who_acts_for_one_of_them(invited: tuple[str, ...]) -> None:
    """支援措置: the agencies that stand by a protected person are what must not be told."""
    seats = [fact(AttendeeInvited, attendee=DOCTOR, agency=each, **STAFF) for each in invited]
    given = household(assessed(), consent(), *acting(TANAKA))
    command = bring(item=LAYERED_ITEM, tabled=[6])
    with pytest.raises(ActsForMember):
        bring_to_sitting(given, held(*seats), command, stamp())
    assert bring_to_sitting(given, held(*seats), bring(item=LAYERED_ITEM), stamp())


# 事例検討・決定・役割


def test_whom_others_brought_is_named_to_those_who_keep_the_sitting_alone() -> None:
    given = case(withdrawn())
    with pytest.raises(NotConsented) as refused:
        study_case(given, held(), study(), stamp())
    assert refused.value.details == {"persons": []}
    with pytest.raises(NotConsented) as refused:
        study_case(given, held(), study(subjects=[CHILD]), stamp())
    assert refused.value.details == {"persons": [CHILD]}
    command = act(DecideInMeeting, sitting=SITTING, item=LAYERED_ITEM, kind="roles")
    for sides, named in (([], [CHILD]), (acting(SUZUKI), [])):
        with pytest.raises(NotConsented) as refused:
            decide_in_meeting(after(given, *sides), held(), command, OFFICE)
        assert refused.value.details == {"persons": named}


@pytest.mark.parametrize("agency", [CENTRE, SHAKYO])
def test_who_acts_for_one_of_them_charges_no_other_agency(agency: str) -> None:
    """Alike, whether it was there or not."""
    given = case(decided(), *acting(SUZUKI))
    charge = {"agency": agency, "task": "見守り"}
    about = {"sitting": SITTING, "item": ITEM, "kind": "roles", "roles": [charge]}
    with pytest.raises(ActsForMember):
        decide_in_meeting(given, held(), act(DecideInMeeting, **about), OFFICE)
    later = act(AssignRole, sitting=SITTING, decision=DECISION, role=charge)
    with pytest.raises(ActsForMember):
        assign_role(given, held(), later, OFFICE)
    own = act(AssignRole, sitting=SITTING, decision=DECISION, role={**charge, "agency": CITY})
    there = fact(AttendeeInvited, attendee=DOCTOR, agency=CITY, **STAFF)
    assert assign_role(given, held(there), own, OFFICE)
    centre = act(AssignRole, sitting=SITTING, decision=DECISION, role={**charge, "agency": CENTRE})
    assert assign_role(given, held(), centre, stamp(COORDINATOR, SATO))


@pytest.mark.parametrize("given", [case(), case(decided())])
def test_whether_something_was_decided_is_not_told_to_who_is_not_in_charge(given: Any) -> None:
    role = {"agency": CENTRE, "task": "見守り"}
    command = act(AssignRole, sitting=SITTING, decision=DECISION, role=role)
    with pytest.raises(RoleNeeded):
        assign_role(given, held(), command, stamp())


def test_a_case_is_studied_by_who_was_asked() -> None:
    nameless = item(TRAINING, household=None).model_copy(update={"label": CITYS})
    with pytest.raises(Unknown):
        study_case(case(), of_the_city(nameless), study(item=TRAINING), stamp())
    told = fact(DutyNotified, attendee=NURSE, text_version="r8")
    here = fact(PresenceRecorded, item=ITEM, attendee=NURSE, capacity="保健師")
    [studied] = study_case(case(), of_the_city(told, here), study(item=ITEM), stamp())
    assert isinstance(studied, CaseStudied)
