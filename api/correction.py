"""訂正・誤記録: a correction is a new fact; what was filed in the wrong household is closed."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import NumberPath, WriteDep
from domain.correction import (
    CorrectFact,
    History,
    WithdrawMisfiled,
    correct_fact,
    withdraw_misfiled,
)
from domain.household import Household
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}", tags=["ラベル・訂正"])


@router.post("/facts/{number}/correction", summary="記録を訂正する・取り消す")
async def correct(hid: UUID, number: NumberPath, command: CorrectFact, write: WriteDep) -> Response:
    streams = Stream(Household, hid), Stream(History, hid)
    return await write(
        partial(correct_fact, version=write.version(hid, number)), command, *streams, at_length=True
    )


@router.post("/misfilings", summary="別の世帯の記録を取り下げる（監査を除きただちに閉じる）")
async def withdraw(hid: UUID, command: WithdrawMisfiled, write: WriteDep) -> Response:
    command = command.model_copy(update={"facts": write.versions(hid, command.facts)})
    return await write(
        withdraw_misfiled, command, Stream(Household, hid), Stream(History, hid), at_length=True
    )
