"""会議の開催: items, attendees, duty notices, presence, papers and the room itself."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.convening import (
    AddAgendaItem,
    CancelSitting,
    CloseRoom,
    ConveneExtraordinary,
    ConveneSitting,
    GiveOutPaper,
    InviteAttendee,
    NotifyDuty,
    OpenRoom,
    RecordDeparture,
    RecordPresence,
    TakeBackPaper,
    WriteUpSitting,
    add_agenda_item,
    cancel_sitting,
    close_room,
    convene_extraordinary,
    convene_sitting,
    give_out_paper,
    invite_attendee,
    notify_duty,
    open_room,
    record_departure,
    record_presence,
    take_back_paper,
    write_up_sitting,
)
from domain.ledger import Stream
from domain.sitting import Sitting

router = APIRouter(prefix="/sittings", tags=["会議の開催"])


@router.post("", summary="会議を招集する")
async def convene(command: ConveneSitting, write: WriteDep) -> Response:
    return await write(convene_sitting, command, Stream(Sitting, write.new_id("sitting"), new=True))


@router.post("/extraordinary", summary="臨時の会議をただちに開く（設定が認める場合）")
async def convene_at_once(command: ConveneExtraordinary, write: WriteDep) -> Response:
    items = [f"item-{n}" for n in range(len(command.items))]
    attendees = [f"attendee-{n}" for n in range(len(command.attendees))]
    sitting = Stream(Sitting, write.new_id("sitting"), new=True)
    brings = ["sitting", *items, *attendees]
    return await write(convene_extraordinary, command, sitting, brings=brings)


@router.post("/{sid}/items", summary="議題を加える")
async def add_item(sid: UUID, command: AddAgendaItem, write: WriteDep) -> Response:
    return await write(add_agenda_item, command, Stream(Sitting, sid), brings=["item"])


@router.post("/{sid}/attendees", summary="出席者を招く")
async def invite(sid: UUID, command: InviteAttendee, write: WriteDep) -> Response:
    return await write(invite_attendee, command, Stream(Sitting, sid), brings=["attendee"])


@router.post("/{sid}/duties", summary="守秘義務の告知と誓約を記録する")
async def notify(sid: UUID, command: NotifyDuty, write: WriteDep) -> Response:
    return await write(notify_duty, command, Stream(Sitting, sid))


@router.post("/{sid}/attendance", summary="議題ごとの在席を記録する")
async def be_present(sid: UUID, command: RecordPresence, write: WriteDep) -> Response:
    return await write(record_presence, command, Stream(Sitting, sid))


@router.post("/{sid}/departures", summary="議題からの退席を記録する")
async def depart(sid: UUID, command: RecordDeparture, write: WriteDep) -> Response:
    return await write(record_departure, command, Stream(Sitting, sid))


@router.post("/{sid}/papers", summary="資料を番号を付けて配る")
async def give_out(sid: UUID, command: GiveOutPaper, write: WriteDep) -> Response:
    return await write(give_out_paper, command, Stream(Sitting, sid), brings=["paper"])


@router.post("/{sid}/papers/{paper}/return", summary="資料を回収する")
async def take_back(sid: UUID, paper: UUID, command: TakeBackPaper, write: WriteDep) -> Response:
    return await write(partial(take_back_paper, paper=paper), command, Stream(Sitting, sid))


@router.post("/{sid}/opening", summary="会議を開く（議題の記録を出席者に開く）")
async def open_one(sid: UUID, command: OpenRoom, write: WriteDep) -> Response:
    return await write(open_room, command, Stream(Sitting, sid))


@router.post("/{sid}/closing", summary="会議を閉じる")
async def close(sid: UUID, command: CloseRoom, write: WriteDep) -> Response:
    return await write(close_room, command, Stream(Sitting, sid))


@router.post("/{sid}/minutes", summary="会議の記録をまとめる")
async def write_up(sid: UUID, command: WriteUpSitting, write: WriteDep) -> Response:
    return await write(write_up_sitting, command, Stream(Sitting, sid))


@router.post("/{sid}/cancellation", summary="会議を取りやめる")
async def cancel(sid: UUID, command: CancelSitting, write: WriteDep) -> Response:
    return await write(cancel_sitting, command, Stream(Sitting, sid))
