"""虐待通報・緊急対応: who reported it stays with the desk that received it."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.abuse import (
    CheckFacts,
    ReportAbuse,
    TakeProtection,
    check_facts,
    report_abuse,
    take_protection,
)
from domain.household import Household
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}", tags=["虐待通報・緊急対応"])


@router.post("/abuse-reports", summary="虐待の通報を受け付ける")
async def report(hid: UUID, command: ReportAbuse, write: WriteDep) -> Response:
    return await write(report_abuse, command, Stream(Household, hid), brings=["report"])


@router.post("/abuse-reports/{rid}/checks", summary="事実確認をした")
async def check(hid: UUID, rid: UUID, command: CheckFacts, write: WriteDep) -> Response:
    return await write(partial(check_facts, report=rid), command, Stream(Household, hid))


@router.post("/protections", summary="保護の措置をとった")
async def protect(hid: UUID, command: TakeProtection, write: WriteDep) -> Response:
    return await write(take_protection, command, Stream(Household, hid))
