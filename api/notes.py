"""メモ: seen by its author alone, until it is labelled or dropped."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.household import Household
from domain.ledger import Stream
from domain.notes import DropNote, KeepNote, LabelNote, drop_note, keep_note, label_note

router = APIRouter(prefix="/households/{hid}/notes", tags=["メモ"])


@router.post("", summary="メモを残す（本人だけが見る）")
async def keep(hid: UUID, command: KeepNote, write: WriteDep) -> Response:
    return await write(keep_note, command, Stream(Household, hid), brings=["note"])


@router.post("/{nid}/labelling", summary="メモを記録に整理する")
async def label(hid: UUID, nid: UUID, command: LabelNote, write: WriteDep) -> Response:
    return await write(partial(label_note, note=nid), command, Stream(Household, hid))


@router.post("/{nid}/dropping", summary="メモを破棄する")
async def drop(hid: UUID, nid: UUID, command: DropNote, write: WriteDep) -> Response:
    return await write(partial(drop_note, note=nid), command, Stream(Household, hid))
