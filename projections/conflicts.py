"""利益相反 (conflicts of interest): where somebody acts for one of a household, or for whomever one
of it is protected from.

What is due there puts no list of theirs in order, 支援措置 or not: what asks for it may be nothing
they may know of. And who reads there is not theirs to look into, in whatever office.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.gate import Reader, Situation, situation_of, stands_aside, takes_sides
from domain.values import PersonId, Role
from projections.access import Case, cases
from projections.people import people
from projections.reading import fetch
from projections.sides import acting

THEIRS = """
    SELECT person FROM projections.guardians
    WHERE agency = ANY (%(agencies)s) OR staff = %(staff)s
    UNION SELECT person FROM projections.sittings
    WHERE person IS NOT NULL AND (agency = ANY (%(agencies)s) OR staff = %(staff)s)
"""
PROTECTED = """
    SELECT DISTINCT stream FROM projections.people
    WHERE key LIKE 'concealment:%%' AND told LIKE ANY (%s)
"""
_HOMES = """
    SELECT DISTINCT stream FROM projections.case_view WHERE key = ANY (%s) AND key LIKE 'member:%%'
"""
_KEPT_FROM = """
    SELECT DISTINCT stream FROM projections.case_view WHERE key LIKE 'member:%%' AND (
        told LIKE ANY (%(named)s) OR key IN (
            SELECT 'member:' || stream FROM projections.people WHERE told LIKE ANY (%(named)s)))
"""
"""Where something of who belongs is hidden from these, whether or not they ever belonged there."""
_ELSEWHERE = """
    SELECT DISTINCT split_part(key, ':', 2)::uuid FROM projections.case_view
    WHERE key = ANY (%s) AND key LIKE 'member:%%' AND stream <> ALL (%s)
"""
_NAMED = "SELECT DISTINCT sitting FROM projections.sittings WHERE stream = ANY (%s)"
"""The sittings of which the records of these households say something."""


class Recused(NamedTuple):
    """回避: the households that `asker` leaves to another officer; `streams` are these, the
    sittings that took them up, and their people: to an audit all of them, to the other offices
    those who belong nowhere else, for the rest are there without this case, too.
    """

    asker: UUID
    households: frozenset[UUID]
    streams: frozenset[UUID]

    def closes(self, household: UUID | None, named: Iterable[UUID] = ()) -> bool:
        """Of what stands in no household, it matters whom and what it names."""
        if household is not None:
            return household in self.households
        return not self.streams.isdisjoint(named)

    def names(self, asked: Mapping[str, str]) -> bool:
        """Whether this was asked about any of it."""
        return not self.streams.isdisjoint(_uuids(asked.values()))


def _uuids(given: Iterable[str]) -> Iterator[UUID]:
    for said in given:
        with suppress(ValueError):
            yield UUID(said)


def sided_in(connection: Connection[Any], reader: Reader) -> list[UUID]:
    """These households, with all that became one with them."""
    found = _found(connection, reader, takes_sides, _homes_of)
    return sorted({household for case in found for household in case.of})


def recused(connection: Connection[Any], reader: Reader) -> Recused:
    found = _found(connection, reader, stands_aside, _homes_and_kept)
    homes = frozenset(household for case in found for household in case.of)
    persons = frozenset(person for case in found for person in case.persons)
    if reader.capacity.role is not Role.PRIVACY:
        persons -= _elsewhere(connection, persons, homes)
    sat = {group.stream for case in found for group in case.sittings}
    named = {row[0] for row in fetch(connection, _NAMED, (list(homes),))}
    return Recused(reader.staff, homes, homes | persons | sat | named)


def sides_of(connection: Connection[Any], reader: Reader) -> frozenset[PersonId]:
    """For whom the reader acts today, wherever that is recorded, under all their ids."""
    named = [row[0] for row in fetch(connection, THEIRS, _by(reader))]
    known = people(connection, named)
    told = acting(connection, sorted({each for person in known.values() for each in person.ids}))
    items = (item for rows in told.values() for group in rows for item in group.items)
    standing = situation_of(items).acting
    theirs = {each.person for each in standing if each.is_(reader)}
    found = (person.ids for person in known.values() if not theirs.isdisjoint(person.ids))
    return frozenset(PersonId(each) for ids in found for each in ids)


def once_sided(connection: Connection[Any], reader: Reader) -> frozenset[UUID]:
    """The same with those in which they did, before their task was over."""
    found = _found(connection, reader, _took_sides, _homes_and_kept)
    return frozenset(household for case in found for household in case.of)


def _took_sides(reader: Reader, situation: Situation) -> bool:
    every = (*situation.acting, *(acting for _, acting in situation.retired))
    return any(acting.is_(reader) for acting in every)


def _elsewhere(
    connection: Connection[Any], persons: frozenset[UUID], homes: frozenset[UUID]
) -> set[UUID]:
    keys = [f"member:{each}" for each in persons]
    return {row[0] for row in fetch(connection, _ELSEWHERE, (keys, list(homes)))}


def _found(
    connection: Connection[Any],
    reader: Reader,
    by: Callable[[Reader, Situation], object],
    homes: Callable[[Connection[Any], set[UUID]], set[UUID]],
) -> list[Case]:
    """Of the homes of those for whom the reader acts, or did."""
    theirs = [row[0] for row in fetch(connection, THEIRS, _by(reader))]
    if not theirs:
        return []
    of = cases(connection, sorted(homes(connection, _ids(connection, theirs))), reader.today)
    return [case for case in of.values() if by(reader, case.situation)]


def _homes_of(connection: Connection[Any], acted_for: set[UUID]) -> set[UUID]:
    """Theirs, and those of whoever is, or was, protected from them."""
    protected = [row[0] for row in fetch(connection, PROTECTED, (_naming(acted_for),))]
    keys = [f"member:{each}" for each in acted_for | _ids(connection, protected)]
    return {row[0] for row in fetch(connection, _HOMES, (keys,))}


def _homes_and_kept(connection: Connection[Any], acted_for: set[UUID]) -> set[UUID]:
    """Those, too, that are kept from them without one: to their office there is no such case."""
    kept = fetch(connection, _KEPT_FROM, {"named": _naming(acted_for)})
    return _homes_of(connection, acted_for) | {row[0] for row in kept}


def _naming(persons: Iterable[UUID]) -> list[str]:
    return [f"%{each}%" for each in persons]


def _by(reader: Reader) -> dict[str, object]:
    return {"agencies": [held.agency for held in reader.held], "staff": reader.staff}


def is_feared(connection: Connection[Any], persons: frozenset[UUID]) -> bool:
    """Whether anybody, of whatever household, is protected from this person today."""
    protected = [row[0] for row in fetch(connection, PROTECTED, (_naming(persons),))]
    known = people(connection, protected).values()
    return any(not persons.isdisjoint(each.counterparties) for each in known)


def _ids(connection: Connection[Any], persons: list[UUID]) -> set[UUID]:
    """All that is or was written of these, as far as anybody can tell."""
    known = people(connection, persons).values()
    return {each for person in known for each in person.ids | person.parted}
