"""世帯と世帯員: membership is dated and typed, and no composition is ever overwritten."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import records_of
from domain.household import Household
from domain.ledger import Decision, Stream
from domain.membership import (
    JoinHousehold,
    LeaveHousehold,
    NotePerson,
    OpenHousehold,
    SplitHousehold,
    join_household,
    leave_household,
    note_person,
    open_household,
    split_household,
)
from domain.merger import MergeHouseholds, merge_households
from domain.person import Person
from domain.values import PersonId

router = APIRouter(prefix="/households", tags=["世帯・世帯員"])


@router.post("", summary="世帯の記録を始める")
async def open_one(command: OpenHousehold, write: WriteDep) -> Response:
    return await write(
        open_household, command, Stream(Household, write.new_id("household"), new=True)
    )


@router.post("/{hid}/persons", summary="新しく知った人を世帯員として記録する")
async def note(hid: UUID, command: NotePerson, write: WriteDep) -> Response:
    person = Stream(Person, write.new_id("person"), new=True)
    return await write(note_person, command, Stream(Household, hid), person, brings=["person"])


@router.post("/{hid}/members", summary="すでに記録のある人を世帯員に加える")
async def join(hid: UUID, command: JoinHousehold, write: WriteDep) -> Response:
    person = Stream(Person, command.person)
    return await write(join_household, command, Stream(Household, hid), person)


@router.post(
    "/{hid}/members/{pid}/leaving", summary="世帯を離れたことを記録する（転出・死亡・離婚など）"
)
async def leave(hid: UUID, pid: PersonId, command: LeaveHousehold, write: WriteDep) -> Response:
    step: Decision = leave_household
    person = await records_of(write, hid, lambda _: [pid])
    return await write(partial(step, person=pid), command, Stream(Household, hid), *person)


@router.post("/{hid}/merger", summary="別の世帯の記録をこの世帯に統合する")
async def merge(hid: UUID, command: MergeHouseholds, write: WriteDep) -> Response:
    source = Stream(Household, command.source)
    return await write(merge_households, command, Stream(Household, hid), source)


@router.post("/{hid}/split", summary="世帯を分ける")
async def split(hid: UUID, command: SplitHousehold, write: WriteDep) -> Response:
    new = Stream(Household, write.new_id("household"), new=True)
    return await write(split_household, command, Stream(Household, hid), new, brings=["household"])
