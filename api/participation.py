"""参加支援: somebody and a place that takes them, from the match to the end."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import NumberPath, WriteDep
from domain.household import Household
from domain.ledger import Stream
from domain.participation import (
    AppointGuardian,
    EndGuardianship,
    EndParticipation,
    FollowUpParticipation,
    MatchParticipation,
    StartParticipation,
    appoint_guardian,
    end_guardianship,
    end_participation,
    follow_up_participation,
    match_participation,
    start_participation,
)
from domain.resource import Resource

router = APIRouter(prefix="/households/{hid}", tags=["参加支援"])


@router.post("/participations", summary="受入先と結び付ける")
async def match(hid: UUID, command: MatchParticipation, write: WriteDep) -> Response:
    resource = Stream(Resource, command.resource)
    return await write(
        match_participation, command, Stream(Household, hid), resource, brings=["participation"]
    )


@router.post("/participations/{participation}/start", summary="参加を始める")
async def start(
    hid: UUID, participation: UUID, command: StartParticipation, write: WriteDep
) -> Response:
    return await write(
        partial(start_participation, participation=participation), command, Stream(Household, hid)
    )


@router.post("/participations/{participation}/follow-ups", summary="参加の様子を確かめる")
async def follow_up(
    hid: UUID, participation: UUID, command: FollowUpParticipation, write: WriteDep
) -> Response:
    return await write(
        partial(follow_up_participation, participation=participation),
        command,
        Stream(Household, hid),
    )


@router.post("/participations/{participation}/end", summary="参加を終える")
async def end(
    hid: UUID, participation: UUID, command: EndParticipation, write: WriteDep
) -> Response:
    return await write(
        partial(end_participation, participation=participation), command, Stream(Household, hid)
    )


@router.post("/guardianships/{number}/end", summary="後見人などの任務の終了を記録する")
async def end_task(
    hid: UUID, number: NumberPath, command: EndGuardianship, write: WriteDep
) -> Response:
    return await write(
        partial(end_guardianship, version=write.version(hid, number)),
        command,
        Stream(Household, hid),
    )


@router.post("/guardianships", summary="後見人などの受任を記録する")
async def appoint(hid: UUID, command: AppointGuardian, write: WriteDep) -> Response:
    return await write(appoint_guardian, command, Stream(Household, hid))
