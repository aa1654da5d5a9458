"""終結・中断・再開: nothing ends without saying who keeps an eye on it."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import deciding, former_of
from domain.closure import CloseSupport, SuspendSupport, close_support, suspend_support
from domain.household import Household
from domain.ledger import Stream
from domain.reopening import ReopenSupport, reopen_support
from domain.staff import Staff

router = APIRouter(prefix="/households/{hid}", tags=["終結・中断・再開"])


@router.post("/closure", summary="支援を終結する")
async def close(hid: UUID, command: CloseSupport, write: WriteDep) -> Response:
    former = await former_of(write, hid) if command.successor_agency else ()
    sittings = await deciding(write, hid)
    return await write(close_support, command, Stream(Household, hid), *sittings, *former)


@router.post("/suspension", summary="支援を中断する")
async def suspend(hid: UUID, command: SuspendSupport, write: WriteDep) -> Response:
    return await write(
        suspend_support, command, Stream(Household, hid), *await deciding(write, hid)
    )


@router.post("/reopening", summary="支援を再開する")
async def reopen(hid: UUID, command: ReopenSupport, write: WriteDep) -> Response:
    former = await former_of(write, hid) if command.agency else ()
    staff = (Stream(Staff, command.staff),) if command.staff else ()
    return await write(reopen_support, command, Stream(Household, hid), *former, *staff)
