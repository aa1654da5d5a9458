"""主担当: exactly one in every open household, and a worker's whole caseload handed over in one."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import former_of
from domain.household import Household
from domain.lead import HandOverWork, NameLead, hand_over_work, name_lead
from domain.ledger import Stream
from domain.staff import Staff

router = APIRouter(tags=["主担当"])


@router.post("/households/{hid}/lead", summary="主担当を定める")
async def name(hid: UUID, command: NameLead, write: WriteDep) -> Response:
    former = await former_of(write, hid)
    staff = (Stream(Staff, command.staff),) if command.staff else ()
    return await write(name_lead, command, Stream(Household, hid), *former, *staff)


@router.post("/handovers", summary="担当する世帯をまとめて引き継ぐ（引継書）")
async def hand_over(command: HandOverWork, write: WriteDep) -> Response:
    households = [Stream(Household, hid) for hid in dict.fromkeys(command.households)]
    staff = Stream(Staff, command.to_staff)
    return await write(hand_over_work, command, *households, staff)
