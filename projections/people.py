"""People (本人): identity, addresses and concealments, each fact in its row, sealed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from domain.gate import Item
from domain.ledger import Recorded
from projections.projection import Projection
from projections.reading import Group, fetch, groups
from projections.table import Row, Table

PEOPLE = Table("people", {"position": "bigint"}, ("(position)",))
_CHAIN = 10
"""How often a person may be found to be yet another one before we stop asking."""

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


PROJECTION = Projection("people", 1, (PEOPLE,), rows)


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one: their own rows and those of all who were found to be the same."""

    id: UUID
    groups: tuple[Group, ...]
    concealed: bool
    counterparties: frozenset[UUID]


def people(connection: Connection[Any], ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Each person as who they are today: the survivor of a 名寄せ stands for the absorbed."""
    asked = list(dict.fromkeys(ids))
    found = _rows(connection, asked)
    survivors = {each: each for each in asked}
    for _ in range(_CHAIN):
        further = {each: _survivor(found.get(to, [])) for each, to in survivors.items()}
        moved = {each: to for each, to in further.items() if to and survivors[each] != to}
        if not moved:
            break
        survivors |= moved
        found |= _rows(connection, [to for to in moved.values() if to not in found])
    return {each: _person(each, survivors[each], found) for each in asked}


def changed_people(
    connection: Connection[Any], *, after: int, limit: int = 1000
) -> list[tuple[int, Person]]:
    """Who has changed since a position, sealed: food for the index of duplicates."""
    query = """
        SELECT stream, max(position) FROM projections.people WHERE position > %s
        GROUP BY stream ORDER BY 2 LIMIT %s
    """
    changed = fetch(connection, query, (after, limit))
    found = people(connection, [stream for stream, _ in changed])
    return [(position, found[stream]) for stream, position in changed]


def _rows(connection: Connection[Any], ids: Sequence[UUID]) -> dict[UUID, list[Group]]:
    if not ids:
        return {}
    query = "SELECT stream, key, told FROM projections.people WHERE stream = ANY (%s) ORDER BY 1, 2"
    found: dict[UUID, list[Group]] = {each: [] for each in ids}
    for group in groups(fetch(connection, query, (list(ids),))):
        found[group.stream].append(group)
    return found


def _survivor(rows: list[Group]) -> UUID | None:
    """Who this person was found to be, if the finding still stands."""
    found: UUID | None = None
    for item in next((group.items for group in rows if group.key == "same"), ()):
        match item.fact:
            case PersonsMerged(absorbed=absorbed, survivor=survivor) if absorbed == item.stream:
                found = survivor
            case PersonsUnmerged(absorbed=absorbed) if absorbed == item.stream:
                found = None
    return found


def _person(asked: UUID, survivor: UUID, found: dict[UUID, list[Group]]) -> Person:
    """The survivor's identity; a concealment of either holds for both."""
    own = found.get(survivor, [])
    both = own if asked == survivor else [*own, *found.get(asked, [])]
    standing = [start for group in both if (start := _standing(group.items))]
    persons = frozenset(p for start in standing for p in start.counterparties)
    return Person(survivor, tuple(own), bool(standing), persons)


def _standing(items: tuple[Item, ...]) -> ConcealmentStarted | None:
    """The start of a concealment that no human has ended, whatever its term says."""
    facts = [item.fact for item in items]
    if any(isinstance(fact, ConcealmentEnded) for fact in facts):
        return None
    return next((fact for fact in facts if isinstance(fact, ConcealmentStarted)), None)
