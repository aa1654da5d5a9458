"""付議・会議決定: what a household is brought to a sitting for, and what is decided there."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.household import Household
from domain.ledger import Stream
from domain.meeting import (
    AssignRole,
    BringToSitting,
    DecideInMeeting,
    StudyCase,
    assign_role,
    bring_to_sitting,
    decide_in_meeting,
    study_case,
)
from domain.sitting import Sitting

router = APIRouter(prefix="/households/{hid}", tags=["付議・会議決定"])


@router.post("/sitting-items", summary="会議に付議する")
async def bring(hid: UUID, command: BringToSitting, write: WriteDep) -> Response:
    sitting = Stream(Sitting, command.sitting)
    brings = [] if command.item else ["item"]
    streams = Stream(Household, hid), sitting
    return await write(bring_to_sitting, command, *streams, brings=brings, made=command.item)


@router.post("/meeting-decisions", summary="会議の決定を記録する（役割分担を含む）")
async def decide(hid: UUID, command: DecideInMeeting, write: WriteDep) -> Response:
    sitting = Stream(Sitting, command.sitting)
    return await write(
        decide_in_meeting, command, Stream(Household, hid), sitting, brings=["decision"]
    )


@router.post("/roles", summary="決定のあとで役割を割り当てる")
async def assign(hid: UUID, command: AssignRole, write: WriteDep) -> Response:
    sitting = Stream(Sitting, command.sitting)
    return await write(assign_role, command, Stream(Household, hid), sitting, brings=["role-0"])


@router.post("/case-studies", summary="事例検討を記録する")
async def study(hid: UUID, command: StudyCase, write: WriteDep) -> Response:
    return await write(
        study_case, command, Stream(Household, hid), Stream(Sitting, command.sitting)
    )
