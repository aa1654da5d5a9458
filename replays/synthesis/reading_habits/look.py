"""一回の閲覧: who looked at what, when — before anything is said about it being proper."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from replays.synthesis.calendar import Calendar
from replays.synthesis.chance import Chance

Desk = tuple[str, str]
CASE, COURSE = "households-one", "households-one-timeline"
SITTING, SEARCH = "sittings-one", "search"
"""What is looked at, by the names the 閲覧簿 gives it."""
VIEWS = ((CASE, 76), (COURSE, 24))
_MORNING, _EVENING = 8 * 60 + 30, 17 * 60 + 15


class Who(NamedTuple):
    """職員とその資格。"""

    staff: UUID
    agency: str
    desk: str
    role: str


class Look(NamedTuple):
    """A page opened for one household, or a search for a surname that shows what it shows."""

    at: datetime
    who: Who
    household: UUID | None
    view: str = CASE
    purpose: str = "consultation"
    sought: str = ""


def moment(day: date, minute: int, chance: Chance) -> datetime:
    """So many minutes after midnight, to the second."""
    begun = datetime.combine(day, time()) + timedelta(minutes=minute)
    return begun + timedelta(seconds=chance.between(0, 59))


def in_hours(day: date, chance: Chance) -> datetime:
    return moment(day, chance.between(_MORNING, _EVENING - 1), chance)


def at_work(day: date, chance: Chance) -> datetime:
    """Mostly while the windows are open; now and then in the evening (残業)."""
    begin, end = chance.weighed(
        (
            ((_MORNING, _EVENING - 1), 905),
            ((7 * 60 + 40, _MORNING - 1), 12),
            ((_EVENING, 20 * 60), 72),
            ((20 * 60, 21 * 60 + 50), 11),
        )
    )
    return moment(day, chance.between(begin, end), chance)


def working_day(calendar: Calendar, begin: date, end: date, chance: Chance) -> date:
    """A day between the two on which the city works; the first one at need."""
    for _ in range(8):
        day = begin + timedelta(days=chance.between(0, max(0, (end - begin).days)))
        if calendar.is_working_day(day):
            return day
    return min(calendar.working(begin), calendar.last)
