"""だれがいる世帯か: whom a reader may know to have to do with a household, by what they may read of
it; that somebody's own record is theirs to read tells them of no household.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.gate import Reader, whom
from domain.values import Role
from projections.access import Case, members
from projections.reading import Group

OF_EVERYBODY = frozenset({Role.PROTECTION, Role.IDENTITY})
"""支援措置・名寄せ: their work is with people, in whatever household."""


def told_of(case: Case, seen: Mapping[UUID, Iterable[Group]], reader: Reader) -> frozenset[UUID]:
    """Whom of these households their rows, as the reader sees them, name; by who they are today."""
    belong = {person for household in seen for person in members(case.of[household])}
    everybody = {case.known_as(each)[0] for each in belong}
    if reader.capacity.role in OF_EVERYBODY:
        return frozenset(everybody)
    untold = {each for each in case.persons if case.known_as(each)[0] in everybody}
    told: set[UUID] = set()
    for item in (item for rows in seen.values() for group in rows for item in group.items):
        if not untold:
            break  # a long history names the same few people again and again
        told |= untold.intersection(whom(item.fact))
        untold -= told
    return frozenset(case.known_as(each)[0] for each in told)
