"""日誌: writes down what one office after the other does for a household, moment by moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.roster import Post

Body = dict[str, Any]
_PAUSE = (3, 25)


MEETING_PART = 0
_OTHER_PARTS = (1, 3, 2, 1, 2, 3, 1, 2)
"""What is put before a sitting is one part of the city, for sittings bring households together;
all other lives share nothing, so that several hands can load them side by side.
"""


RETOLD = 4
"""Added to the part where something will be corrected: for that, all that was said is needed."""


def part_of(number: int, *, meets: bool) -> int:
    return MEETING_PART if meets else _OTHER_PARTS[number % len(_OTHER_PARTS)]


class Meant(NamedTuple):
    """What a correction is about: the row of a truth, and how it reads now; None if not at all."""

    table: str
    key: str
    now: dict[str, str] | None


class Line(NamedTuple):
    """一つの行為: the moment and its place in the diary, and what is kept of it."""

    at: datetime
    number: int
    place: int
    told: Body
    meant: Meant | None = None


@dataclass(slots=True)
class Home:
    """世帯: its stream, how long it is by now, and who leads it."""

    id: UUID
    lead: Post
    version: int = 0
    open: bool = True
    led_by_name: bool = False


@dataclass(slots=True)
class Done:
    """What an act brought about: its ids follow from the command id."""

    command: UUID
    version: int

    def new(self, name: str) -> str:
        return str(uuid5(self.command, name))


@dataclass(slots=True)
class Diary:
    city: City
    number: int
    part: int
    chance: Chance
    now: datetime
    lines: list[Line] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    seen: date = date.min

    @classmethod
    def begin(cls, city: City, number: int, part: int) -> "Diary":
        chance = Chance(city.profile.id, city.seed, "life", number)
        days = (city.calendar.last - city.calendar.first).days
        day = city.calendar.first + timedelta(days=chance.between(1, days))
        opening = time(chance.between(9, 16), chance.between(0, 59), chance.between(0, 59))
        begun = city.calendar.in_hours(datetime.combine(day, opening))
        return cls(city, number, part, chance, begun, seen=begun.date())

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def over(self) -> bool:
        """Whether the city's two years have ended."""
        return self.today > self.city.calendar.last

    def next_id(self, name: str) -> UUID:
        """What the next act will bring about under that name."""
        return uuid5(self._command(), name)

    def _command(self) -> UUID:
        return uuid5(self.city.namespace, f"{self.number}-{len(self.lines)}")

    def wait(self, least: int, most: int) -> None:
        """So many days later, when the windows are open."""
        self.until(self.today + timedelta(days=self.chance.between(least, most)))

    def until(self, day: date) -> None:
        if day <= self.today:
            return
        hour, minute = self.chance.between(9, 15), self.chance.between(0, 59)
        self.at(datetime.combine(day, time(hour, minute, self.now.second)))

    def at(self, moment: datetime) -> None:
        """No earlier than what was written last."""
        self.now = self.city.calendar.in_hours(max(moment, self.now))

    def write(  # noqa: PLR0913 - the columns of one line
        self,
        act: str,
        by: Post,
        body: Body,
        *streams: tuple[str, object, bool],
        path: Mapping[str, str | int] | None = None,
        home: Home | None = None,
        grows: int = 1,
        meant: Meant | None = None,
        at_once: bool = False,
    ) -> Done:
        """One act; nothing is written any more once the two years are over. What is done `at_once`
        leaves everything after it as it would have been.
        """
        self._pass_aprils()
        command = self._command()
        if home:
            home.version += grows
        done = Done(command, home.version if home else 0)
        if not self.over:
            told = {
                "part": self.part,
                "at": self.now.isoformat() + "+09:00",
                "id": str(command),
                "act": act,
                "by": {"staff": str(by.holder(self.today).id), **by.capacity},
                "streams": [[kind, str(key), new] for kind, key, new in streams],
                "path": path or {},
                "body": body,
            }
            self.lines.append(Line(self.now, self.number, len(self.lines), told, meant))
        if not at_once:
            self._pause()
        return done

    def _pause(self) -> None:
        pause = timedelta(minutes=self.chance.between(*_PAUSE), seconds=7)
        self.now = self.city.calendar.in_hours(self.now + pause)

    def _pass_aprils(self) -> None:
        """人事異動: open households change hands before anything else is written that day."""
        for april in self.city.calendar.aprils:
            if self.seen < april <= self.today:
                for home in self.homes:
                    self._hand_over(home, april)
        self.seen = max(self.seen, self.today)

    def _hand_over(self, home: Home, april: date) -> None:
        before, after = home.lead.holder(april - timedelta(days=1)), home.lead.holder(april)
        if home.open and home.led_by_name and before != after:
            home.version += 1
            self.city.handed_over(home.lead, april, self.part, home.id)

    def close(self) -> list[Line]:
        self.at(datetime.combine(self.city.calendar.last, self.now.time()))
        self._pass_aprils()
        return self.lines
