"""漏えい等: opened, reported to whom the law names, told to the person."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import WriteDep
from domain.household import Household
from domain.incidents import (
    NotifyPerson,
    OpenIncident,
    ReportIncident,
    notify_person,
    open_incident,
    report_incident,
)
from domain.ledger import Stream

router = APIRouter(prefix="/households/{hid}/incidents", tags=["漏えい等"])


@router.post("", summary="漏えい等の事案を認知した")
async def open_one(hid: UUID, command: OpenIncident, write: WriteDep) -> Response:
    return await write(open_incident, command, Stream(Household, hid), brings=["incident"])


@router.post("/{iid}/reports", summary="漏えい等を報告した")
async def report(hid: UUID, iid: UUID, command: ReportIncident, write: WriteDep) -> Response:
    return await write(partial(report_incident, incident=iid), command, Stream(Household, hid))


@router.post("/{iid}/notifications", summary="漏えい等を本人に通知した")
async def notify(hid: UUID, iid: UUID, command: NotifyPerson, write: WriteDep) -> Response:
    return await write(partial(notify_person, incident=iid), command, Stream(Household, hid))
