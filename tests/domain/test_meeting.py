"""付議・会議決定: rules 3, 10–12, 17 and 31 where a household meets a sitting."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.conditions import NotConsented
from domain.convening.agenda import HandlesNoIdentifiedCases
from domain.convening.charge import NotOfThisBody, SittingIsCancelled
from domain.events import Fact, On
from domain.events.consent import InformationShared
from domain.events.intake import AbuseReported
from domain.events.meeting import (
    AssessmentRecorded,
    BroughtToSitting,
    CaseStudied,
    MeetingDecided,
    RoleAssigned,
    RoleEnded,
)
from domain.events.referral import LeadAgencyNamed
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PresenceRecorded,
    SittingCancelled,
)
from domain.events.support import GuardianAppointed, SupportClosed, SupportReopened
from domain.household import Household
from domain.labels import BySitting, Category, OwnRecord, Tag
from domain.meeting import (
    AssignRole,
    BringToSitting,
    DecideInMeeting,
    EndRole,
    StudyCase,
    assign_role,
    bring_to_sitting,
    decide_in_meeting,
    end_role,
    study_case,
)
from domain.meeting.deciding import (
    NotDecidedOnThisBasis,
    PlanNotNamed,
    SuccessorNotNamed,
    SupportMeetingDecidesNoPlan,
)
from domain.meeting.deliberation import (
    ItemOfAnotherHousehold,
    NobodyPresentForItem,
    NotBrought,
    PersonsNotTakenUp,
    QuorumMissing,
)
from domain.meeting.roles import AgencyNotInSitting, DutyNotDone, RoleOverAlready
from domain.meeting.tabling import (
    ItemNotDescribed,
    NotCoveredByConsent,
    NotTableable,
    SubjectsNotNamed,
)
from domain.passing import SittingInformation
from domain.profile import Profile
from domain.refusals import AlreadyRecorded, HouseholdClosed, NotAMember, Unknown
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.values import PersonId, Role, SittingId
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
    drafted,
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
    OTHER_HOUSEHOLD,
    PROFILE,
    SECRETARIAT,
    SHAKYO,
    SITTING,
    STRANGER,
    TANAKA,
    TODAY,
    act,
    after,
    capacity,
    chartered,
    fact,
    household,
    joined,
    label,
    paragraph,
    settled,
    stamp,
)


def secretary(profile: Profile = PROFILE) -> Stamp:
    return stamp(COORDINATOR, profile=profile)


def bring(**fields: Any) -> BringToSitting:
    about = {"sitting": SITTING, "item": ITEM, "subjects": [CHILD]}
    return act(BringToSitting, **{**about, **fields})


# 付議


def test_a_household_comes_before_a_support_meeting_without_consent() -> None:
    told = bring_to_sitting(household(), held(), bring(narrative="家に入れない"), stamp())
    [item_fact] = [each for each in told if isinstance(each, BroughtToSitting)]
    assert item_fact.subjects == (CHILD,)
    assert item_fact.label.basis == BySitting(sitting=SITTING, item=ITEM)


def test_a_consent_that_ends_before_the_sitting_is_not_enough() -> None:
    later = held(held_on=TODAY + timedelta(days=30))
    short = consent(period={"start": "2026-01-01", "end": "2026-04-15"})
    with pytest.raises(NotConsented):
        bring_to_sitting(household(short), later, bring(item=LAYERED_ITEM), stamp())


def test_a_layered_item_is_about_named_persons() -> None:
    command = bring(item=LAYERED_ITEM, subjects=[])
    with pytest.raises(SubjectsNotNamed):
        bring_to_sitting(household(), held(), command, stamp())


def test_bringing_may_make_the_item_and_goes_to_both_streams() -> None:
    command = bring(item=None, item_basis="support", title="世帯の件")
    told = bring_to_sitting(household(), held(), command, stamp())
    assert isinstance(told[0], On)
    assert (told[0].stream, type(told[0].fact)) == (SITTING, AgendaItemAdded)
    assert isinstance(told[1], BroughtToSitting)


def test_those_who_keep_the_sitting_are_involved_in_what_is_brought_to_it() -> None:
    meeting = replace(held(), secretariat=SECRETARIAT)
    [told] = bring_to_sitting(household(), meeting, bring(), stamp())
    assert isinstance(told, BroughtToSitting)
    assert told.secretariat == SECRETARIAT
    known = after(household(), told)
    assert known.involves(COORDINATOR)
    assert not any(
        known.involves(capacity(CITY, "layered", role)) for role in (Role.COUNSELLOR, Role.CONVENER)
    )
    assert not known.involves(capacity(CITY, "women", Role.COORDINATOR))


def test_a_new_item_is_described() -> None:
    with pytest.raises(ItemNotDescribed):
        bring_to_sitting(household(), held(), bring(item=None), stamp())


def test_a_body_without_identified_cases_takes_no_household() -> None:
    profile = chartered(handles="anonymous")
    command = bring(item=None, item_basis="support", title="世帯の件")
    with pytest.raises(HandlesNoIdentifiedCases):
        bring_to_sitting(household(), held(), command, stamp(profile=profile))


def test_only_members_of_the_household_are_brought() -> None:
    with pytest.raises(NotAMember):
        bring_to_sitting(household(), held(), bring(subjects=[STRANGER]), stamp())


def test_an_item_is_there_and_of_this_household() -> None:
    with pytest.raises(Unknown):
        bring_to_sitting(household(), held(), bring(item=TRAINING), stamp())
    other = held(item(TRAINING, household=OTHER_HOUSEHOLD))
    with pytest.raises(ItemOfAnotherHousehold):
        bring_to_sitting(household(), other, bring(item=TRAINING), stamp())


def test_a_cancelled_sitting_takes_up_nobody() -> None:
    cancelled = held(fact(SittingCancelled, reason="案件なし"))
    with pytest.raises(SittingIsCancelled):
        bring_to_sitting(household(), cancelled, bring(), stamp())


def test_what_was_brought_before_is_not_brought_again_but_adds_up() -> None:
    assert bring_to_sitting(case(), held(), bring(), stamp()) == []
    more = bring(subjects=[CHILD, MOTHER])
    assert bring_to_sitting(case(), held(), more, stamp())


def assessed(**labelled: Any) -> AssessmentRecorded:
    """Version 6 of a household that is otherwise as it opened."""
    whole = label(CHILD, **labelled)
    key = UUID(int=81)
    return fact(
        AssessmentRecorded, assessment=key, persons=[CHILD], fields=[], issues=[], label=whole
    )


def test_an_agency_tables_what_it_wrote() -> None:
    [told] = bring_to_sitting(household(assessed()), held(), bring(tabled=[6]), stamp())
    assert isinstance(told, BroughtToSitting)
    assert told.tabled == (6,)


@pytest.mark.parametrize(
    "hidden",
    [
        assessed(concealed=True),
        assessed(tags=["location"]),
        assessed(tags=["informant"]),
        assessed(agency=CITY, desk="welfare"),
        assessed(desk="nurses", category="health"),
        fact(AbuseReported, report=UUID(int=82), kind="child", label=label(category="abuse")),
    ],
)
def test_what_would_betray_or_is_anothers_is_not_tabled(hidden: Fact) -> None:
    with pytest.raises(NotTableable) as refused:
        bring_to_sitting(household(hidden), held(), bring(tabled=[6, 99]), stamp())
    assert refused.value.details["versions"] == [6, 99]


def test_words_about_what_is_hidden_from_somebody_are_hidden_from_them() -> None:
    hidden = assessed().model_copy(update={"label": label(MOTHER, hidden_from=(FATHER,))})
    command = bring(tabled=[6], narrative="父に知られたくないこと。")
    [told] = bring_to_sitting(household(hidden), held(), command, stamp())
    assert isinstance(told, BroughtToSitting)
    assert told.label.hidden_from == (FATHER,)
    assert told.narrative[0].label.hidden_from == (FATHER,)


def test_what_an_agency_was_given_it_may_table() -> None:
    theirs = assessed(agency=CITY, desk="welfare")
    by_law = label(CHILD, agency=CITY, basis={"kind": "statute", "article": "kojin-69-1"})
    scope = {"to_agency": CENTRE, "purpose": "support", "categories": ["progress"], "facts": [6]}
    share = fact(InformationShared, share=UUID(int=83), label=by_law, **scope)
    assert bring_to_sitting(household(theirs, share), held(), bring(tabled=[6]), stamp())


def test_before_a_layered_meeting_consent_covers_every_agency_invited() -> None:
    city = fact(AttendeeInvited, attendee=DOCTOR, kind="staff", agency=CITY, capacity="課長")
    command = bring(item=LAYERED_ITEM, tabled=[6])
    consented = household(assessed(), consent())
    assert bring_to_sitting(consented, held(city), command, stamp())
    clinic = fact(AttendeeInvited, attendee=DOCTOR, kind="staff", agency=CLINIC, capacity="医師")
    with pytest.raises(NotCoveredByConsent):
        bring_to_sitting(consented, held(clinic), command, stamp())


def test_what_a_support_meeting_learned_goes_before_no_layered_one() -> None:
    learned = assessed(basis={"kind": "sitting", "sitting": SITTING, "item": ITEM})
    command, given, there = (
        bring(item=LAYERED_ITEM, tabled=[6]),
        household(learned, consent()),
        held(*TOLD),
    )
    with pytest.raises(SittingInformation):
        bring_to_sitting(given, there, command, stamp())
    wide = stamp(profile=settled(sitting_information_after_consent=True))
    assert bring_to_sitting(given, there, command, wide)


TOLD = (
    fact(
        AttendeeInvited,
        attendee=DOCTOR,
        kind="staff",
        agency=CENTRE,
        capacity="保健師",
        staff=TANAKA,
    ),
    fact(DutyNotified, attendee=DOCTOR, text_version="r8"),
    fact(PresenceRecorded, item=ITEM, attendee=DOCTOR, capacity="保健師"),
)
"""The writer was there."""


def test_who_was_not_there_tables_nothing_that_was_learned_there() -> None:
    learned = household(assessed(basis={"kind": "sitting", "sitting": SITTING, "item": ITEM}))
    with pytest.raises(NotTableable):
        bring_to_sitting(learned, held(), bring(tabled=[6]), stamp())
    assert bring_to_sitting(learned, held(*TOLD), bring(tabled=[6]), stamp())


def test_nobody_tables_what_they_may_read_but_in_part() -> None:
    """A paragraph of another desk's on 虐待 goes before no meeting by whoever may not read it."""
    told = paragraph("あざがある。", CHILD, desk="nurses", category="abuse")
    theirs = assessed(desk="nurses").model_copy(update={"narrative": (told,)})
    with pytest.raises(NotTableable):
        bring_to_sitting(household(theirs), held(), bring(tabled=[6]), stamp())
    their_own = stamp(capacity(CENTRE, "nurses"))
    assert bring_to_sitting(household(theirs), held(), bring(tabled=[6]), their_own)


def test_what_was_learned_at_another_sitting_is_tabled_by_who_was_there() -> None:
    other = SittingId(UUID(int=84))
    learned = household(assessed(basis={"kind": "sitting", "sitting": other, "item": ITEM}))
    there = Attended(id=other, said=replace(held(*TOLD), id=other))
    assert bring_to_sitting(learned, held(), there, bring(tabled=[6]), stamp())
    with pytest.raises(NotTableable):
        bring_to_sitting(learned, held(), Attended(id=other), bring(tabled=[6]), stamp())


# 決定


def decide(**fields: Any) -> DecideInMeeting:
    about = {"sitting": SITTING, "item": LAYERED_ITEM, "kind": "roles"}
    return act(DecideInMeeting, **{**about, **fields})


def test_a_decision_names_the_records_it_rested_on() -> None:
    [told] = decide_in_meeting(case(), held(), decide(), secretary())
    assert isinstance(told, MeetingDecided)
    assert told.rested_on == case().version
    assert told.label.basis == OwnRecord()


def test_a_support_meeting_decides_no_plan() -> None:
    command = decide(item=ITEM, kind="plan-approved", plan=PLAN)
    with pytest.raises(SupportMeetingDecidesNoPlan):
        decide_in_meeting(case(), held(), command, secretary())


def test_a_layered_meeting_approves_a_plan_once() -> None:
    command = decide(kind="plan-approved", plan=PLAN)
    [told] = decide_in_meeting(case(), held(), command, secretary())
    assert isinstance(told, MeetingDecided)
    with pytest.raises(AlreadyRecorded):
        decide_in_meeting(case(told), held(), command, secretary())


def test_a_plan_is_approved_by_name_and_nothing_else_names_one() -> None:
    with pytest.raises(PlanNotNamed):
        decide_in_meeting(case(), held(), decide(kind="plan-approved"), secretary())
    with pytest.raises(PlanNotNamed):
        decide_in_meeting(case(), held(), decide(plan=PLAN), secretary())
    command = decide(kind="plan-approved", plan=ITEM)
    with pytest.raises(Unknown):
        decide_in_meeting(case(), held(), command, secretary())


def test_a_plan_is_approved_where_its_persons_were_taken_up() -> None:
    command = decide(kind="plan-approved", plan=PLAN)
    two = household(
        consent(), consent(FATHER, UUID(int=84)), brought(LAYERED_ITEM), drafted(CHILD, FATHER)
    )
    with pytest.raises(PersonsNotTakenUp) as refused:
        decide_in_meeting(two, held(), command, secretary())
    assert refused.value.details["persons"] == [FATHER]


def test_after_withdrawal_a_layered_meeting_decides_nothing_about_the_person() -> None:
    with pytest.raises(NotConsented):
        decide_in_meeting(case(withdrawn()), held(), decide(), secretary())


def test_each_basis_has_its_decisions() -> None:
    with pytest.raises(NotDecidedOnThisBasis):
        decide_in_meeting(case(), held(), decide(kind="promoted"), secretary())
    assert decide_in_meeting(case(), held(), decide(item=ITEM, kind="promoted"), secretary())


def test_only_what_was_brought_is_decided() -> None:
    with pytest.raises(NotBrought):
        decide_in_meeting(household(), held(), decide(item=ITEM), secretary())


def test_a_decision_needs_somebody_present_for_the_item() -> None:
    absent = held(item(TRAINING))
    with pytest.raises(NobodyPresentForItem):
        decide_in_meeting(case(brought(TRAINING)), absent, decide(item=TRAINING), secretary())


def test_a_quorum_counts_only_where_the_body_has_one() -> None:
    with pytest.raises(QuorumMissing):
        decide_in_meeting(case(), held(), decide(), secretary(chartered(quorum=2)))
    assert decide_in_meeting(case(), held(), decide(), secretary(chartered(quorum=1)))


def test_only_the_secretariat_records_decisions() -> None:
    elsewhere = stamp(capacity(CENTRE, "general", Role.COORDINATOR))
    with pytest.raises(NotOfThisBody):
        decide_in_meeting(case(), held(), decide(), elsewhere)


def test_giving_back_and_closing_name_who_leads_next() -> None:
    for kind in ("returned", "closure-approved"):
        with pytest.raises(SuccessorNotNamed):
            decide_in_meeting(case(), held(), decide(kind=kind), secretary())
    half = decide(successor_agency=CENTRE)
    with pytest.raises(SuccessorNotNamed):
        decide_in_meeting(case(), held(), half, secretary())


def test_giving_back_names_the_lead_at_once() -> None:
    profile = settled()
    named = {"successor_agency": SHAKYO, "successor_desk": "support"}
    told = decide_in_meeting(case(), held(), decide(kind="returned", **named), secretary(profile))
    [lead] = [each for each in told if isinstance(each, LeadAgencyNamed)]
    assert (lead.agency, lead.desk) == (SHAKYO, "support")
    told = decide_in_meeting(case(), held(), decide(kind="closure-approved", **named), secretary())
    assert len(told) == 1


def test_where_no_successor_is_required_giving_back_may_keep_the_lead() -> None:
    profile = settled(lead_successor_required=False)
    told = decide_in_meeting(case(), held(), decide(kind="returned"), secretary(profile))
    assert len(told) == 1


def role(**fields: Any) -> dict[str, Any]:
    return {"agency": CENTRE, "desk": "general", "task": "見守り", **fields}


def test_roles_go_to_member_bodies_with_what_they_need() -> None:
    bound = fact(DutyNotified, attendee=NURSE, text_version="r8")
    command = decide(item=ITEM, roles=[role(needed=[{"text": "鍵は隣家"}]), role(desk=None)])
    told = decide_in_meeting(case(), held(bound), command, secretary())
    roles = [each for each in told if isinstance(each, RoleAssigned)]
    assert [each.desk for each in roles] == ["general", None]
    assert roles[0].needed[0].label.basis == BySitting(sitting=SITTING, item=ITEM)
    assert roles[0].role != roles[1].role


def test_a_role_is_for_an_agency_in_the_sitting() -> None:
    command = decide(roles=[role(agency=SHAKYO, desk="support")])
    with pytest.raises(AgencyNotInSitting):
        decide_in_meeting(case(), held(), command, secretary())


def test_what_a_role_needs_goes_only_where_the_duty_is_done() -> None:
    command = decide(item=ITEM, roles=[role(needed=[{"text": "鍵は隣家"}])])
    with pytest.raises(DutyNotDone):
        decide_in_meeting(case(), held(), command, secretary())


def test_who_is_invited_for_one_item_has_no_role_in_another() -> None:
    guest = fact(
        AttendeeInvited,
        attendee=DOCTOR,
        kind="staff",
        agency=SHAKYO,
        capacity="相談員",
        items=[ITEM],
    )
    command = decide(roles=[role(agency=SHAKYO, desk="support")])
    with pytest.raises(AgencyNotInSitting):
        decide_in_meeting(case(), held(guest), command, secretary())


def test_a_role_is_not_over_before_it_begins() -> None:
    yesterday = secretary().today - timedelta(1)
    with pytest.raises(RoleOverAlready):
        decide_in_meeting(case(), held(), decide(roles=[role(until=str(yesterday))]), secretary())
    assert decide_in_meeting(
        case(), held(), decide(roles=[role(until=str(secretary().today))]), secretary()
    )


ELSEWHERE = {"kind": "sitting", "sitting": str(SITTING), "item": str(ITEM)}
HEARD = [{"text": "夜は父がいない", "basis": ELSEWHERE}]


@pytest.mark.parametrize(
    "told", [{"basis": ELSEWHERE}, {"narrative": HEARD}, {"roles": [role(needed=HEARD)]}]
)
def test_what_another_room_said_is_no_part_of_a_decision(told: dict[str, Any]) -> None:
    with pytest.raises(SittingInformation):
        decide_in_meeting(case(), held(), decide(**told), secretary())
    bound = fact(DutyNotified, attendee=NURSE, text_version="r8")
    assert decide_in_meeting(case(), held(bound), decide(item=ITEM, **told), secretary())


def test_a_role_may_be_assigned_after_the_sitting() -> None:
    command = act(AssignRole, sitting=SITTING, decision=DECISION, role=role())
    [told] = assign_role(case(decided()), held(), command, secretary())
    assert (told.decision, told.agency) == (DECISION, CENTRE)
    with pytest.raises(Unknown):
        assign_role(case(), held(), command, secretary())


def test_a_role_is_handed_over_once_within_its_decision() -> None:
    about = {"sitting": SITTING, "decision": DECISION, "role": role()}
    [first] = assign_role(case(decided()), held(), act(AssignRole, **about), secretary())
    there = case(decided(), first)
    command = act(AssignRole, **about, predecessor=first.role)
    [told] = assign_role(there, held(), command, replace(secretary(), command_id=ITEM))
    assert (told.predecessor, told.desk) == (first.role, "general")
    strange = act(AssignRole, **about, predecessor=ITEM)
    for given, wrong in ((after(there, told), command), (there, strange)):
        with pytest.raises(Unknown):
            assign_role(given, held(), wrong, secretary())


def ending(given: Household, by: Stamp, key: UUID, *sittings: Sitting) -> list[RoleEnded]:
    return end_role(given, *(sittings or (held(),)), act(EndRole, narrative="終えた"), by, role=key)


def given_role(*hidden_from: PersonId) -> tuple[Household, RoleAssigned]:
    about = {"sitting": SITTING, "decision": DECISION, "role": role()}
    there = case(joined(FATHER), decided())
    [given] = assign_role(there, held(), act(AssignRole, **about), secretary())
    walled = given.label.model_copy(update={"hidden_from": hidden_from})
    told = given.model_copy(update={"label": walled})
    return after(there, told), told


def test_whoever_holds_a_role_or_keeps_the_meeting_ends_it_once() -> None:
    there, told = given_role()
    for by in (stamp(), secretary()):
        [over] = ending(there, by, told.role)
        assert (over.role, over.decision, over.agency) == (told.role, DECISION, CENTRE)
        assert over.label.basis == BySitting(sitting=SITTING, item=ITEM)
        assert over.label.desk == by.capacity.desk
        with pytest.raises(Unknown):
            ending(after(there, over), by, told.role)
    whole = after(case(decided()), told.model_copy(update={"desk": None}))
    assert ending(whole, stamp(capacity(CENTRE, "rights")), told.role)


def test_to_anybody_else_there_is_no_such_role() -> None:
    there, told = given_role(FATHER)
    acting = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": CENTRE}
    sided = after(there, fact(GuardianAppointed, **acting, desk="general"))
    for given, by, key in (
        (there, stamp(capacity(CENTRE, "rights")), told.role),
        (there, stamp(capacity(SHAKYO, "support")), told.role),
        (there, stamp(), ITEM),
        (sided, stamp(), told.role),
    ):
        with pytest.raises(Unknown):
            ending(given, by, key)
    with pytest.raises(Unknown):
        end_role(there, act(EndRole), stamp(), role=told.role)
    with pytest.raises(Unknown):
        ending(there, stamp(), told.role, Sitting(id=SITTING))
    [over] = ending(sided, secretary(), told.role)
    assert over.label.hidden_from == (FATHER,)


def test_a_role_that_would_tell_of_an_informant_is_none_to_its_holder() -> None:
    there, told = given_role()
    kept = told.label.model_copy(update={"tags": (Tag.INFORMANT,)})
    untold = after(case(joined(FATHER), decided()), told.model_copy(update={"label": kept}))
    with pytest.raises(Unknown):
        ending(untold, stamp(), told.role)
    assert ending(there, stamp(), told.role)
    assert ending(untold, secretary(), told.role)


def test_a_role_outlives_the_cycle_in_which_it_was_given() -> None:
    there, told = given_role()
    again = {"reason": "asked", "cycle": 2, "after": 9, "agency": CENTRE, "desk": "general"}
    reopened = after(there, fact(SupportClosed, reason="resolved"), fact(SupportReopened, **again))
    assert ending(reopened, stamp(), told.role)


def test_nothing_is_decided_about_a_closed_household() -> None:
    closed = case(fact(SupportClosed, reason="resolved"))
    with pytest.raises(HouseholdClosed):
        decide_in_meeting(closed, held(), decide(), secretary())


def test_a_case_is_studied_by_name_or_without() -> None:
    training = item(TRAINING, "none", kind="training", household=None)
    there = fact(PresenceRecorded, item=TRAINING, attendee=NURSE, capacity="保健師")
    command = act(StudyCase, sitting=SITTING, item=TRAINING)
    [told] = study_case(household(), held(training, there), command, stamp())
    assert isinstance(told, CaseStudied)
    named = act(StudyCase, sitting=SITTING, item=ITEM)
    assert study_case(case(), held(), named, stamp())
    of_another_room = act(StudyCase, sitting=SITTING, item=TRAINING, narrative=HEARD)
    with pytest.raises(SittingInformation):
        study_case(household(), held(training, there), of_another_room, stamp())


def test_a_case_is_studied_by_somebody_at_an_item_that_is_there() -> None:
    training = item(TRAINING, "none", kind="training", household=None)
    command = act(StudyCase, sitting=SITTING, item=TRAINING)
    with pytest.raises(NobodyPresentForItem):
        study_case(household(), held(training), command, stamp())
    with pytest.raises(Unknown):
        study_case(household(), held(), command, stamp())
    assert Category.PROGRESS is StudyCase.usual_category
