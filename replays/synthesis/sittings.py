"""会議: the sittings on which households were put, from the summons to the minutes."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from domain.profile import Attendance, Body, NoticeKind, Operation
from replays.synthesis import words
from replays.synthesis.calendar import Session
from replays.synthesis.chance import Chance
from replays.synthesis.city import Booking, City
from replays.synthesis.desk_log import Capacity, DeskLog
from replays.synthesis.diary import Line
from replays.synthesis.names import named, surname
from replays.synthesis.roster import StaffMember

NUMBER = -2
_POSTS = ("相談支援員", "主任", "保健師", "社会福祉士", "係長")


@dataclass(frozen=True, slots=True)
class Attendee:
    id: str
    agency: str
    always: bool
    outside: bool


class Secretariat:
    """会議事務局: convenes, invites, notifies, opens, notes who is there, closes, writes up."""

    def __init__(self, city: City, log: DeskLog, session: Session) -> None:
        self.city, self.log, self.session = city, log, session
        self.post = city.secretary(session.body)
        self.chance = Chance(city.profile.id, city.seed, "sitting", session.sitting)
        self.bookings = city.bookings[session.sitting]
        self.now = session.convened_at
        self._papers: list[tuple[UUID, list[Attendee]]] = []

    @property
    def by(self) -> tuple[StaffMember, Capacity]:
        return self.post.holder(self.now.date()), self.post.capacity

    def write(self, act: str, body: dict[str, Any], **more: Any) -> Line:
        on = ("sitting", self.session.sitting, act == "ConveneSitting")
        line = self.log.line(self.now, act, self.by, body, on, **more)
        self.now += timedelta(seconds=self.chance.between(5, 20))
        return line

    def lines(self) -> Iterator[Line]:
        session = self.session
        convened = {
            "body": session.body.id,
            "held_on": session.held_on.isoformat(),
            "place": "市役所 会議室",
        }
        yield self.write("ConveneSitting", convened, command=session.convening)
        for booking in self.bookings:
            self.now = booking.added_at
            yield self.write("AddAgendaItem", booking.told, command=booking.command)
        self.now = session.starts - timedelta(minutes=40)
        attendees = yield from self._invited()
        for attendee in attendees:
            yield self.write("NotifyDuty", self._duty(attendee))
        self.now = max(self.now, session.starts)
        yield self.write("OpenRoom", {})
        for number, booking in enumerate(self.bookings, 1):
            yield from self._item(number, booking, attendees)
        self.now = max(self.now, session.starts + timedelta(minutes=95))
        yield from self._taken_back()
        yield self.write("CloseRoom", {})
        self.now = self._written_up()
        minutes = [{"text": words.minute(self.chance), "item": b.item} for b in self.bookings]
        yield self.write("WriteUpSitting", {"minutes": minutes})

    def _invited(self) -> Generator[Line, None, list[Attendee]]:
        asked = dict.fromkeys(agency for b in self.bookings for agency in b.agencies)
        always = _always(self.session.body)
        attendees = []
        for agency in dict.fromkeys((*always, *asked)):
            line = self.write("InviteAttendee", self._invitation(agency))
            key = str(uuid5(UUID(line.told["id"]), "attendee"))
            attendees.append(Attendee(key, agency, agency in always, self._is_outside(agency)))
            yield line
        return attendees

    def _is_outside(self, agency: str) -> bool:
        entry = self.city.profile.agency(agency, self.session.held_on)
        return not (entry.inside or entry.operation in {Operation.DIRECT, Operation.ENTRUSTED})

    def _invitation(self, agency: str) -> dict[str, Any]:
        kind = "outside" if self._is_outside(agency) else "staff"
        invited: dict[str, Any] = {"kind": kind, "agency": agency}
        invited["capacity"] = self.chance.pick(_POSTS)
        if self.city.has_access(agency):
            posts = [post for post in self.city.roster if post.agency == agency]
            free = [post.holder(self.session.held_on) for post in posts]
            invited["staff"] = str(self.chance.pick(free).id)
        else:
            sex = self.chance.pick(("female", "male"))
            invited["name"] = named(surname(self.chance), sex, self.chance).text
        return invited

    def _duty(self, attendee: Attendee) -> dict[str, Any]:
        kind = NoticeKind.PLEDGE if attendee.outside else NoticeKind.DUTY
        notice = self.city.profile.notice_on(kind, self.session.held_on)
        told = {"attendee": attendee.id, "text_version": notice.version}
        return {**told, "pledged": attendee.outside}

    def _item(self, number: int, booking: Booking, attendees: list[Attendee]) -> Iterator[Line]:
        """Those always there, and those whom this very household concerns."""
        present = [a for a in attendees if a.always or a.agency in booking.agencies]
        for attendee in present:
            told = {"item": booking.item, "attendee": attendee.id}
            yield self.write("RecordPresence", told)
        paper = {
            "item": booking.item,
            "number": number,
            "title": f"資料{number}",
            "attendees": [attendee.id for attendee in present],
        }
        given = self.write("GiveOutPaper", paper)
        yield given
        self._papers.append((uuid5(UUID(given.told["id"]), "paper"), present))
        leaves = [a for a in present if a.outside and self.chance.happens(0.15)]
        for attendee in leaves:
            told = {"item": booking.item, "attendee": attendee.id}
            yield self.write("RecordDeparture", told)

    def _taken_back(self) -> Iterator[Line]:
        """From those outside; the city's own staff keep theirs in the file."""
        for paper, holders in self._papers:
            for attendee in holders:
                if attendee.outside:
                    path = {"paper": str(paper)}
                    yield self.write("TakeBackPaper", {"attendee": attendee.id}, path=path)

    def _written_up(self) -> datetime:
        days = self.city.profile.settings(self.session.held_on).write_up_working_days
        late = self.chance.between(1, days)
        due = self.city.profile.working_day_after(self.session.held_on, late)
        return datetime.combine(due, self.session.starts.time())


def _always(body: Body) -> tuple[str, ...]:
    tiers = [tier for tier in body.tiers if tier.attendance is Attendance.ALWAYS]
    regular = [agency for tier in tiers for agency in tier.agencies]
    return tuple(dict.fromkeys((body.secretariat.agency, *regular)))


def held(city: City) -> Iterator[Line]:
    """Only what something was put before is convened."""
    log = DeskLog(city, NUMBER)
    for sessions in city.sessions.values():
        for session in sessions:
            if city.bookings.get(session.sitting):
                yield from Secretariat(city, log, session).lines()
