"""支援プラン: drafted freely, decided only with consent and a 重層的支援会議, evaluated there."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.conditions import about_members, belong, have_consented, known, may_write
from domain.events.meeting import (
    DecisionKind,
    EvaluationOutcome,
    EvaluationStage,
    Measure,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanNotReached,
    PlanRatifiedAfterwards,
)
from domain.events.sitting import MeetingBasis
from domain.household import Household
from domain.household.planning import Decision, Plan
from domain.knowing import known_decision
from domain.labels import BySitting
from domain.meeting import AtItem, deliberated
from domain.person import Person
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, stated
from domain.values import AgencyId, Code, Day, DeskId, PersonId, SittingId, months_after

Beside = Person | Attended


class DraftPlan(CaseCommand):
    persons: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    goals: Annotated[tuple[ParagraphDraft, ...], Field(min_length=1)]
    measures: tuple[Measure, ...] = ()
    replaces: UUID | None = None


class DecidePlan(SidedCommand):
    """The approving item is found unless named; `ratify_by` begins the plan before the meeting."""

    sitting: SittingId | None = None
    item: UUID | None = None
    ratify_by: Day | None = None
    starts_on: Day
    review_on: Day | None = None


class RatifyPlan(SidedCommand):
    sitting: SittingId | None = None
    item: UUID | None = None


class EvaluatePlan(AtItem):
    stage: EvaluationStage
    outcome: EvaluationOutcome
    review_on: Day | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class LeavePlanUnreached(CaseCommand):
    reason: Code
    keeper_agency: AgencyId
    keeper_desk: DeskId
    narrative: tuple[ParagraphDraft, ...] = ()


class SittingInformationInPlan(Refused):
    """支援会議で得た情報は、プランに書けません。本人から聞くか、別の根拠で得た内容を書いてください。"""


class PlanNotApproved(Refused):
    """重層的支援会議の承認がまだありません。承認を得るか、事後承認の期限を付けて始めてください。"""


class MayNotStartBeforeSitting(Refused):
    """この自治体では、重層的支援会議の前にプランを始められません。"""


class RatificationTooFarOff(Refused):
    """事後承認の期限は、今日から、定められた日数までの間にしてください。"""


class ReviewOutsidePlan(Refused):
    """評価の日は、開始の日より後で、プランの期間の上限までの間にしてください。"""


class PlanHasEnded(Refused):
    """このプランは終わっています。"""


class PlanNotDecided(Refused):
    """このプランはまだ決定されていません。"""


class NothingToRatify(Refused):
    """このプランは、事後承認を待っていません。"""


class EvaluatedInLayeredMeeting(Refused):
    """プランの評価は、重層的支援会議の議題で行ってください。"""


def draft_plan(
    household: Household, *rest: *tuple[*tuple[Person, ...], DraftPlan, Stamp]
) -> list[PlanDrafted]:
    """A draft needs no consent yet; rule 3 already holds for it."""
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, *command.persons)
    _from_no_sitting(household, command, stamp, people)
    for measure in command.measures:
        known(stamp, "services", measure.service)
        stamp.profile.agency(measure.agency, stamp.today)
    if command.replaces and _plan(household, command.replaces).ended:
        raise PlanHasEnded
    return [stated(PlanDrafted, command, stamp, plan=stamp.new_id("plan"))]


def decide_plan(
    household: Household, *rest: *tuple[*tuple[Beside, ...], DecidePlan, Stamp], plan: UUID
) -> list[PlanDecided]:
    """Rule 10: the person's consent, and the meeting's approval now or by a day."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    drafted = _plan(household, plan)
    if drafted.ended:
        raise PlanHasEnded
    if drafted.decided:
        raise AlreadyRecorded
    have_consented(household, drafted.persons, stamp.today, stamp, _people(beside))
    review_on = _review(command.review_on, command.starts_on, stamp)
    decided = {"plan": plan, "replaces": drafted.replaces, "review_on": review_on}
    approved = _known_approval(household, plan, command.item, stamp, beside)
    if approved is None:
        ratify_by = _before_the_meeting(command, stamp)
        return [stated(PlanDecided, command, stamp, **decided, ratify_by=ratify_by)]
    on = {"sitting": approved.sitting, "item": approved.item, "ratify_by": None}
    return [stated(PlanDecided, command, stamp, **decided, **on)]


def ratify_plan(
    household: Household, *rest: *tuple[*tuple[Beside, ...], RatifyPlan, Stamp], plan: UUID
) -> list[PlanRatifiedAfterwards]:
    """事後承認; late is better than never, and its lateness is listed."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    begun = _plan(household, plan)
    if begun.ratify_by is None:
        raise NothingToRatify
    have_consented(household, begun.persons, stamp.today, stamp, _people(beside))
    approved = _known_approval(household, plan, command.item, stamp, beside)
    if approved is None:
        raise PlanNotApproved
    on = {"sitting": approved.sitting, "item": approved.item}
    return [stated(PlanRatifiedAfterwards, command, stamp, plan=plan, **on)]


def evaluate_plan(
    household: Household,
    sitting: Sitting,
    *rest: *tuple[*tuple[Person, ...], EvaluatePlan, Stamp],
    plan: UUID,
) -> list[PlanEvaluated]:
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    evaluated = _plan(household, plan)
    if evaluated.ended:
        raise PlanHasEnded
    if not evaluated.decided:
        raise PlanNotDecided
    if deliberated(household, sitting, command, stamp, people) is not MeetingBasis.LAYERED:
        raise EvaluatedInLayeredMeeting
    review_on = command.review_on
    if command.stage is EvaluationStage.INTERIM:
        review_on = _review(review_on, sitting.held_on, stamp)
    return [stated(PlanEvaluated, command, stamp, plan=plan, review_on=review_on)]


def leave_plan_unreached(
    household: Household, command: LeavePlanUnreached, stamp: Stamp
) -> list[PlanNotReached]:
    """Somebody keeps in touch even where no plan came about."""
    may_write(household, stamp)
    about_members(household, command, stamp)
    known(stamp, "plan-not-reached-reasons", command.reason)
    stamp.profile.desk(command.keeper_agency, command.keeper_desk, stamp.today)
    return [stated(PlanNotReached, command, stamp)]


def _plan(household: Household, plan: UUID) -> Plan:
    if plan not in household.planning.plans:
        raise Unknown
    return household.planning.plans[plan]


def _people(beside: Iterable[Beside]) -> list[Person]:
    return [each for each in beside if isinstance(each, Person)]


def _known_approval(
    household: Household, plan: UUID, item: UUID | None, stamp: Stamp, beside: Iterable[Beside]
) -> Decision | None:
    sittings = [each for each in beside if isinstance(each, Attended)]
    return known_decision(household, DecisionKind.PLAN_APPROVED, stamp, sittings, item, plan)


def _from_no_sitting(
    household: Household, command: DraftPlan, stamp: Stamp, people: list[Person]
) -> None:
    """Rule 3; a municipality may let what a 支援会議 knew pass on once the persons consent."""
    bases = [command.basis, *(goal.basis for goal in command.goals)]
    if not any(isinstance(basis, BySitting) for basis in bases):
        return
    if not stamp.profile.settings(stamp.today).sitting_information_after_consent:
        raise SittingInformationInPlan
    have_consented(household, command.persons, stamp.today, stamp, people)


def _before_the_meeting(command: DecidePlan, stamp: Stamp) -> date:
    """Until when the meeting must approve what begins without it."""
    settings = stamp.profile.settings(stamp.today)
    if command.item or command.ratify_by is None:
        raise PlanNotApproved
    if not settings.plan_may_start_before_sitting:
        raise MayNotStartBeforeSitting
    latest = stamp.today + timedelta(days=settings.ratify_within_days)
    if not stamp.today <= command.ratify_by <= latest:
        raise RatificationTooFarOff(latest=latest)
    return command.ratify_by


def _review(review_on: date | None, starts_on: date, stamp: Stamp) -> date:
    """Rule 26: every plan has a day on which it is looked at again."""
    settings = stamp.profile.settings(stamp.today)
    review_on = review_on or months_after(starts_on, settings.plan_review_months)
    latest = months_after(starts_on, settings.plan_longest_months)
    if not starts_on < review_on <= latest:
        raise ReviewOutsidePlan(latest=latest)
    return review_on
