"""添付: scanned papers and foreign forms, sealed and labelled like any paragraph."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import ReadDep, WriteDep
from api.showing import Shown
from domain.attachments import (
    AttachFile,
    attach_file,
)
from domain.household import Household
from domain.ledger import Stream
from domain.values import Value
from projections.attachments import attachment

router = APIRouter(prefix="/households/{hid}", tags=["添付"])


@router.post("/attachments", summary="書類を添付する（Base64）")
async def attach(hid: UUID, command: AttachFile, write: WriteDep) -> Response:
    return await write(
        attach_file, command, Stream(Household, hid), brings=["attachment"], at_length=True
    )


class FileShown(Value):
    """添付された書類。`content` は Base64。"""

    record: Shown
    content: str


@router.get("/attachments/{aid}", summary="添付された書類を読む", response_model=FileShown)
def file(hid: UUID, aid: UUID, read: ReadDep) -> Response:
    found = read.found(attachment, hid, aid)
    content = read.showing.text(found.item, found.content)
    return read.answer({"record": read.showing.item(found.item), "content": content})
