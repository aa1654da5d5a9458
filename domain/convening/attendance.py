"""出席: invited, bound to secrecy, present item by item, with numbered papers."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.convening.agenda import CONFIDENTIAL
from domain.convening.charge import SittingCommand, body_of, running
from domain.convening.invitation import Invitation, attendee_invited
from domain.convening.secrecy import Pledge, duty_notified
from domain.events.sitting import (
    AttendeeInvited,
    AttendeeKind,
    DutyNotified,
    MeetingBasis,
    PaperGivenOut,
    PaperTakenBack,
    PresenceEnded,
    PresenceRecorded,
)
from domain.refusals import Refused, Unknown
from domain.sitting import Attendee, Sitting
from domain.stamp import Stamp
from domain.stating import stated
from domain.values import PlainText


class InviteAttendee(SittingCommand, Invitation):
    items: tuple[UUID, ...] = ()


class NotifyDuty(SittingCommand, Pledge):
    attendee: UUID


class RecordPresence(SittingCommand):
    """`capacity` only where the attendee takes part otherwise than invited."""

    item: UUID
    attendee: UUID
    capacity: PlainText | None = None


class RecordDeparture(SittingCommand):
    item: UUID
    attendee: UUID


class GiveOutPaper(SittingCommand):
    item: UUID
    number: Annotated[int, Field(ge=1, le=9999)]
    title: PlainText
    attendees: Annotated[tuple[UUID, ...], Field(min_length=1)]


class TakeBackPaper(SittingCommand):
    attendee: UUID


class NotYetHeld(Refused):
    """会議の日がまだ来ていません。出席は当日から記録できます。"""


class NotInvitedForItem(Refused):
    """この議題に選定されていない人です。選定するか、議題を確かめてください。"""


class DutyNotNotified(Refused):
    """守秘義務の告知、または誓約がまだ記録されていません。先に告知し、誓約を受けてください。"""


class HasLeft(Refused):
    """この議題からすでに退席した人です。資料は渡せません。"""


class PaperNumberTaken(Refused):
    """この番号の資料は、この会議ですでに配られています。"""


class PaperNotOut(Refused):
    """その人に、この資料は渡っていないか、すでに回収されています。"""


def invite_attendee(
    sitting: Sitting, command: InviteAttendee, stamp: Stamp
) -> list[AttendeeInvited]:
    running(sitting, stamp)
    attendee = stamp.new_id("attendee")
    return [attendee_invited(sitting, command, command.items, command, stamp, attendee=attendee)]


def notify_duty(sitting: Sitting, command: NotifyDuty, stamp: Stamp) -> list[DutyNotified]:
    running(sitting, stamp)
    return duty_notified(sitting, command, command, stamp, command.attendee)


def record_presence(
    sitting: Sitting, command: RecordPresence, stamp: Stamp
) -> list[PresenceRecorded]:
    """Rules 12 and 13."""
    running(sitting, stamp)
    if stamp.today < sitting.held_on:
        raise NotYetHeld(held_on=sitting.held_on)
    admit(sitting, [command.attendee], command.item, stamp)
    if sitting.presence.get((command.item, command.attendee)):
        return []
    capacity = command.capacity or sitting.attendees[command.attendee].capacity
    return [stated(PresenceRecorded, command, stamp, capacity=capacity)]


def record_departure(
    sitting: Sitting, command: RecordDeparture, stamp: Stamp
) -> list[PresenceEnded]:
    """Left during the item, or before it came up."""
    running(sitting, stamp)
    if command.attendee not in sitting.attendees or command.item not in sitting.items:
        raise Unknown
    if sitting.presence.get((command.item, command.attendee)) is False:
        return []
    return [stated(PresenceEnded, command, stamp)]


def give_out_paper(sitting: Sitting, command: GiveOutPaper, stamp: Stamp) -> list[PaperGivenOut]:
    running(sitting, stamp)
    admit(sitting, command.attendees, command.item, stamp)
    left = [a for a in command.attendees if sitting.presence.get((command.item, a)) is False]
    if left:
        raise HasLeft(attendees=left)
    if any(paper.number == command.number for paper in sitting.papers.values()):
        raise PaperNumberTaken(number=command.number)
    return [stated(PaperGivenOut, command, stamp, paper=stamp.new_id("paper"))]


def take_back_paper(
    sitting: Sitting, command: TakeBackPaper, stamp: Stamp, *, paper: UUID
) -> list[PaperTakenBack]:
    running(sitting, stamp)
    if paper not in sitting.papers:
        raise Unknown
    if command.attendee not in sitting.papers[paper].out:
        raise PaperNotOut(attendee=command.attendee)
    return [stated(PaperTakenBack, command, stamp, paper=paper)]


def admit(sitting: Sitting, attendees: Iterable[UUID], item: UUID, stamp: Stamp) -> None:
    """Rules 11–13: only who is invited for an item, and bound, hears or sees anything of it."""
    if item not in sitting.items:
        raise Unknown
    for attendee in attendees:
        invited = sitting.attendees.get(attendee)
        if invited is None or (invited.items and item not in invited.items):
            raise NotInvitedForItem(attendee=attendee, item=item)
        if not _is_bound(sitting, attendee, invited, item, stamp):
            raise DutyNotNotified(attendee=attendee, item=item)


def _is_bound(sitting: Sitting, key: UUID, attendee: Attendee, item: UUID, stamp: Stamp) -> bool:
    """Outsiders for every item about somebody; everybody where the law keeps the secret."""
    basis, outside = sitting.items[item].basis, attendee.kind is AttendeeKind.OUTSIDE
    if basis not in CONFIDENTIAL:
        return attendee.notified or not outside or basis is MeetingBasis.NONE
    body = body_of(sitting, stamp)
    city_pledges = stamp.profile.settings(sitting.held_on).municipal_staff_pledge
    by_staff = city_pledges and attendee.kind is AttendeeKind.STAFF
    needs_pledge = (outside and body.pledge_required) or by_staff
    needs_notice = outside or by_staff or body.notice_required
    return (attendee.notified or not needs_notice) and (
        sitting.has_pledged(key) or not needs_pledge
    )
