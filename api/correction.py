"""訂正・誤記録: a correction is a new fact; what was filed in the wrong household is closed."""

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import NumberPath, WriteDep
from api.linked import deciding, records_of
from domain.correction import (
    CorrectFact,
    History,
    WithdrawMisfiled,
    correct_fact,
    withdraw_misfiled,
)
from domain.household import Household
from domain.ledger import Decision, Stream

router = APIRouter(prefix="/households/{hid}", tags=["ラベル・訂正"])


@router.post("/facts/{number}/correction", summary="記録を訂正する・取り消す")
async def correct(hid: UUID, number: NumberPath, command: CorrectFact, write: WriteDep) -> Response:
    version = write.version(hid, number)
    plans = command.changes and "goals" in command.changes
    persons = await records_of(write, hid, _planned_for) if plans else ()
    there = await deciding(write, hid, of=lambda kept: kept.writings.learned_at((version,)))
    streams = Stream(Household, hid), Stream(History, hid), *persons, *there
    decide: Decision = correct_fact
    return await write(partial(decide, version=version), command, *streams, at_length=True)


def _planned_for(household: Household) -> Iterator[UUID]:
    """Whose consent a corrected plan may rest on."""
    for plan in household.planning.plans.values():
        yield from plan.persons


@router.post("/misfilings", summary="別の世帯の記録を取り下げる（監査を除きただちに閉じる）")
async def withdraw(hid: UUID, command: WithdrawMisfiled, write: WriteDep) -> Response:
    command = command.model_copy(update={"facts": write.versions(hid, command.facts)})
    return await write(
        withdraw_misfiled, command, Stream(Household, hid), Stream(History, hid), at_length=True
    )
