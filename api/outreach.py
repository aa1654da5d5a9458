"""アウトリーチ: may come before consent, on a recorded basis."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.household import Household
from domain.ledger import Stream
from domain.outreach import (
    AttemptOutreach,
    MakeContact,
    UseEntryService,
    attempt_outreach,
    make_contact,
    use_entry_service,
)

router = APIRouter(prefix="/households/{hid}", tags=["アウトリーチ"])


@router.post("/outreach", summary="訪問や連絡を試みたことを記録する")
async def attempt(hid: UUID, command: AttemptOutreach, write: WriteDep) -> Response:
    brings = [] if command.outreach else ["outreach"]
    return await write(
        attempt_outreach, command, Stream(Household, hid), brings=brings, made=command.outreach
    )


@router.post("/contacts", summary="会えた・話せたことを記録する")
async def make(hid: UUID, command: MakeContact, write: WriteDep) -> Response:
    brings = [] if command.outreach else ["outreach"]
    return await write(
        make_contact, command, Stream(Household, hid), brings=brings, made=command.outreach
    )


@router.post("/entry-services", summary="きっかけとなる事業の利用を記録する")
async def use(hid: UUID, command: UseEntryService, write: WriteDep) -> Response:
    return await write(use_entry_service, command, Stream(Household, hid))
