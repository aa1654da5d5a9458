"""プランの評価: in a 重層的支援会議, while it runs and at its end."""

from uuid import UUID

from domain.conditions import about_members, as_closed_as, may_write
from domain.events.meeting import EvaluationOutcome, EvaluationStage, PlanEvaluated
from domain.events.sitting import MeetingBasis
from domain.household import Household
from domain.meeting import AtItem, deliberated
from domain.person import Person
from domain.plan.deciding import review_day
from domain.plan.drafting import PlanHasEnded, plan_of
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import ParagraphDraft, stated
from domain.values import Day


class EvaluatePlan(AtItem):
    stage: EvaluationStage
    outcome: EvaluationOutcome
    review_on: Day | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class PlanNotDecided(Refused):
    """このプランはまだ決定されていません。"""


class EvaluatedInLayeredMeeting(Refused):
    """プランの評価は、重層的支援会議の議題で行ってください。"""


def evaluate_plan(
    household: Household,
    sitting: Sitting,
    *rest: *tuple[*tuple[Person, ...], EvaluatePlan, Stamp],
    plan: UUID,
) -> list[PlanEvaluated]:
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    evaluated = plan_of(household, plan)
    if evaluated.ended:
        raise PlanHasEnded
    if not evaluated.decided:
        raise PlanNotDecided
    if deliberated(household, sitting, command, stamp, people) is not MeetingBasis.LAYERED:
        raise EvaluatedInLayeredMeeting
    review_on = command.review_on
    if command.stage is EvaluationStage.INTERIM:
        review_on = review_day(review_on, sitting.held_on, stamp)
    closed = as_closed_as(household, command, plan)
    return [stated(PlanEvaluated, closed, stamp, plan=plan, review_on=review_on)]
