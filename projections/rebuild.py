"""Rebuilding (作り直し): new tables beside the old ones, swapped while writes go on."""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import Connection

from domain.ledger.datastore import Datastore
from projections import places
from projections.applying import Applying
from projections.page import Followed, read_page
from projections.projection import Projection
from projections.table import NEXT, SCHEMA

Progress = Callable[[int, int], None]
"""Called with the position reached and the head of the log."""

_ATTEMPTS, _CLOSE = 20, 2000
_SESSION = "SET LOCAL synchronous_commit = off"
_ALONE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 7363837276)) AS alone"


class BeingRebuilt(Exception):
    """Somebody else is rebuilding this projection just now."""


class Rebuild:
    """Readers see the old rows until the swap and the new ones after it, never half a table."""

    def __init__(
        self, datastore: Datastore, ledger: Followed, projection: Projection, *, batch: int = 5000
    ) -> None:
        self.datastore = datastore
        self.ledger = ledger
        self.projection = projection
        self.batch = batch
        self.name = projection.name + NEXT

    def run(self, progress: Progress = lambda _reached, _head: None) -> None:
        with self.datastore.fresh() as connection:
            alone = connection.execute(_ALONE, (self.projection.name,)).fetchone()
            if alone is None or alone[0] is not True:
                raise BeingRebuilt(self.projection.name)
            self._start(connection)
            reached, head = 0, self.ledger.head()
            while head - reached > _CLOSE:
                with connection.transaction():
                    reached = self._advance(connection, reached)
                progress(reached, head)
                head = self.ledger.head()
            self._swap_when_free(connection, reached)
            progress(head, head)

    def _start(self, connection: Connection[Any]) -> None:
        with connection.transaction():
            for table in self.projection.tables:
                connection.execute(f"DROP TABLE IF EXISTS {SCHEMA}.{table.name}{NEXT}")
            places.discard(connection, self.name)
            places.create(connection, self.projection, NEXT)

    def _advance(self, connection: Connection[Any], after: int) -> int:
        """Apply one page to the tables under construction; where they stand then."""
        connection.execute(_SESSION)
        page = read_page(self.ledger, after, self.batch)
        if page.last == after:
            return after
        applying = Applying(connection, self.projection, self.ledger, NEXT)
        aside = places.aside(connection, [self.name])
        applying.aside = {stream: at for _, stream, at in aside}
        try:
            with connection.transaction(), connection.pipeline():
                applying.apply(page)
        except psycopg.DataError:
            applying.apply_one_by_one(page)
        places.move(connection, {self.name: page.last})
        return page.last

    def _swap_when_free(self, connection: Connection[Any], reached: int) -> None:
        """A long query may be in the way of the swap: make room for others, then try again."""
        for attempt in range(_ATTEMPTS):
            try:
                with connection.transaction():
                    connection.execute("SET LOCAL lock_timeout = '2s'")
                    self._swap(connection, reached)
            except psycopg.errors.LockNotAvailable:
                time.sleep(0.05 * attempt)
            else:
                return
        raise BeingRebuilt(self.projection.name)

    def _swap(self, connection: Connection[Any], reached: int) -> None:
        """With the place locked nobody moves the old tables; what is missing is applied first."""
        query = "SELECT position FROM projections.places WHERE name = %s FOR UPDATE"
        live = connection.execute(query, (self.projection.name,)).fetchone()
        while live is not None and reached < live[0]:
            reached = self._advance(connection, reached)
        for table in self.projection.tables:
            old, new = f"{SCHEMA}.{table.name}", f"{SCHEMA}.{table.name}{NEXT}"
            connection.execute(f"DROP TABLE IF EXISTS {old}")
            connection.execute(f"ALTER TABLE {new} RENAME TO {table.name}")
        places.take_over(connection, self.name, self.projection.name)
        places.move(connection, {self.projection.name: reached})
