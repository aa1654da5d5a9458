"""突き合わせ: the live tables against those that the log comes to, at one and the same position.

Everything happens in one transaction that sees the live tables as they stood at its beginning and
is never committed: the scratch tables are PostgreSQL's own temporary ones, nobody else sees them,
and however it ends nothing of them is left. Writers and projectors go on meanwhile.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg import Connection, IsolationLevel

from domain.ledger.datastore import Datastore
from domain.ledger.garbage import uncollected
from projections import comparisons, places
from projections.applying import Applying
from projections.comparisons import Found
from projections.page import Followed, Page, Pages
from projections.projection import Projection
from projections.rebuild import alone
from projections.table import SCRATCH
from replays.comparing.differing import Difference, differing, put_aside

__all__ = ["Comparison", "Difference", "NotComparable", "compare"]

Progress = Callable[[int, int], None]
_MEMORY = "SET temp_buffers = '128MB'"


class NotComparable(Exception):
    """この表は今の版の形ではありません。先に作り直してください。"""


class Comparison(NamedTuple):
    """`differences` are the first of each stream, of so many streams at most."""

    name: str
    position: int
    streams: int
    differing: int
    differences: tuple[Difference, ...]

    @property
    def found(self) -> Found:
        first = self.differences[0] if self.differences else None
        place = first and f"{first.table}.{first.column or first.what}"
        counts = (self.name, self.position, self.streams, self.differing)
        return Found(*counts, first.stream if first else None, place)


def compare(
    datastore: Datastore,
    log: Followed,
    *projections: Projection,
    progress: Progress = lambda _reached, _head: None,
    most: int = 100,
    batch: int = 2000,
) -> list[Comparison]:
    """What differs, and the note of it that health shows."""
    names = [projection.name for projection in projections]
    with datastore.fresh() as connection, alone(connection, *names), uncollected():
        connection.execute(_MEMORY)
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction(force_rollback=True):
            scratch = _Scratch(connection, log, projections, batch)
            scratch.fill(progress)
            compared = [scratch.compared(projection, most) for projection in projections]
        connection.isolation_level = None
        with connection.transaction():
            comparisons.note(connection, [each.found for each in compared])
    return compared


class _Scratch:
    """The tables as the log makes them, up to where the live ones stand in this transaction."""

    def __init__(
        self,
        connection: Connection[Any],
        log: Followed,
        projections: Sequence[Projection],
        batch: int,
    ) -> None:
        self._connection, self._pages, self._batch = connection, Pages(log), batch
        self._standing = places.standing(connection)
        self._applying: dict[str, Applying] = {}
        for projection in projections:
            if self._standing.get(projection.name, (0, 0))[1] != projection.shape:
                raise NotComparable(projection.name)
            self._applying[projection.name] = Applying(connection, projection, log, SCRATCH)
            for table in projection.tables:
                connection.execute(table.create(SCRATCH)[0])

    def _position(self, name: str) -> int:
        return self._standing[name][0]

    def fill(self, progress: Progress) -> None:
        reached, head = 0, max(map(self._position, self._applying), default=0)
        progress(reached, head)
        while going := [name for name in self._applying if self._position(name) > reached]:
            nearest = min(map(self._position, going))
            page = self._pages.after(reached, self._batch).until(nearest)
            self._apply(going, page)
            reached = page.last
            progress(reached, head)

    def _apply(self, going: list[str], page: Page) -> None:
        try:
            with self._connection.transaction(), self._connection.pipeline():
                for name in going:
                    self._applying[name].apply(page)
                self._pages.read_on(page, self._batch)
        except psycopg.DataError:
            for name in going:
                self._applying[name].apply_one_by_one(page)

    def compared(self, projection: Projection, most: int) -> Comparison:
        """Household by household: digests first, then the rows of those that differ."""
        aside = put_aside(self._connection, projection.name, self._aside(projection.name))
        streams, count, found = 0, len(aside), list(aside.values())
        known = set(aside)
        for table in projection.tables:
            held, differ, first = differing(self._connection, table, known, most - len(found))
            streams, count, found = max(streams, held), count + differ, found + first
            known |= {each.stream for each in first}
        return Comparison(
            projection.name, self._position(projection.name), streams, count, tuple(found)
        )

    def _aside(self, name: str) -> dict[UUID, int]:
        return self._applying[name].aside
