"""プランの決定: only with consent and a 重層的支援会議, at once or by a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from domain.conditions import about_members, as_closed_as, have_consented, may_write
from domain.events.meeting import DecisionKind, PlanDecided, PlanRatifiedAfterwards
from domain.household import Household
from domain.household.planning import Decision
from domain.knowing import known_decision
from domain.person import Person
from domain.plan.drafting import PlanHasEnded, plan_of
from domain.refusals import AlreadyRecorded, Refused
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.stating import SidedCommand, stated
from domain.values import Day, SittingId, months_after

Beside = Person | Attended


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


class PlanNotApproved(Refused):
    """重層的支援会議の承認がまだありません。承認を得るか、事後承認の期限を付けて始めてください。"""


class MayNotStartBeforeSitting(Refused):
    """この自治体では、重層的支援会議の前にプランを始められません。"""


class RatificationTooFarOff(Refused):
    """事後承認の期限は、今日から、定められた日数までの間にしてください。"""


class ReviewOutsidePlan(Refused):
    """評価の日は、開始の日より後で、プランの期間の上限までの間にしてください。"""


class NothingToRatify(Refused):
    """このプランは、事後承認を待っていません。"""


def decide_plan(
    household: Household, *rest: *tuple[*tuple[Beside, ...], DecidePlan, Stamp], plan: UUID
) -> list[PlanDecided]:
    """Rule 10: the person's consent, and the meeting's approval now or by a day."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    drafted = plan_of(household, plan)
    if drafted.ended:
        raise PlanHasEnded
    if drafted.decided:
        raise AlreadyRecorded
    have_consented(household, drafted.persons, stamp.today, stamp, _people(beside))
    review_on = review_day(command.review_on, command.starts_on, stamp)
    decided = {"plan": plan, "replaces": drafted.replaces, "review_on": review_on}
    approved = _known_approval(household, plan, command.item, stamp, beside)
    closed = as_closed_as(household, command, plan, drafted.replaces, _id_of(household, approved))
    if approved is None:
        ratify_by = _before_the_meeting(command, stamp)
        return [stated(PlanDecided, closed, stamp, **decided, ratify_by=ratify_by)]
    on = {"sitting": approved.sitting, "item": approved.item, "ratify_by": None}
    return [stated(PlanDecided, closed, stamp, **decided, **on)]


def ratify_plan(
    household: Household, *rest: *tuple[*tuple[Beside, ...], RatifyPlan, Stamp], plan: UUID
) -> list[PlanRatifiedAfterwards]:
    """事後承認; late is better than never, and its lateness is listed."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    begun = plan_of(household, plan)
    if begun.ratify_by is None:
        raise NothingToRatify
    have_consented(household, begun.persons, stamp.today, stamp, _people(beside))
    approved = _known_approval(household, plan, command.item, stamp, beside)
    if approved is None:
        raise PlanNotApproved
    on = {"sitting": approved.sitting, "item": approved.item}
    closed = as_closed_as(household, command, plan, _id_of(household, approved))
    return [stated(PlanRatifiedAfterwards, closed, stamp, plan=plan, **on)]


def _people(beside: Iterable[Beside]) -> list[Person]:
    return [each for each in beside if isinstance(each, Person)]


def _known_approval(
    household: Household, plan: UUID, item: UUID | None, stamp: Stamp, beside: Iterable[Beside]
) -> Decision | None:
    sittings = [each for each in beside if isinstance(each, Attended)]
    return known_decision(household, DecisionKind.PLAN_APPROVED, stamp, sittings, item, plan)


def _id_of(household: Household, decision: Decision | None) -> UUID | None:
    made = household.planning.decisions.items()
    return next((key for key, each in made if each is decision), None)


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


def review_day(review_on: date | None, starts_on: date, stamp: Stamp) -> date:
    """Rule 26: every plan has a day on which it is looked at again."""
    settings = stamp.profile.settings(stamp.today)
    review_on = review_on or months_after(starts_on, settings.plan_review_months)
    latest = months_after(starts_on, settings.plan_longest_months)
    if not starts_on < review_on <= latest:
        raise ReviewOutsidePlan(latest=latest)
    return review_on
