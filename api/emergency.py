"""緊急一時保護と専門家の助言: nights and yen, for the reports they end in."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.emergency import (
    ProvideShelter,
    ReceiveExpertAdvice,
    provide_shelter,
    receive_expert_advice,
)
from domain.household import Household
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}", tags=["緊急一時保護・専門家助言"])


@router.post("/shelters", summary="緊急一時保護を記録する")
async def shelter(hid: UUID, command: ProvideShelter, write: WriteDep) -> Response:
    return await write(provide_shelter, command, Stream(Household, hid))


@router.post("/expert-advice", summary="専門家の助言を記録する")
async def advise(hid: UUID, command: ReceiveExpertAdvice, write: WriteDep) -> Response:
    return await write(receive_expert_advice, command, Stream(Household, hid))
