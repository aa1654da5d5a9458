"""事務の記録: lines that belong to no household's diary — staff, sittings, places."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import count
from uuid import UUID, uuid5

from replays.synthesis.city import City
from replays.synthesis.diary import MEETING_PART, Body, Line
from replays.synthesis.roster import StaffMember

Stream = tuple[str, object, bool]
Capacity = dict[str, str]


class DeskLog:
    """`number` sets its lines apart from those of the households, which count from 1."""

    def __init__(self, city: City, number: int) -> None:
        self.city, self.number = city, number
        self._places: Iterator[int] = count()

    def line(  # noqa: PLR0913 - the columns of one line
        self,
        at: datetime,
        act: str,
        by: tuple[StaffMember, Capacity],
        body: Body,
        *streams: Stream,
        path: dict[str, str] | None = None,
        command: UUID | None = None,
        part: int = MEETING_PART,
    ) -> Line:
        place = next(self._places)
        told = {
            "part": part,
            "at": at.isoformat() + "+09:00",
            "id": str(command or uuid5(self.city.namespace, f"{self.number}-{place}")),
            "act": act,
            "by": {"staff": str(by[0].id), **by[1]},
            "streams": [[kind, str(key), new] for kind, key, new in streams],
            "path": path or {},
            "body": body,
        }
        return Line(at, self.number, place, told)


def morning(day: date, hour: int = 8, minute: int = 30, second: int = 0) -> datetime:
    """Japanese time, as everywhere in the city."""
    return datetime.combine(day, time(hour, minute, second))
