"""相談受付・スクリーニング: intake is never refused; it ends in an answer or in further work."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.household import Household
from domain.intake import (
    ReceiveConsultation,
    ScreenConsultation,
    TakeIn,
    receive_consultation,
    screen_consultation,
    take_in,
)
from domain.ledger import Stream
from domain.person import Person

router = APIRouter(tags=["相談受付"])


@router.post("/intakes", summary="初回相談を受け付ける（世帯・世帯員・主担当・相談を一度に）")
async def take_in_household(command: TakeIn, write: WriteDep) -> Response:
    persons = [f"person-{n}" for n in range(len(command.persons))]
    household = Stream(Household, write.new_id("household"), new=True)
    people = [Stream(Person, write.new_id(person), new=True) for person in persons]
    brings = ["household", *persons, "consultation"]
    return await write(take_in, command, household, *people, brings=brings)


@router.post("/households/{hid}/consultations", summary="相談を受け付ける")
async def receive(hid: UUID, command: ReceiveConsultation, write: WriteDep) -> Response:
    return await write(
        receive_consultation, command, Stream(Household, hid), brings=["consultation"]
    )


@router.post(
    "/households/{hid}/consultations/{cid}/screening", summary="スクリーニングの結果を記録する"
)
async def screen(hid: UUID, cid: UUID, command: ScreenConsultation, write: WriteDep) -> Response:
    decide = partial(screen_consultation, consultation=cid)
    return await write(decide, command, Stream(Household, hid))
