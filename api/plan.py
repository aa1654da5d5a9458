"""支援プラン: drafted with the person, decided by consent and a sitting, then evaluated."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.household import Household
from domain.ledger import Stream
from domain.plan import (
    DecidePlan,
    DraftPlan,
    EvaluatePlan,
    LeavePlanUnreached,
    RatifyPlan,
    decide_plan,
    draft_plan,
    evaluate_plan,
    leave_plan_unreached,
    ratify_plan,
)
from domain.sitting import Sitting

router = APIRouter(prefix="/households/{hid}", tags=["支援プラン"])


@router.post("/plans", summary="プランの案を作る")
async def draft(hid: UUID, command: DraftPlan, write: WriteDep) -> Response:
    return await write(draft_plan, command, Stream(Household, hid), brings=["plan"])


@router.post("/plans/{plan}/decision", summary="プランを決定する")
async def decide(hid: UUID, plan: UUID, command: DecidePlan, write: WriteDep) -> Response:
    return await write(partial(decide_plan, plan=plan), command, Stream(Household, hid))


@router.post("/plans/{plan}/ratification", summary="プランを事後承認する")
async def ratify(hid: UUID, plan: UUID, command: RatifyPlan, write: WriteDep) -> Response:
    return await write(partial(ratify_plan, plan=plan), command, Stream(Household, hid))


@router.post("/plans/{plan}/evaluations", summary="プランを評価する（中間・終了時）")
async def evaluate(hid: UUID, plan: UUID, command: EvaluatePlan, write: WriteDep) -> Response:
    sitting = Stream(Sitting, command.sitting)
    return await write(partial(evaluate_plan, plan=plan), command, Stream(Household, hid), sitting)


@router.post("/plans-not-reached", summary="プランに至らなかったことを記録する")
async def leave_unreached(hid: UUID, command: LeavePlanUnreached, write: WriteDep) -> Response:
    return await write(leave_plan_unreached, command, Stream(Household, hid))
