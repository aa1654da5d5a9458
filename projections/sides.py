"""だれの側か: who acts for whom, in whichever household or sitting that was recorded.

A guardian stands on the same side everywhere: what is hidden from somebody in one household is not
to be read there by whoever acts for them in another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.sitting import AttendeeInvited
from projections import places
from projections.people import Person, RowsOf, people_by, rows_of
from projections.reading import Group, fetch, groups

GUARDIANS_OF = """
    SELECT stream, key, told FROM projections.case_view
    WHERE key = ANY (ARRAY(SELECT 'guardian:' || each FROM unnest({}) each))
        AND key LIKE 'guardian:%%'
"""
SEATS_OF = """
    SELECT stream, key, told FROM projections.sittings
    WHERE person = ANY ({}) AND person IS NOT NULL
"""
ASIDE = f"""
    WITH put AS MATERIALIZED ({places.PUT_ASIDE})
    SELECT stream, key, told FROM put
    UNION ALL SELECT substr(key, 8)::uuid, key, '' FROM projections.case_view
        WHERE stream = ANY (ARRAY(SELECT stream FROM put)) AND key LIKE 'member:%%'
    UNION ALL SELECT person, key, '' FROM projections.sittings
        WHERE stream = ANY (ARRAY(SELECT stream FROM put)) AND person IS NOT NULL
"""  # noqa: S608 - our own names
"""What was put aside, and whoever belongs there: somebody may have come to act for them."""
Acting = Mapping[UUID, tuple[Group, ...]]
"""What says that somebody acts for a person, by the id it was recorded under."""


class Sides(NamedTuple):
    """`others` are those on another side, under each of their ids, whichever household is theirs:
    the 相手方, from whom something is hidden, and who was ever taken for somebody; `acting` says
    who acts for a person, by the id it was recorded under.
    """

    others: Mapping[UUID, Person]
    acting: Acting

    def of(self, persons: Iterable[Person], hidden: Iterable[UUID] = ()) -> "Sides":
        """Of these persons, and of whoever they or these records are kept from."""
        belong = list(persons)
        against = _against(belong, hidden)
        named = [self.others[each] for each in against & self.others.keys()]
        named += [self.others[each] for each in _parted((*belong, *named)) & self.others.keys()]
        others = {each: person for person in named for each in person.ids}
        ids = {each for person in (*belong, *others.values()) for each in person.ids}
        acting = {each: self.acting[each] for each in sorted(ids & self.acting.keys())}
        return Sides(others, acting)

    @property
    def told(self) -> Iterator[Group]:
        return (group for each in self.acting.values() for group in each)


NOBODY = Sides({}, {})


def sides(
    connection: Connection[Any], belong: Iterable[Person], hidden: Iterable[UUID] = ()
) -> Sides:
    """Who acts for these persons, and for whoever they, or some records, are kept from."""
    return sides_by(partial(rows_of, connection), partial(acting, connection), belong, hidden)


def sides_by(
    people: RowsOf,
    acting: Callable[[Iterable[UUID]], Acting],
    belong: Iterable[Person],
    hidden: Iterable[UUID] = (),
) -> Sides:
    """The same by rows from anywhere."""
    known = {each: person for person in belong for each in person.ids}
    against = _against(known.values(), hidden)
    strangers = people_by(people, against - known.keys())
    every = {**known, **{each: one for one in strangers.values() for each in one.ids}}
    parted = _parted(every.values())
    taken = people_by(people, parted - every.keys())
    every |= {each: one for one in taken.values() for each in one.ids}
    others = {each: every[named] for named in against | parted for each in every[named].ids}
    return Sides(others, acting(every))


def _parted(persons: Iterable[Person]) -> frozenset[UUID]:
    return frozenset().union(*(person.parted for person in persons))


def _against(persons: Iterable[Person], hidden: Iterable[UUID]) -> set[UUID]:
    """Whom they are protected from, and from whom something is hidden: somebody of another
    household, too, where the record went on into one to which they never belonged.
    """
    return set(hidden).union(*(each.counterparties | each.hidden_from for each in persons))


def acting(connection: Connection[Any], persons: Iterable[UUID]) -> Acting:
    """Whoever acts for these, in any household or sitting."""
    if not (ids := list(persons)):
        return {}
    guardians, seats = (
        groups(fetch(connection, query.format("%s::uuid[]") + " ORDER BY 1, 2", (ids,)))
        for query in (GUARDIANS_OF, SEATS_OF)
    )
    return by_person(guardians, seats)


def by_person(guardians: Iterable[Group], seats: Iterable[Group]) -> Acting:
    found: dict[UUID, tuple[Group, ...]] = {}
    for group in guardians:
        person = UUID(group.key.partition(":")[2])
        found[person] = (*found.get(person, ()), group)
    for group in seats:
        for person in _seated_for(group):
            found[person] = (*found.get(person, ()), group)
    return found


def _seated_for(group: Group) -> Iterator[UUID]:
    for item in group.items:
        if isinstance(item.fact, AttendeeInvited) and item.fact.person:
            yield item.fact.person
