"""支援プラン: drafted freely, decided only with consent and a 重層的支援会議, evaluated there."""

from domain.plan.deciding import (
    DecidePlan,
    MayNotStartBeforeSitting,
    NothingToRatify,
    PlanNotApproved,
    RatificationTooFarOff,
    RatifyPlan,
    ReviewOutsidePlan,
    decide_plan,
    ratify_plan,
)
from domain.plan.drafting import (
    DraftPlan,
    LeavePlanUnreached,
    PlanHasEnded,
    draft_plan,
    leave_plan_unreached,
)
from domain.plan.evaluating import (
    EvaluatedInLayeredMeeting,
    EvaluatePlan,
    PlanNotDecided,
    evaluate_plan,
)

__all__ = [
    "DecidePlan",
    "DraftPlan",
    "EvaluatePlan",
    "EvaluatedInLayeredMeeting",
    "LeavePlanUnreached",
    "MayNotStartBeforeSitting",
    "NothingToRatify",
    "PlanHasEnded",
    "PlanNotApproved",
    "PlanNotDecided",
    "RatificationTooFarOff",
    "RatifyPlan",
    "ReviewOutsidePlan",
    "decide_plan",
    "draft_plan",
    "evaluate_plan",
    "leave_plan_unreached",
    "ratify_plan",
]
