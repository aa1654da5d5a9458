"""支援プラン: drafted with the person, decided by consent and a sitting, then evaluated."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import deciding, former_of, records_of
from api.meeting import at_item
from api.writing import Write
from domain.household import Household
from domain.ledger import Decision, Stream
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

router = APIRouter(prefix="/households/{hid}", tags=["支援プラン"])


@router.post("/plans", summary="プランの案を作る")
async def draft(hid: UUID, command: DraftPlan, write: WriteDep) -> Response:
    persons = await records_of(write, hid, lambda _: command.persons)
    return await write(draft_plan, command, Stream(Household, hid), *persons, brings=["plan"])


@router.post("/plans/{plan}/decision", summary="プランを決定する")
async def decide(hid: UUID, plan: UUID, command: DecidePlan, write: WriteDep) -> Response:
    step: Decision = decide_plan
    return await write(partial(step, plan=plan), command, *await _of(write, hid, plan))


@router.post("/plans/{plan}/ratification", summary="プランを事後承認する")
async def ratify(hid: UUID, plan: UUID, command: RatifyPlan, write: WriteDep) -> Response:
    step: Decision = ratify_plan
    return await write(partial(step, plan=plan), command, *await _of(write, hid, plan))


@router.post("/plans/{plan}/evaluations", summary="プランを評価する（中間・終了時）")
async def evaluate(hid: UUID, plan: UUID, command: EvaluatePlan, write: WriteDep) -> Response:
    streams = await at_item(write, hid, command, command.item)
    step: Decision = evaluate_plan
    return await write(partial(step, plan=plan), command, *streams)


@router.post("/plans-not-reached", summary="プランに至らなかったことを記録する")
async def leave_unreached(hid: UUID, command: LeavePlanUnreached, write: WriteDep) -> Response:
    former = await former_of(write, hid)
    return await write(leave_plan_unreached, command, Stream(Household, hid), *former)


async def _of(write: Write, hid: UUID, plan: UUID) -> tuple[Stream, ...]:
    """The household, those whose plan it is, and the sittings that may have approved it."""

    def persons(household: Household) -> Iterable[UUID]:
        return household.planning.plan(plan).persons

    people = await records_of(write, hid, persons)
    return Stream(Household, hid), *people, *await deciding(write, hid)
