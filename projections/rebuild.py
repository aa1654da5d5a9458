"""Rebuilding (作り直し): new tables beside the old ones, swapped while writes go on.

Where a rebuild stands is kept with its rows, so that one that was killed goes on from there.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection

from domain.ledger.datastore import Datastore
from domain.ledger.garbage import uncollected
from projections import comparisons, places
from projections.applying import Applying
from projections.page import Followed, Page, Pages
from projections.projection import Projection
from projections.table import LIVE, NEXT
from projections.written_by import code

Put = tuple[str, UUID, int]
Progress = Callable[[int, int], None]
"""Called with the position reached and the head of the log."""

_ATTEMPTS = 20
PATIENCE = 5.0
"""Seconds to wait for another rebuild to end; one that was killed lives on for a moment."""
_SESSION = "SET LOCAL synchronous_commit = off"
_ALONE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 7363837276)) AS alone"
_LET_GO = "SELECT pg_advisory_unlock(hashtextextended(%s, 7363837276))"
_LIVE = "SELECT position FROM projections.places WHERE name = ANY (%s) ORDER BY name FOR UPDATE"


class BeingRebuilt(Exception):
    """Somebody else is rebuilding this projection just now."""


class StillRead(Exception):
    """The new tables are there, but somebody does not stop reading the old ones."""


@contextmanager
def alone(
    connection: Connection[Any], *names: str, patience: float | None = None
) -> Iterator[None]:
    """Nobody else rebuilds these as long as this lasts and the connection lives."""
    deadline = time.monotonic() + (PATIENCE if patience is None else patience)
    with ExitStack() as held:
        for name in sorted(names):
            while connection.execute(_ALONE, (name,)).fetchone() != (True,):
                if time.monotonic() > deadline:
                    raise BeingRebuilt(name)
                time.sleep(0.1)
            held.callback(_let_go, connection, name)
        yield


def _let_go(connection: Connection[Any], name: str) -> None:
    """At once: the server notices only in its own time that a connection was closed."""
    with suppress(psycopg.Error):  # one that is broken has let go by itself
        connection.execute(_LET_GO, (name,))


class Rebuild:
    """Readers see the old rows until the swap and the new ones after it, never half a table.

    What is rebuilt together is read once, and swapped in one transaction.
    """

    def __init__(
        self,
        datastore: Datastore,
        ledger: Followed,
        *projections: Projection,
        batch: int = 2000,
    ) -> None:
        self.datastore = datastore
        self.ledger = ledger
        self.projections = {projection.name + NEXT.suffix: projection for projection in projections}
        self.batch = batch
        self._pages = Pages(ledger)

    def run(
        self,
        progress: Progress = lambda _reached, _head: None,
        *,
        afresh: bool = False,
        patience: float | None = None,
    ) -> None:
        """Go on with what this very code began; from the beginning otherwise, or `afresh`."""
        names = [projection.name for projection in self.projections.values()]
        with (
            self.datastore.fresh() as connection,
            alone(connection, *names, patience=patience),
            uncollected(),
        ):
            self._begin(connection, afresh=afresh)
            reached, head = self._reached(connection), self.ledger.head()
            progress(reached, head)
            while head - reached > self.batch:
                with connection.transaction():
                    reached = self._advance(connection)
                head = self.ledger.head()
                progress(reached, head)
            self._swap_when_free(connection)
            progress(head, head)

    def _begin(self, connection: Connection[Any], *, afresh: bool) -> None:
        with connection.transaction():
            for projection in self.projections.values():
                if afresh or places.begun_by(connection, projection, NEXT) != code():
                    places.begin(connection, projection, NEXT, code())

    def _standing(self, connection: Connection[Any]) -> dict[str, int]:
        known = places.positions(connection)
        return {name: known[name] for name in self.projections}

    def _reached(self, connection: Connection[Any]) -> int:
        return min(self._standing(connection).values())

    def _advance(self, connection: Connection[Any]) -> int:
        """Apply one page to the tables that are furthest behind; where all of them stand then."""
        connection.execute(_SESSION)
        standing = self._standing(connection)
        first = min(standing.values())
        page = self._pages.after(first, self.batch).until(places.meeting(standing))
        group = [name for name, position in standing.items() if position == first]
        if page.last > first:
            self._apply(connection, group, page)
            places.move(connection, dict.fromkeys(group, page.last))
        return self._reached(connection)

    def _apply(self, connection: Connection[Any], group: list[str], page: Page) -> None:
        put = places.aside(connection, group)
        try:
            with connection.transaction(), connection.pipeline():
                for name in group:
                    self._applying(connection, name, put).apply(page)
                self._pages.read_on(page, self.batch)
        except psycopg.DataError:
            for name in group:
                self._applying(connection, name, put).apply_one_by_one(page)

    def _applying(self, connection: Connection[Any], name: str, put: list[Put]) -> Applying:
        applying = Applying(connection, self.projections[name], self.ledger, NEXT)
        applying.aside = {stream: at for of, stream, at in put if of == name}
        return applying

    def _swap_when_free(self, connection: Connection[Any]) -> None:
        """A long query may be in the way of the swap: make room for others, then try again."""
        for attempt in range(_ATTEMPTS):
            try:
                with connection.transaction():
                    connection.execute("SET LOCAL lock_timeout = '2s'")
                    self._swap(connection)
            except psycopg.errors.LockNotAvailable:
                time.sleep(0.05 * attempt)
            else:
                return
        raise StillRead(*(projection.name for projection in self.projections.values()))

    def _swap(self, connection: Connection[Any]) -> None:
        """With their places locked nobody moves the old tables; then what is missing is applied."""
        names = [projection.name for projection in self.projections.values()]
        live = max((at for (at,) in connection.execute(_LIVE, (names,)).fetchall()), default=0)
        reached = self._reached(connection)
        while reached < live:
            reached = self._advance(connection)
        standing = self._standing(connection)
        for name, projection in self.projections.items():
            for table in projection.tables:
                connection.execute(f"DROP TABLE IF EXISTS {LIVE.of(table.name)}")
                connection.execute(f"ALTER TABLE {NEXT.of(table.name)} RENAME TO {table.name}")
            places.take_over(connection, name, projection.name)
        comparisons.replaced(connection, names)
        places.move(connection, dict(zip(names, standing.values(), strict=True)))
