"""緊急閲覧と監査: begun with a reason, told to others at once, looked at again soon after."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from api.linked import records_of
from domain.audit_case import CloseAuditCase, OpenAuditCase, close_audit_case, open_audit_case
from domain.emergency_access import (
    ApproveEmergencyAccess,
    OpenEmergencyAccess,
    RenewEmergencyAccess,
    ReviewEmergencyAccess,
    approve_emergency_access,
    open_emergency_access,
    renew_emergency_access,
    review_emergency_access,
)
from domain.household import Household
from domain.ledger import Decision, Stream

router = APIRouter(prefix="/households/{hid}", tags=["緊急閲覧・監査"])


@router.post("/emergency-accesses", summary="緊急閲覧を始める（3時間）")
async def begin(hid: UUID, command: OpenEmergencyAccess, write: WriteDep) -> Response:
    return await write(open_emergency_access, command, Stream(Household, hid), brings=["access"])


@router.post("/emergency-accesses/{aid}/approval", summary="居場所の緊急閲覧を承認する")
async def approve(
    hid: UUID, aid: UUID, command: ApproveEmergencyAccess, write: WriteDep
) -> Response:
    step: Decision = approve_emergency_access
    people = await records_of(write, hid, lambda household: household.people.members)
    return await write(partial(step, access=aid), command, Stream(Household, hid), *people)


@router.post("/emergency-accesses/{aid}/renewal", summary="緊急閲覧を延長する（72時間まで）")
async def renew(hid: UUID, aid: UUID, command: RenewEmergencyAccess, write: WriteDep) -> Response:
    step: Decision = renew_emergency_access
    people = await records_of(write, hid, lambda household: household.people.members)
    return await write(partial(step, access=aid), command, Stream(Household, hid), *people)


@router.post("/emergency-accesses/{aid}/review", summary="緊急閲覧を事後に点検する")
async def review(hid: UUID, aid: UUID, command: ReviewEmergencyAccess, write: WriteDep) -> Response:
    decide = partial(review_emergency_access, access=aid)
    return await write(decide, command, Stream(Household, hid))


@router.post("/audit-cases", summary="監査を始める")
async def audit(hid: UUID, command: OpenAuditCase, write: WriteDep) -> Response:
    return await write(open_audit_case, command, Stream(Household, hid), brings=["case"])


@router.post("/audit-cases/{cid}/closing", summary="監査を終える")
async def close(hid: UUID, cid: UUID, command: CloseAuditCase, write: WriteDep) -> Response:
    return await write(partial(close_audit_case, case=cid), command, Stream(Household, hid))
