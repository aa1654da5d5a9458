"""開示・訂正・利用停止・保存: what a person may ask about the own record."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.disclosure import (
    DecideCorrection,
    DecideDisclosure,
    LiftLegalHold,
    PlaceLegalHold,
    RequestCorrection,
    RequestDisclosure,
    SuspendUse,
    decide_correction,
    decide_disclosure,
    lift_legal_hold,
    place_legal_hold,
    request_correction,
    request_disclosure,
    suspend_use,
)
from domain.household import Household
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}", tags=["開示・訂正・利用停止"])


@router.post("/disclosure-requests", summary="開示請求を受け付ける")
async def request(hid: UUID, command: RequestDisclosure, write: WriteDep) -> Response:
    return await write(request_disclosure, command, Stream(Household, hid), brings=["request"])


@router.post("/disclosure-requests/{rid}/decision", summary="開示について決定する")
async def decide(hid: UUID, rid: UUID, command: DecideDisclosure, write: WriteDep) -> Response:
    return await write(partial(decide_disclosure, request=rid), command, Stream(Household, hid))


@router.post("/correction-requests", summary="訂正請求を受け付ける")
async def request_change(hid: UUID, command: RequestCorrection, write: WriteDep) -> Response:
    if command.of is not None:
        command = command.model_copy(update={"of": write.version(hid, command.of)})
    return await write(request_correction, command, Stream(Household, hid), brings=["request"])


@router.post("/correction-requests/{rid}/decision", summary="訂正請求について決定する")
async def decide_change(
    hid: UUID, rid: UUID, command: DecideCorrection, write: WriteDep
) -> Response:
    return await write(partial(decide_correction, request=rid), command, Stream(Household, hid))


@router.post("/use-suspensions", summary="利用を停止する")
async def suspend(hid: UUID, command: SuspendUse, write: WriteDep) -> Response:
    command = command.model_copy(update={"facts": write.versions(hid, command.facts)})
    return await write(suspend_use, command, Stream(Household, hid))


@router.post("/legal-holds", summary="廃棄を止める")
async def hold(hid: UUID, command: PlaceLegalHold, write: WriteDep) -> Response:
    return await write(place_legal_hold, command, Stream(Household, hid), brings=["hold"])


@router.post("/legal-holds/{hold}/lifting", summary="廃棄の停止を解く")
async def lift(hid: UUID, hold: UUID, command: LiftLegalHold, write: WriteDep) -> Response:
    return await write(partial(lift_legal_hold, hold=hold), command, Stream(Household, hid))
