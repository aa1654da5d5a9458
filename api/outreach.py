"""アウトリーチ: may come before consent, on a recorded basis."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import deciding, seen_as_one
from domain.household import Household
from domain.labels import ByConsent
from domain.ledger import Stream
from domain.outreach import (
    AttemptOutreach,
    MakeContact,
    UseEntryService,
    VisitCommand,
    attempt_outreach,
    make_contact,
    use_entry_service,
)

router = APIRouter(prefix="/households/{hid}", tags=["アウトリーチ"])


@router.post("/outreach", summary="訪問や連絡を試みたことを記録する")
async def attempt(hid: UUID, command: AttemptOutreach, write: WriteDep) -> Response:
    brings = [] if command.outreach else ["outreach"]
    streams = await _streams(hid, command, write)
    return await write(attempt_outreach, command, *streams, brings=brings, made=command.outreach)


@router.post("/contacts", summary="会えた・話せたことを記録する")
async def make(hid: UUID, command: MakeContact, write: WriteDep) -> Response:
    brings = [] if command.outreach else ["outreach"]
    streams = await _streams(hid, command, write)
    return await write(make_contact, command, *streams, brings=brings, made=command.outreach)


@router.post("/entry-services", summary="きっかけとなる事業の利用を記録する")
async def use(hid: UUID, command: UseEntryService, write: WriteDep) -> Response:
    return await write(use_entry_service, command, Stream(Household, hid))


async def _streams(hid: UUID, command: VisitCommand, write: WriteDep) -> tuple[Stream, ...]:
    """The records of whose consent counts; where no basis is named, what a meeting decided may be
    one as well.
    """
    asks = isinstance(command, MakeContact) or isinstance(command.basis, ByConsent | None)
    people = await seen_as_one(write, command.visited) if asks else ()
    sittings = () if command.basis else await deciding(write, hid)
    return (Stream(Household, hid), *people, *sittings)
