"""Search (名前でさがす): the households by whose people the reader may know what was sought.

The index proposes; the gate decides on each record by itself. Whoever is not the reader's to know
changes neither what is found nor its order, nor whether there is more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import heappop, heappush
from itertools import islice
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from psycopg import Connection

from domain.events.membership import MemberJoined
from domain.gate import WITHHELD, Reader, Situation
from domain.texts import texts
from projections.access import Case, cases
from projections.caseload import Line, lines
from projections.identities import identities
from projections.names import Entry
from projections.reading import Group, fetch, readable
from projections.sought import Token

_AT_ONCE = 50
_HOMES = """
    SELECT stream, key FROM projections.case_view WHERE key = ANY (%s) AND key LIKE 'member:%%'
"""
_MERGED = """
    SELECT stream, merged_into FROM projections.caseload
    WHERE stream = ANY (%s) AND key = 'household' AND merged_into IS NOT NULL
"""


class Proposing(Protocol):
    """The index of names."""

    def find(
        self, connection: Connection[Any], tokens: Sequence[Token], at: datetime
    ) -> list[tuple[int, UUID]]: ...

    def rank(self, person: UUID, tokens: Sequence[Token], readable: "Readable") -> int | None: ...


class SearchPage(NamedTuple):
    """`more` is where the next page begins, None on the last."""

    cases: list[Line]
    more: tuple[int, UUID] | None


class _Member(NamedTuple):
    """Somebody proposed, in the household that knows them."""

    household: UUID
    person: UUID


class _Home(NamedTuple):
    """Where a case is kept today, and how well anybody proposed in it is met at best."""

    rank: int
    household: UUID
    members: tuple[_Member, ...]


class _Hit(NamedTuple):
    """The same by what the reader may read."""

    rank: int
    household: UUID
    found: tuple[UUID, ...]


class Readable:
    """Whether a reader may read the fact of which an entry was made, nothing of it withheld."""

    def __init__(self, rows: Iterable[Group], reader: Reader, situation: Situation) -> None:
        items = (item for group in readable(rows, reader, situation) for item in group.items)
        self._told = {
            (item.version, item.words)
            for item in items
            if all(text != WITHHELD for _, text in texts(item.fact))
        }

    def __call__(self, entry: Entry) -> bool:
        return (entry.version, entry.words) in self._told


def search(  # noqa: PLR0913 - each may be asked by itself
    connection: Connection[Any],
    names: Proposing,
    tokens: Sequence[Token],
    *,
    reader: Reader,
    after: tuple[int, UUID] | None = None,
    limit: int = 50,
) -> SearchPage:
    """The households found, those met best first."""
    hits = _Search(connection, names, tokens, reader).hits()
    behind = (hit for hit in hits if after is None or hit[:2] > after)
    page = list(islice(behind, limit + 1))
    found = {hit.household: hit.found for hit in page[:limit]}
    told = lines(connection, list(found), reader=reader)
    listed = [replace(told[each], found=found[each]) for each in found if each in told]
    return SearchPage(listed, page[limit - 1][:2] if page[limit:] else None)


@dataclass(frozen=True, slots=True)
class _Search:
    connection: Connection[Any]
    names: Proposing
    tokens: Sequence[Token]
    reader: Reader

    def hits(self) -> Iterator[_Hit]:
        """In the order of what is readable, asking the gate for no more than is asked for: nobody
        is met better by what may be read than by all there is.
        """
        waiting: list[_Hit] = []
        homes = iter(sorted(self._homes()))
        while some := list(islice(homes, _AT_ONCE)):
            while waiting and waiting[0][:2] < some[0][:2]:
                yield heappop(waiting)
            for hit in self._gated(some):
                heappush(waiting, hit)
        while waiting:
            yield heappop(waiting)

    def _homes(self) -> Iterator[_Home]:
        ranks = {
            person: rank
            for rank, person in self.names.find(self.connection, self.tokens, self.reader.at)
        }
        members = self._members(ranks)
        kept_in = self._kept_in({each.household for each in members})
        at: dict[UUID, list[_Member]] = {}
        for each in members:
            at.setdefault(kept_in[each.household], []).append(each)
        for household, known in at.items():
            yield _Home(min(ranks[each.person] for each in known), household, tuple(known))

    def _members(self, persons: Iterable[UUID]) -> list[_Member]:
        keys = [f"member:{person}" for person in persons]
        rows = fetch(self.connection, _HOMES, (keys,)) if keys else ()
        return [_Member(household, UUID(key.partition(":")[2])) for household, key in rows]

    def _kept_in(self, households: set[UUID]) -> dict[UUID, UUID]:
        """Where the case of each is kept today, however often it was merged."""
        into: dict[UUID, UUID] = {}
        asked = households
        while asked:
            merged = dict(fetch(self.connection, _MERGED, (list(asked),)))
            into |= merged
            asked = set(merged.values()) - into.keys()
        return {household: _last(household, into) for household in households}

    def _gated(self, homes: Sequence[_Home]) -> Iterator[_Hit]:
        members = [each for home in homes for each in home.members]
        households = list({each.household for each in members})
        known = cases(self.connection, households, self.reader.today)
        states = {household: case.situation for household, case in known.items()}
        rows = identities(self.connection, {each.person for each in members})
        for home in homes:
            ranks: dict[UUID, int] = {}
            for each in home.members:
                case, state = known[each.household], states[each.household]
                rank = self._rank(each, case, state, rows[each.person])
                if rank is not None:
                    who = case.known_as(each.person)[0]
                    ranks[who] = min(rank, ranks.get(who, rank))
            if ranks:
                yield _Hit(min(ranks.values()), home.household, tuple(sorted(ranks)))

    def _rank(
        self, member: _Member, case: Case, state: Situation, rows: Sequence[Group]
    ) -> int | None:
        """None for whom the reader may not know to belong there."""
        key = f"member:{member.person}"
        belongs = [group for group in case.of[member.household] if group.key == key]
        told = readable(belongs, self.reader, state)
        if not any(isinstance(item.fact, MemberJoined) for group in told for item in group.items):
            return None
        return self.names.rank(member.person, self.tokens, Readable(rows, self.reader, state))


def _last(household: UUID, into: Mapping[UUID, UUID]) -> UUID:
    seen = {household}
    while household in into and into[household] not in seen:
        household = into[household]
        seen.add(household)
    return household
