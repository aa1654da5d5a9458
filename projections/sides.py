"""だれの側か: who acts for whom, in whichever household or sitting that was recorded.

A guardian stands on the same side everywhere: what is hidden from somebody in one household is not
to be read there by whoever acts for them in another.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.sitting import AttendeeInvited
from projections.people import Person, people
from projections.reading import Group, fetch, groups

_GUARDIANS = """
    SELECT stream, key, told FROM projections.case_view
    WHERE key = ANY (%s) AND key LIKE 'guardian:%%' ORDER BY 1, 2
"""
_SEATS = """
    SELECT stream, key, told FROM projections.sittings
    WHERE person = ANY (%s) AND person IS NOT NULL ORDER BY 1, 2
"""


class Sides(NamedTuple):
    """`others` are the 相手方 under each of their ids, whichever household is theirs; `acting` says
    who acts for a person, by the id it was recorded under.
    """

    others: Mapping[UUID, Person]
    acting: Mapping[UUID, tuple[Group, ...]]

    def of(self, persons: Iterable[Person]) -> "Sides":
        """Of these persons, and of whoever they are protected from."""
        belong = list(persons)
        against = {each for person in belong for each in person.counterparties}
        named = [self.others[each] for each in against & self.others.keys()]
        others = {each: person for person in named for each in person.ids}
        ids = {each for person in (*belong, *others.values()) for each in person.ids}
        acting = {each: self.acting[each] for each in sorted(ids & self.acting.keys())}
        return Sides(others, acting)

    @property
    def told(self) -> Iterator[Group]:
        return (group for each in self.acting.values() for group in each)


NOBODY = Sides({}, {})


def sides(connection: Connection[Any], belong: Iterable[Person]) -> Sides:
    """Who acts for these persons, and for whoever they are protected from."""
    known = {each: person for person in belong for each in person.ids}
    against = {each for person in known.values() for each in person.counterparties}
    strangers = people(connection, against - known.keys())
    every = {**known, **{each: one for one in strangers.values() for each in one.ids}}
    others = {each: every[named] for named in against for each in every[named].ids}
    return Sides(others, _acting(connection, list(every)))


def _acting(connection: Connection[Any], persons: list[UUID]) -> dict[UUID, tuple[Group, ...]]:
    found: dict[UUID, tuple[Group, ...]] = {}
    if persons:
        keys = [f"guardian:{each}" for each in persons]
        for group in groups(fetch(connection, _GUARDIANS, (keys,))):
            person = UUID(group.key.partition(":")[2])
            found[person] = (*found.get(person, ()), group)
        for group in groups(fetch(connection, _SEATS, (persons,))):
            for person in _seated_for(group):
                found[person] = (*found.get(person, ()), group)
    return found


def _seated_for(group: Group) -> Iterator[UUID]:
    for item in group.items:
        if isinstance(item.fact, AttendeeInvited) and item.fact.person:
            yield item.fact.person
