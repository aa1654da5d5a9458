"""People (本人): identity, addresses and concealments, each fact in its row, sealed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events import Fact, person
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentStarted,
    PersonsMerged,
    PersonsUnmerged,
)
from domain.gate import Item, beside
from domain.ledger import Recorded
from projections.projection import Projection
from projections.reading import Group, fetch, groups
from projections.table import Row, Table

PEOPLE = Table(
    "people",
    {"position": "bigint"},
    ("(position)", "(stream) WHERE key LIKE 'concealment:%'"),
)
_KEYS: Mapping[type[Fact], str] = {
    person.PersonNoted: "identity",
    person.PersonIdentified: "identity",
    person.SafeContactAgreed: "safe-contact",
    person.CareNeeded: "care",
    person.VisitRiskNoted: "visit-risk",
    person.PersonsMerged: "same",
    person.PersonsUnmerged: "same",
}


def rows(recorded: Recorded) -> Iterable[Row]:
    fact, at = recorded.fact, {"position": recorded.position}
    if type(fact) in _KEYS:
        return (Row(PEOPLE, _KEYS[type(fact)], at),)
    match fact:
        case person.AddressRecorded():
            return (Row(PEOPLE, f"address:{fact.address}", at),)
        case (
            person.ConcealmentStarted()
            | person.ConcealmentExtended()
            | person.EndingProposed()
            | person.ConcealmentEnded()
        ):
            return (Row(PEOPLE, f"concealment:{fact.concealment}", at),)
    return ()


PROJECTION = Projection("people", 3, (PEOPLE,), rows)
PEOPLE_OF = "SELECT stream, key, told FROM projections.people WHERE stream = ANY ({})"

_OF_THE_SURVIVOR = frozenset({"identity", "same"})


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one: who the survivor is, and what is known under any of `ids`. `once` is what
    says with whom any of these was ever taken for one.
    """

    id: UUID
    ids: frozenset[UUID]
    groups: tuple[Group, ...]
    concealed: bool
    counterparties: frozenset[UUID]
    once: tuple[Group, ...] = ()

    @property
    def parted(self) -> frozenset[UUID]:
        """Those who were taken for one with them, and are not."""
        return frozenset().union(*(_linked([group]) for group in self.once)) - self.ids

    @property
    def protecting(self) -> tuple[Group, ...]:
        """What was recorded of 支援措置, under any of the ids."""
        return tuple(group for group in self.groups if group.kind == "concealment")

    @property
    def hidden_from(self) -> frozenset[UUID]:
        """From whom something in the person's own records is hidden, wherever those belong."""
        return hidden_from(self.groups)


def hidden_from(rows: Iterable[Group]) -> frozenset[UUID]:
    """From whom something in these rows is hidden, by a whole record or a paragraph of it."""
    walls = (beside(item.fact).hidden_from for group in rows for item in group.items)
    return frozenset().union(*walls)


RowsOf = Callable[[Sequence[UUID]], dict[UUID, list[Group]]]
"""The rows of each of these persons."""


def people(connection: Connection[Any], ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Each person as who they are today: the survivor of a 名寄せ stands for all it absorbed."""
    return people_by(partial(rows_of, connection), ids)


def people_by(rows_of: RowsOf, ids: Iterable[UUID]) -> dict[UUID, Person]:
    """The same by rows from anywhere."""
    asked = list(dict.fromkeys(ids))
    found = rows_of(asked)
    while more := {each for rows in found.values() for each in _linked(rows)} - found.keys():
        found |= rows_of(sorted(more))
    found_to_be = {each: _survivor(rows) for each, rows in found.items()}
    survivors = {each: _last(each, found_to_be) for each in found}
    as_one: dict[UUID, list[UUID]] = {}
    for each in sorted(survivors):
        as_one.setdefault(survivors[each], []).append(each)
    kin = _ever_one(found)
    return {
        each: _person(survivors[each], as_one[survivors[each]], found, kin[each]) for each in asked
    }


def changed_people(
    connection: Connection[Any], *, after: int, limit: int = 1000
) -> list[tuple[int, UUID, Person]]:
    """Who has changed since a position, by which id and as whom, with all they are or were one
    with: food for the index of duplicates.
    """
    query = """
        SELECT stream, max(position) FROM projections.people WHERE position > %s
        GROUP BY stream ORDER BY 2 LIMIT %s
    """
    changed = fetch(connection, query, (after, limit))
    found = people(connection, [stream for stream, _ in changed])
    linked = {stream: {stream, *_linked(found[stream].groups)} for stream in found}
    found |= people(connection, set().union(*linked.values()) - found.keys())
    return [
        (position, each, found[each]) for stream, position in changed for each in linked[stream]
    ]


def rows_of(connection: Connection[Any], ids: Sequence[UUID]) -> dict[UUID, list[Group]]:
    """The rows of each of these ids."""
    if not ids:
        return {}
    query = PEOPLE_OF.format("%s") + " ORDER BY 1, 2"
    return by_stream(groups(fetch(connection, query, (list(ids),))), ids)


def by_stream(rows: Iterable[Group], ids: Iterable[UUID]) -> dict[UUID, list[Group]]:
    found: dict[UUID, list[Group]] = {each: [] for each in ids}
    for group in rows:
        found[group.stream].append(group)
    return found


def _same(rows: Iterable[Group]) -> Iterable[PersonsMerged | PersonsUnmerged]:
    for item in next((group.items for group in rows if group.key == "same"), ()):
        if isinstance(item.fact, PersonsMerged | PersonsUnmerged):
            yield item.fact


def _linked(rows: Iterable[Group]) -> set[UUID]:
    """With whom this person is, or once was, found to be one."""
    return {each for fact in _same(rows) for each in (fact.absorbed, fact.survivor)}


def _survivor(rows: list[Group]) -> UUID | None:
    """Who this person was found to be, if the finding still stands."""
    found: UUID | None = None
    for fact in _same(rows):
        if fact.absorbed == rows[0].stream:
            found = fact.survivor if isinstance(fact, PersonsMerged) else None
    return found


def _last(person: UUID, found_to_be: Mapping[UUID, UUID | None]) -> UUID:
    """The survivor of the survivor, in records that go that far; nobody is their own."""
    seen: set[UUID] = set()
    while person not in seen and (further := found_to_be[person]):
        seen.add(person)
        person = further
    return person


def _ever_one(found: Mapping[UUID, list[Group]]) -> dict[UUID, frozenset[UUID]]:
    """Each with all who were ever found to be one with them, or with one of those."""
    kin = {each: frozenset({each}) for each in found}
    for each, rows in found.items():
        for other in _linked(rows):
            both = kin[each] | kin[other]
            kin |= dict.fromkeys(both, both)
    return kin


def _person(
    survivor: UUID, ids: Sequence[UUID], found: dict[UUID, list[Group]], kin: Iterable[UUID]
) -> Person:
    """The survivor's identity and the rest of all of them; what protects one protects both."""
    absorbed = (group for each in ids if each != survivor for group in found[each])
    rows = (*found[survivor], *(g for g in absorbed if g.key not in _OF_THE_SURVIVOR))
    standing = [start for group in rows if (start := _standing(group.items))]
    persons = frozenset(p for start in standing for p in start.counterparties)
    once = tuple(group for each in sorted(kin) for group in found[each] if group.key == "same")
    return Person(survivor, frozenset(ids), rows, bool(standing), persons, once)


def _standing(items: tuple[Item, ...]) -> ConcealmentStarted | None:
    """The start of a concealment that no human has ended, whatever its term says."""
    facts = [item.fact for item in items]
    if any(isinstance(fact, ConcealmentEnded) for fact in facts):
        return None
    return next((fact for fact in facts if isinstance(fact, ConcealmentStarted)), None)
