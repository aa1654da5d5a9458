"""任命: who may act at which desk, from and until a date; nobody appoints oneself."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.events import StaffFact
from domain.events.staff import Appointed, AppointmentEnded, StaffRegistered
from domain.labels import Category
from domain.refusals import AlreadyRecorded, Refused, RoleNeeded, Unknown
from domain.staff import Staff
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import AgencyId, Capacity, Day, DeskId, Period, Personal, PlainText, Role


class StaffCommand(CaseCommand):
    usual_category: ClassVar[Category] = Category.ORGANISATION


class RegisterStaff(StaffCommand):
    """`issuer` and `subject` name the staff member at the identity provider (OIDC iss, sub)."""

    issuer: PlainText
    subject: PlainText
    name: Personal
    kana: Personal | None = None


class Appoint(StaffCommand):
    agency: AgencyId
    desk: DeskId
    role: Role
    period: Period


class EndAppointment(StaffCommand):
    """A last day before the first says that the appointment never began."""

    last_day: Day


class AppointFirst(RegisterStaff):
    """最初の管理者: `setai appoint`, once."""

    agency: AgencyId
    desk: DeskId
    start: Day


class NobodyAppointsOneself(Refused):
    """自分自身を任命することはできません。ほかの管理者または係長に頼んでください。"""


class AlreadyAppointed(Refused):
    """同じ係・同じ役割の任命が、期間の重なる形ですでにあります。"""


class LastDayAfterEnd(Refused):
    """任命の期間より後の日です。延ばすときは、新しく任命してください。"""


def register_staff(staff: Staff, command: RegisterStaff, stamp: Stamp) -> list[StaffRegistered]:
    stamp.requires(Role.ADMINISTRATOR, Role.CHIEF)
    if staff.version:
        raise AlreadyRecorded
    return [stated(StaffRegistered, command, stamp)]


def appoint(staff: Staff, command: Appoint, stamp: Stamp) -> list[Appointed]:
    capacity = Capacity(agency=command.agency, desk=command.desk, role=command.role)
    _may_appoint(capacity, stamp)
    if stamp.author.staff == staff.id:
        raise NobodyAppointsOneself
    stamp.profile.desk(command.agency, command.desk, max(command.period.start, stamp.today))
    for key, held in staff.appointments.items():
        if held.capacity == capacity and _overlap(held.period, command.period):
            raise AlreadyAppointed(appointment=key)
    return [stated(Appointed, command, stamp, appointment=stamp.new_id("appointment"))]


def end_appointment(
    staff: Staff, command: EndAppointment, stamp: Stamp, *, appointment: UUID
) -> list[AppointmentEnded]:
    if appointment not in staff.appointments:
        raise Unknown
    held = staff.appointments[appointment]
    _may_appoint(held.capacity, stamp)
    if held.period.end == command.last_day:
        return []
    if held.period.end and command.last_day > held.period.end:
        raise LastDayAfterEnd(last_day=held.period.end)
    return [stated(AppointmentEnded, command, stamp, appointment=appointment)]


def appoint_first(staff: Staff, command: AppointFirst, stamp: Stamp) -> list[StaffFact]:
    """The only appointment nobody makes; the caller has made sure that there is no staff yet."""
    if staff.version:
        raise AlreadyRecorded
    stamp.profile.desk(command.agency, command.desk, command.start)
    appointed = stated(
        Appointed,
        command,
        stamp,
        appointment=stamp.new_id("appointment"),
        role=Role.ADMINISTRATOR,
        period=Period(start=command.start),
    )
    return [stated(StaffRegistered, command, stamp), appointed]


def _may_appoint(capacity: Capacity, stamp: Stamp) -> None:
    """係長 appoints counsellors to the own desk; everything else is the administrator's."""
    if stamp.capacity.role is Role.ADMINISTRATOR:
        return
    own = stamp.capacity.model_copy(update={"role": Role.COUNSELLOR})
    if stamp.capacity.role is not Role.CHIEF or capacity != own:
        raise RoleNeeded(roles=[Role.ADMINISTRATOR])


def _overlap(held: Period, asked: Period) -> bool:
    """An appointment that never began overlaps nothing."""
    end = held.end or date.max
    return held.start <= end and asked.start <= end and held.start <= (asked.end or date.max)
