"""会議の日: those who sit read what is on the table while the room is open; some try afterwards."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from replays.synthesis.chance import Chance
from replays.synthesis.diary import Line
from replays.synthesis.reading_habits.look import SITTING, Look, in_hours
from replays.synthesis.reading_habits.year import Year

_OPEN = 90 * 60


class _Room:
    """One sitting, as its secretariat wrote it down."""

    def __init__(self) -> None:
        self.households: dict[str, UUID] = {}
        self.staff: dict[str, UUID] = {}
        self.present: list[tuple[str, str]] = []
        self.opened: datetime | None = None

    def hear(self, line: Line, told: dict[str, Any], item: str, attendee: str) -> None:
        body = told["body"]
        match told["act"]:
            case "AddAgendaItem":
                self.households[item] = UUID(body["household"])
            case "InviteAttendee" if "staff" in body:
                self.staff[attendee] = UUID(body["staff"])
            case "RecordPresence":
                self.present.append((body["item"], body["attendee"]))
            case "OpenRoom":
                self.opened = line.at


def sat_in(year: Year) -> Iterator[Look]:
    chance = year.chance("sittings")
    for room in _rooms(year):
        if room.opened and year.holds(room.opened):
            for item, attendee in room.present:
                yield from _read(year, room, room.opened, item, attendee, chance)


def _rooms(year: Year) -> Iterator[_Room]:
    rooms: dict[str, _Room] = defaultdict(_Room)
    for line in year.sittings:
        told = line.told
        ids = [str(uuid5(UUID(told["id"]), name)) for name in ("item", "attendee")]
        rooms[told["streams"][0][1]].hear(line, told, *ids)
    yield from rooms.values()


def _read(  # noqa: PLR0913, PLR0917 - who, where and when
    year: Year, room: _Room, opened: datetime, item: str, attendee: str, chance: Chance
) -> Iterator[Look]:
    staff, household = room.staff.get(attendee), room.households.get(item)
    places = year.staffing.places(staff, opened.date()) if staff else []
    if not places or not household:
        return
    for _ in range(chance.between(0, 2)):
        at = opened + timedelta(seconds=chance.between(60, _OPEN))
        yield Look(at, places[0], household, SITTING, "meeting")
    if chance.happens(0.06):
        day = year.city.calendar.working(opened.date() + timedelta(days=1))
        yield Look(in_hours(day, chance), places[0], household, SITTING, "meeting")
