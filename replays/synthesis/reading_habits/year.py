"""一年: the last year of the city, and what all habits of reading in it start from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.diary import Line
from replays.synthesis.reading_habits.known import Home, Known, Spell
from replays.synthesis.reading_habits.look import Desk, working_day
from replays.synthesis.reading_habits.staffing import Staffing

READS_OF_A_HOUSEHOLD = 5
"""A city of 40,000 households is read 200,000 times a year."""
_LONG = 150


@dataclass
class Year:
    city: City
    known: Known
    sittings: list[Line]
    """What the secretariats wrote: who was invited, for which household, and came."""

    def __post_init__(self) -> None:
        self.known.settled()
        self.staffing = Staffing(self.city)
        self.end = self.city.calendar.last
        self.begin = max(self.city.first + timedelta(days=14), self.end - timedelta(days=364))
        self.reads = self.city.households * READS_OF_A_HOUSEHOLD

    def chance(self, habit: str) -> Chance:
        return Chance(self.city.profile.id, self.city.seed, "reads", habit)

    def share(self, of_ten_thousand: int) -> int:
        """So many reads of the year's, rounded up."""
        return -(-self.reads * of_ten_thousand // 10_000)

    def holds(self, at: datetime) -> bool:
        return self.begin <= at.date() <= self.end

    def day(self, chance: Chance) -> date:
        return working_day(self.city.calendar, self.begin, self.end, chance)

    @cached_property
    def homes(self) -> list[Home]:
        return list(self.known.homes.values())

    @cached_property
    def spells(self) -> list[Spell]:
        return [spell for home in self.homes for spell in home.spells]

    def open_at(self, desk: Desk, day: date) -> list[Spell]:
        return [spell for spell in self._of_desk.get(desk, ()) if runs(spell, day)]

    @cached_property
    def _of_desk(self) -> dict[Desk, list[Spell]]:
        found: dict[Desk, list[Spell]] = {}
        for spell in self.spells:
            if spell.until is None or spell.until.date() > spell.since.date():
                found.setdefault(spell.desk, []).append(spell)
        return found

    @cached_property
    def of_agency(self) -> dict[str, list[Home]]:
        found: dict[str, list[Home]] = {}
        for home in self.homes:
            for agency in sorted(home.agencies):
                found.setdefault(agency, []).append(home)
        return found


def runs(spell: Spell, day: date) -> bool:
    """Whether the desk has it that day, and it is not yet forgotten in a drawer."""
    since, until = spell.since.date(), spell.until
    still = until is None or day <= until.date()
    return since < day and still and (day - since).days <= _LONG
