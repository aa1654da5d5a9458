"""閲覧の一年: who read what in the invented city, nearly all of it in the course of their work.

Ordinary reads go along with what the offices do anyway; a thousandth of all is improper. The truth
about those is written apart from the reads.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.values import Role
from replays.synthesis.reading_habits import aprils, casework, meetings, offices, windows
from replays.synthesis.reading_habits.known import Home, Known
from replays.synthesis.reading_habits.look import SEARCH, Look
from replays.synthesis.reading_habits.planting import Planted, planted
from replays.synthesis.reading_habits.planting.targets import Targets
from replays.synthesis.reading_habits.staff_homes import StaffHomes
from replays.synthesis.reading_habits.year import Year

__all__ = ["Known", "Read", "ReadingYear", "Year"]
_ORDINARY = (
    casework.beside_writing,
    windows.put_through,
    windows.on_duty,
    windows.chiefs,
    windows.old_files,
    offices.audits,
    offices.same_people,
    offices.protected,
    offices.looked_back,
    aprils.handed_over,
    meetings.sat_in,
)
_BY_OFFICE = frozenset({Role.PRIVACY.value, Role.IDENTITY.value, Role.PROTECTION.value})
_HITS = 5


class Read(NamedTuple):
    """閲覧の控え: `day` is the stream of its reader and day, `version` its place there."""

    look: Look
    day: UUID
    version: int
    households: tuple[UUID, ...]
    persons: tuple[str, ...]
    shown: bool
    kind: str | None = None
    episode: int | None = None


class ReadingYear:
    def __init__(self, year: Year) -> None:
        self.year, self.homes = year, StaffHomes(year)

    def reads(self) -> Iterator[Read]:
        """In the order of the 閲覧簿; improper ones say so."""
        improper = list(planted(Targets(self.year, self.homes)))
        ordinary = self._ordinary(self.year.reads - len(improper))
        looks = [*improper, *(Planted(look) for look in ordinary)]
        looks.sort(key=lambda each: (each.look.at, each.look.who, str(each.look.household)))
        versions: dict[UUID, int] = {}
        for look, kind, episode in looks:
            day = uuid5(look.who.staff, look.at.date().isoformat())
            versions[day] = versions.get(day, 0) + 1
            yield Read(look, day, versions[day], *self._served(look), kind, episode)

    def _ordinary(self, wanted: int) -> Iterable[Look]:
        known = [look for habit in _ORDINARY for look in habit(self.year)]
        known = [look for look in known if self.year.holds(look.at)]
        if len(known) > wanted:
            return [known[place * len(known) // wanted] for place in range(wanted)]
        return [*known, *casework.kept_up_with(self.year, wanted - len(known))]

    def _served(self, look: Look) -> tuple[tuple[UUID, ...], tuple[str, ...], bool]:
        """What the gate showed: what the agency has to do with; an office, what it is there for."""
        if look.view == SEARCH:
            hits = self.year.known.surnamed_at(look.who.agency, look.sought)
            found = list(islice((home for home in hits if home.since < look.at), _HITS))
            persons = tuple(person for home in found for person in home.persons)
            return tuple(home.id for home in found), persons, True
        home = self.year.known.homes[look.household] if look.household else Home(UUID(int=0))
        shown = look.who.role in _BY_OFFICE or home.known_to(look.who.agency, look.at)
        return (home.id,), tuple(home.persons) if shown else (), shown
