"""任命: who may act at which desk, from and until a date."""

from functools import partial
from uuid import UUID

from fastapi import APIRouter, Response

from api.callers import Read
from api.deps import Cursor, Limit, ReadDep, WriteDep
from api.showing import Later
from domain.appointment import (
    Appoint,
    EndAppointment,
    RegisterStaff,
    appoint,
    end_appointment,
    register_staff,
)
from domain.events.staff import StaffRegistered
from domain.ledger import Stream
from domain.staff import Staff, staff_id
from domain.values import Capacity, Code, Period, Value
from projections.staff import Member, staff

router = APIRouter(prefix="/staff", tags=["職員・任命"])


@router.post("", summary="職員を登録する")
async def register(command: RegisterStaff, write: WriteDep) -> Response:
    identity = staff_id(command.issuer, command.subject)
    return await write(register_staff, command, Stream(Staff, identity, new=True))


@router.post("/{sid}/appointments", summary="職員を係に任命する")
async def appoint_staff(sid: UUID, command: Appoint, write: WriteDep) -> Response:
    return await write(appoint, command, Stream(Staff, sid), brings=["appointment"])


@router.post("/{sid}/appointments/{aid}/ending", summary="任命を解く")
async def end(sid: UUID, aid: UUID, command: EndAppointment, write: WriteDep) -> Response:
    return await write(partial(end_appointment, appointment=aid), command, Stream(Staff, sid))


class AppointmentLine(Value):
    """任命。"""

    appointment: UUID
    capacity: Capacity
    period: Period


class StaffLine(Value):
    """職員と、その任命。"""

    staff: UUID
    name: str | None
    kana: str | None
    appointments: tuple[AppointmentLine, ...]


class StaffList(Value):
    """職員名簿。"""

    staff: tuple[StaffLine, ...]
    next: str | None


@router.get("", summary="職員名簿を読む", response_model=StaffList)
def colleagues(
    read: ReadDep,
    agency: Code | None = None,
    desk: Code | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Response:
    after = read.resume(cursor, UUID)
    found = read(staff, agency=agency, desk=desk, after=after and after[0], limit=limit)
    lines = [
        {
            "staff": each.staff,
            **_named(each, read),
            "appointments": [
                {"appointment": held.id, "capacity": held.capacity, "period": held.period}
                for held in each.appointments
            ],
        }
        for each in found.members
    ]
    return read.answer({"staff": lines, "next": read.next_cursor(found.more)})


def _named(member: Member, read: Read) -> dict[str, Later | None]:
    item = member.registered
    if item is None or not isinstance(item.fact, StaffRegistered):
        return {"name": None, "kana": None}
    text, kana = read.showing.text, item.fact.kana
    return {"name": text(item, item.fact.name), "kana": text(item, kana) if kana else None}
