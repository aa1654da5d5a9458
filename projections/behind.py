"""壁の内側: where what was recorded of a person or a sitting stands in a list by itself, it is read
behind the same walls as in the households that it is about.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.gate import Situation
from projections.access import Case, cases
from projections.reading import fetch
from projections.sittings import Line, homes_of, lines_of, own_of

Behind = dict[UUID, tuple[Situation, ...]]
"""Of each such stream; what may be read behind one of them may be read."""
_HOMES = """
    SELECT stream, key FROM projections.case_view WHERE key = ANY (%s) AND key LIKE 'member:%%'
    ORDER BY stream
"""


class Homes(NamedTuple):
    """The households that persons belong or belonged to, and what was recorded of sittings."""

    of: Mapping[UUID, Sequence[UUID]]
    held: Mapping[UUID, Sequence[Line]]

    @property
    def households(self) -> set[UUID]:
        return {home for lines in self.held.values() for home in homes_of(lines)}.union(
            *self.of.values()
        )

    def within(self, cases: Mapping[UUID, Case]) -> Behind:
        """Of a person those of each household; of a sitting its own."""
        states = {home: cases[home].situation for home in self.households}
        sat = {each: (own_of(each, lines, states),) for each, lines in self.held.items()}
        return sat | {each: tuple(states[home] for home in at) for each, at in self.of.items()}


def homes(connection: Connection[Any], streams: Collection[UUID]) -> Homes:
    keys, of = {f"member:{each}": each for each in streams}, dict[UUID, list[UUID]]()
    for home, key in fetch(connection, _HOMES, (list(keys),)):
        of.setdefault(keys[key], []).append(home)
    held = {each: lines for each, lines in lines_of(connection, streams).items() if lines}
    return Homes(of, held)


def behind(connection: Connection[Any], streams: Collection[UUID], today: date) -> Behind:
    found = homes(connection, streams)
    return found.within(cases(connection, sorted(found.households), today))
