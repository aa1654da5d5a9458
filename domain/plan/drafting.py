"""支援プランの案: drafted freely; it says from the start when a plan has ended."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.conditions import about_members, as_closed_as, belong, known, may_write
from domain.events.meeting import Measure, PlanDrafted, PlanNotReached
from domain.household import Household
from domain.household.former import Former
from domain.household.planning import Plan
from domain.household.referrals import Lead
from domain.leading import may_lead
from domain.person import Person
from domain.planned import from_no_sitting
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, stated
from domain.values import AgencyId, Code, DeskId, PersonId


class DraftPlan(CaseCommand):
    persons: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    goals: Annotated[tuple[ParagraphDraft, ...], Field(min_length=1)]
    measures: tuple[Measure, ...] = ()
    replaces: UUID | None = None


class LeavePlanUnreached(SidedCommand):
    reason: Code
    keeper_agency: AgencyId
    keeper_desk: DeskId
    narrative: tuple[ParagraphDraft, ...] = ()


class PlanHasEnded(Refused):
    """このプランは終わっています。"""


def draft_plan(
    household: Household, *rest: *tuple[*tuple[Person, ...], DraftPlan, Stamp]
) -> list[PlanDrafted]:
    """A draft needs no consent yet; rule 3 already holds for it."""
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, *command.persons)
    bases = [command.basis, *(goal.basis for goal in command.goals)]
    from_no_sitting(household, bases, command.persons, stamp, people)
    for measure in command.measures:
        known(stamp, "services", measure.service)
        stamp.profile.agency(measure.agency, stamp.today)
    if command.replaces and plan_of(household, command.replaces).ended:
        raise PlanHasEnded
    closed = as_closed_as(household, command, command.replaces)
    return [stated(PlanDrafted, closed, stamp, plan=stamp.new_id("plan"))]


def leave_plan_unreached(
    household: Household, *rest: *tuple[*tuple[Former, ...], LeavePlanUnreached, Stamp]
) -> list[PlanNotReached]:
    """Somebody keeps in touch even where no plan came about: who has a part in it, as a lead."""
    *formers, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    known(stamp, "plan-not-reached-reasons", command.reason)
    stamp.profile.desk(command.keeper_agency, command.keeper_desk, stamp.today)
    may_lead(household, formers, Lead(command.keeper_agency, command.keeper_desk), stamp)
    return [stated(PlanNotReached, command, stamp)]


def plan_of(household: Household, plan: UUID) -> Plan:
    if plan not in household.planning.plans:
        raise Unknown
    return household.planning.plans[plan]
