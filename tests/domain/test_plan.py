"""支援プラン: rules 3, 10, 11 and 26."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.conditions import NotConsented
from domain.events import Fact
from domain.events.meeting import (
    MeetingDecided,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanRatifiedAfterwards,
)
from domain.events.person import PersonsMerged
from domain.leading import LeadNotInvolved
from domain.person import Person
from domain.plan import (
    DecidePlan,
    DraftPlan,
    EvaluatedInLayeredMeeting,
    EvaluatePlan,
    LeavePlanUnreached,
    MayNotStartBeforeSitting,
    NothingToRatify,
    PlanHasEnded,
    PlanNotApproved,
    PlanNotDecided,
    RatificationTooFarOff,
    RatifyPlan,
    ReviewOutsidePlan,
    decide_plan,
    draft_plan,
    evaluate_plan,
    leave_plan_unreached,
    ratify_plan,
)
from domain.planned import SittingInformationInPlan
from domain.refusals import AlreadyRecorded, NotAMember, Unknown, UnknownAgency, UnknownCode
from domain.sitting import Attended
from domain.values import PersonId, months_after
from tests.domain.deliberated import (
    LAYERED_ITEM,
    PLAN,
    brought,
    case,
    consent,
    decided,
    drafted,
    held,
    withdrawn,
)
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    COORDINATOR,
    ITEM,
    MOTHER,
    SHAKYO,
    SITTING,
    STRANGER,
    act,
    after,
    fact,
    household,
    label,
    paragraph,
    person,
    settled,
    showing,
    stamp,
)

OTHER_PLAN = UUID(int=91)
STARTS = {"starts_on": "2026-04-01", "review_on": "2026-07-01"}


def approved(plan: UUID = PLAN, **fields: Any) -> MeetingDecided:
    return decided(kind="plan-approved", plan=plan, item=LAYERED_ITEM, **fields)


def begun(**fields: Any) -> PlanDecided:
    return fact(PlanDecided, plan=PLAN, **{**STARTS, **fields})


def draft(**fields: Any) -> DraftPlan:
    about = {"persons": [CHILD], "goals": [{"text": "朝起きる"}]}
    return act(DraftPlan, **{**about, **fields})


def decision(**fields: Any) -> DecidePlan:
    return act(DecidePlan, **{"starts_on": "2026-04-01", **fields})


# 案


def test_a_plan_may_be_drafted_before_anybody_consents() -> None:
    measure = {"service": "care", "agency": CENTRE, "content": "週1回"}
    [told] = draft_plan(household(), draft(measures=[measure]), stamp())
    assert (told.persons, told.label.subjects) == ((CHILD,), (CHILD,))


def test_a_plan_is_for_members_through_services_the_municipality_has() -> None:
    measure = {"service": "care", "agency": CENTRE, "content": "週1回"}
    with pytest.raises(NotAMember):
        draft_plan(household(), draft(persons=[STRANGER]), stamp())
    with pytest.raises(UnknownCode):
        draft_plan(household(), draft(measures=[{**measure, "service": "none"}]), stamp())
    with pytest.raises(UnknownAgency):
        draft_plan(household(), draft(measures=[{**measure, "agency": "none"}]), stamp())


@pytest.mark.parametrize("at", ["basis", "goals"])
def test_what_a_support_meeting_learned_enters_no_plan(at: str) -> None:
    basis = {"kind": "sitting", "sitting": SITTING, "item": ITEM}
    fields = {"basis": basis, "goals": [{"text": "朝起きる", "basis": basis}]}
    with pytest.raises(SittingInformationInPlan):
        draft_plan(household(consent()), draft(**{at: fields[at]}), stamp())


def test_a_municipality_may_let_it_pass_on_once_the_person_consents() -> None:
    profile = settled(sitting_information_after_consent=True)
    learned = draft(basis={"kind": "sitting", "sitting": SITTING, "item": ITEM})
    assert draft_plan(household(consent()), learned, stamp(profile=profile))
    with pytest.raises(NotConsented):
        draft_plan(household(), learned, stamp(profile=profile))


def test_a_plan_replaces_one_that_is_there_and_runs() -> None:
    assert draft_plan(case(), draft(replaces=PLAN), stamp())
    with pytest.raises(Unknown):
        draft_plan(case(), draft(replaces=OTHER_PLAN), stamp())
    with pytest.raises(PlanHasEnded):
        draft_plan(case(begun(), evaluated()), draft(replaces=PLAN), stamp())


# 決定


def test_a_plan_is_decided_with_consent_and_the_meeting_that_approved_it() -> None:
    [told] = decide_plan(case(approved()), decision(), stamp(), plan=PLAN)
    assert (told.sitting, told.item, told.ratify_by) == (SITTING, LAYERED_ITEM, None)
    assert told.review_on == date(2026, 7, 1)


def test_no_plan_is_decided_without_the_consent_of_each_person() -> None:
    with pytest.raises(NotConsented):
        decide_plan(case(approved(), withdrawn()), decision(), stamp(), plan=PLAN)
    early = decision(ratify_by="2026-04-20")
    with pytest.raises(NotConsented):
        decide_plan(household(drafted()), early, stamp(), plan=PLAN)


def test_a_consent_hidden_from_whom_the_writer_acts_for_counts_for_nobody_they_are() -> None:
    """By a record of another household: a 201 would tell them that the child has consented."""
    unseen = label(CHILD, hidden_from=[MOTHER])
    known = household(consent(label=unseen), brought(LAYERED_ITEM), drafted(), approved())
    beside = replace(stamp(), sides=frozenset({PersonId(MOTHER)}))
    assert decide_plan(known, decision(), stamp(), plan=PLAN)
    with pytest.raises(NotConsented):
        decide_plan(known, decision(), beside, plan=PLAN)


def test_who_was_found_to_be_one_consents_to_a_plan_as_one() -> None:
    """The consent names one id of hers, the plan another."""
    people = merged(MOTHER), merged(CHILD)
    drawn_up = household(consent(), brought(LAYERED_ITEM), drafted(MOTHER), approved())
    assert decide_plan(drawn_up, *people, decision(), stamp(), plan=PLAN)
    with pytest.raises(NotConsented):
        decide_plan(drawn_up, decision(), stamp(), plan=PLAN)
    early = household(consent(), drafted(MOTHER), begun(ratify_by="2026-04-20"), approved())
    assert ratify_plan(early, *people, act(RatifyPlan), stamp(), plan=PLAN)
    profile = settled(sitting_information_after_consent=True)
    room = {"kind": "sitting", "sitting": SITTING, "item": ITEM}
    learned = draft(persons=[MOTHER], basis=room)
    assert draft_plan(household(consent()), *people, learned, stamp(profile=profile))
    running = household(consent(), brought(LAYERED_ITEM, MOTHER), drafted(MOTHER), begun())
    evaluating = evaluation(subjects=[CHILD])
    secretary = showing(stamp(COORDINATOR), CHILD)
    assert evaluate_plan(running, held(), *people, evaluating, secretary, plan=PLAN)


def merged(id: PersonId) -> Person:  # noqa: A002
    return person(fact(PersonsMerged, survivor=CHILD, absorbed=MOTHER), id=id)


def test_no_plan_is_decided_without_a_meeting_or_a_day_for_it() -> None:
    with pytest.raises(PlanNotApproved):
        decide_plan(case(), decision(), stamp(), plan=PLAN)
    elsewhere = decision(item=ITEM, ratify_by="2026-04-20")
    with pytest.raises(PlanNotApproved):
        decide_plan(case(approved()), elsewhere, stamp(), plan=PLAN)
    with pytest.raises(PlanNotApproved):
        decide_plan(case(approved(OTHER_PLAN)), decision(), stamp(), plan=PLAN)


def test_a_plan_may_begin_before_the_meeting_for_so_many_days() -> None:
    command = decision(ratify_by="2026-05-02")
    [told] = decide_plan(case(), command, stamp(), plan=PLAN)
    assert (told.sitting, told.ratify_by) == (None, date(2026, 5, 2))
    for day in ("2026-05-03", "2026-03-31"):
        with pytest.raises(RatificationTooFarOff):
            decide_plan(case(), decision(ratify_by=day), stamp(), plan=PLAN)


def test_a_municipality_may_forbid_beginning_before_the_meeting() -> None:
    profile = settled(plan_may_start_before_sitting=False)
    command = decision(ratify_by="2026-05-02")
    with pytest.raises(MayNotStartBeforeSitting):
        decide_plan(case(), command, stamp(profile=profile), plan=PLAN)


def test_a_plan_is_drafted_before_it_is_decided_and_decided_once() -> None:
    with pytest.raises(Unknown):
        decide_plan(case(), decision(), stamp(), plan=OTHER_PLAN)
    with pytest.raises(AlreadyRecorded):
        decide_plan(case(approved(), begun()), decision(), stamp(), plan=PLAN)
    with pytest.raises(PlanHasEnded):
        decide_plan(case(begun(), evaluated()), decision(), stamp(), plan=PLAN)


@pytest.mark.parametrize("review_on", ["2026-04-01", "2027-04-02"])
def test_a_plan_is_reviewed_while_it_runs(review_on: str) -> None:
    with pytest.raises(ReviewOutsidePlan):
        decide_plan(case(approved()), decision(review_on=review_on), stamp(), plan=PLAN)


def test_a_plan_ends_the_one_it_replaces() -> None:
    goals = [paragraph("通う")]
    new = fact(
        PlanDrafted, plan=OTHER_PLAN, persons=[CHILD], goals=goals, measures=[], replaces=PLAN
    )
    both = case(begun(), new, approved(OTHER_PLAN))
    decision = decide_plan(both, act(DecidePlan, **STARTS), stamp(), plan=OTHER_PLAN)
    replaced = after(both, *decision)
    assert both.planning.running == (PLAN,)
    assert replaced.planning.running == (OTHER_PLAN,)


# 事後承認


def test_a_plan_begun_early_is_ratified_by_the_meeting() -> None:
    early = case(begun(ratify_by="2026-04-20"), approved())
    [told] = ratify_plan(early, RatifyPlan(), stamp(), plan=PLAN)
    assert isinstance(told, PlanRatifiedAfterwards)
    assert after(early, told).planning.unratified == ()


def test_ratifying_rests_on_the_meeting_and_on_consent() -> None:
    early = begun(ratify_by="2026-04-20")
    with pytest.raises(PlanNotApproved):
        ratify_plan(case(early), RatifyPlan(), stamp(), plan=PLAN)
    with pytest.raises(NotConsented):
        ratify_plan(case(early, approved(), withdrawn()), RatifyPlan(), stamp(), plan=PLAN)
    with pytest.raises(NothingToRatify):
        ratify_plan(case(approved(), begun()), RatifyPlan(), stamp(), plan=PLAN)


def test_an_approval_decides_and_ratifies_for_those_alone_who_know_of_it() -> None:
    theirs = approved(label=label(CHILD, agency=CITY, desk="layered"))
    given, early = case(theirs), case(begun(ratify_by="2026-04-20"), theirs)
    for attended in ((), (Attended(id=SITTING),)):
        with pytest.raises(PlanNotApproved):
            decide_plan(given, *attended, decision(), stamp(), plan=PLAN)
        with pytest.raises(PlanNotApproved):
            ratify_plan(early, *attended, RatifyPlan(), stamp(), plan=PLAN)
    there = Attended(id=SITTING, said=held())
    [told] = decide_plan(given, there, decision(), stamp(), plan=PLAN)
    assert told.item == LAYERED_ITEM
    assert ratify_plan(early, there, RatifyPlan(), stamp(), plan=PLAN)


# 評価


def evaluated(**fields: Any) -> PlanEvaluated:
    about = {"sitting": SITTING, "item": LAYERED_ITEM, "stage": "final", "outcome": "close"}
    return fact(PlanEvaluated, plan=PLAN, **{**about, **fields})


def evaluation(**fields: Any) -> EvaluatePlan:
    about = {"sitting": SITTING, "item": LAYERED_ITEM, "stage": "interim", "outcome": "continue"}
    return act(EvaluatePlan, **{**about, **fields})


def test_an_interim_evaluation_says_when_to_look_again() -> None:
    [told] = evaluate_plan(case(begun()), held(), evaluation(), stamp(), plan=PLAN)
    assert told.review_on == date(2026, 7, 1)


def test_a_final_evaluation_ends_the_plan() -> None:
    final = evaluation(stage="final", outcome="close")
    running = case(begun())
    [told] = evaluate_plan(running, held(), final, stamp(), plan=PLAN)
    assert told.review_on is None
    with pytest.raises(PlanHasEnded):
        evaluate_plan(after(running, told), held(), final, stamp(), plan=PLAN)


def test_a_plan_is_evaluated_once_decided_and_in_a_layered_meeting() -> None:
    with pytest.raises(PlanNotDecided):
        evaluate_plan(case(), held(), evaluation(), stamp(), plan=PLAN)
    with pytest.raises(EvaluatedInLayeredMeeting):
        evaluate_plan(case(begun()), held(), evaluation(item=ITEM), stamp(), plan=PLAN)


def test_an_ended_plan_stays_ended_whatever_is_evaluated_later() -> None:
    facts: list[Fact] = [begun(), evaluated(), evaluated(stage="interim", outcome="continue")]
    assert case(*facts).planning.running == ()


# 至らなかったとき


def test_somebody_keeps_in_touch_where_no_plan_came_about() -> None:
    keeper = {"keeper_agency": CENTRE, "keeper_desk": "general"}
    command = act(LeavePlanUnreached, reason="plan-not-reached-reasons-1", **keeper)
    [told] = leave_plan_unreached(household(), command, stamp())
    assert told.keeper_desk == "general"
    elsewhere = {"keeper_agency": SHAKYO, "keeper_desk": "support"}
    strange = act(LeavePlanUnreached, reason="plan-not-reached-reasons-1", **elsewhere)
    with pytest.raises(LeadNotInvolved):
        leave_plan_unreached(household(), strange, stamp())
    command = act(LeavePlanUnreached, reason="none", **keeper)
    with pytest.raises(UnknownCode):
        leave_plan_unreached(household(), command, stamp())


def test_months_end_where_the_month_does() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_after(date(9999, 12, 1), 3) == date.max
