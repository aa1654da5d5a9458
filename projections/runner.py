"""The runner (反映係): carries the log into the tables, exactly once, through whatever breaks."""

import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from threading import Event, Thread
from typing import Any

import psycopg
from psycopg import Connection

from domain.ledger import LedgerUnavailable, listening
from domain.ledger.datastore import Datastore
from domain.ledger.garbage import uncollected
from projections import places
from projections.applying import Applying, Standstill, Way, tell
from projections.page import Followed, Page, Pages
from projections.projection import Projection

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_SESSION = """
    SET LOCAL synchronous_commit = off;
    SET LOCAL idle_in_transaction_session_timeout = '60s'
"""


class Runner:
    """Any number of runners may work on one database: a row lock on each place lets one move it.

    What is lost when the server dies before its disk was written is applied again, for a place and
    its rows are written in one transaction; so nothing waits for the disk.

    `bell` is where the log says that it has grown, unless that is where the tables are.
    """

    def __init__(  # noqa: PLR0913 - two databases, and how fast
        self,
        datastore: Datastore,
        ledger: Followed,
        projections: Sequence[Projection],
        *,
        bell: Datastore | None = None,
        batch: int = 2000,
        poll: float = 2.0,
    ) -> None:
        self.datastore = datastore
        self.ledger = ledger
        self.projections = {projection.name: projection for projection in projections}
        self.batch = batch
        self.poll = poll
        self._bell = bell or datastore
        self._retry_at: dict[str, float] = {}
        self._stopping = Event()
        self._rung = Event()
        self._pages = Pages(ledger)

    def prepare(self) -> list[str]:
        """Create the tables that are missing; the projections that have to be rebuilt."""
        with self.datastore.fresh() as connection:
            return places.prepare(connection, self.projections.values())

    def run(self) -> None:
        """Work until stopped; errors are noted and retried, for nobody else is there to do so."""
        Thread(target=self._listen, name="listening", daemon=True).start()
        pause = _FIRST_PAUSE
        while not self._stopping.is_set():
            try:
                self.catch_up()
                self._rest()
                pause = _FIRST_PAUSE
            except Exception as failed:  # noqa: BLE001 - whatever it is, it is noted and tried again
                self._note(list(self.projections), failed)
                self.datastore.recover()
                self._stopping.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    def stop(self) -> None:
        self._stopping.set()
        self._rung.set()

    def catch_up(self) -> None:
        """Apply all there is and return: for tests, stories and the command line."""
        with uncollected():
            while self.step() and not self._stopping.is_set():
                pass

    def step(self) -> int:
        """Apply one page to the projections that are furthest behind; how many facts it had."""
        try:
            return self._step(Applying.apply)
        except psycopg.DataError:
            return self._step(Applying.apply_one_by_one)

    def _step(self, way: Way) -> int:
        held: list[Standstill] = []
        with self.datastore.session() as connection, connection.transaction():
            connection.execute(_SESSION)
            claimed = places.claim(connection, self._wanted())
            if not claimed:
                return 0
            first = min(claimed.values())
            group = [name for name, position in claimed.items() if position == first]
            page = self._pages.after(first, self.batch).until(places.meeting(claimed))
            if page.last > first:
                held = self._apply(connection, group, page, way)
            else:
                places.note_well(connection, group)
        for stopped in held:
            self._hold(stopped)
        return page.last - first

    def _apply(
        self, connection: Connection[Any], group: list[str], page: Page, way: Way
    ) -> list[Standstill]:
        aside = places.aside(connection, group)
        reached, held = {}, []
        with connection.pipeline() if way is Applying.apply else nullcontext():
            for name in group:
                applying = Applying(connection, self.projections[name], self.ledger)
                applying.aside = {stream: at for of, stream, at in aside if of == name}
                reached[name], stopped = tell(applying, page, way)
                held += [stopped] if stopped else []
            places.move(connection, reached)
            self._pages.read_on(page, self.batch)
        return held

    def _wanted(self) -> dict[str, int]:
        now = time.monotonic()
        return {
            name: projection.shape
            for name, projection in self.projections.items()
            if self._retry_at.get(name, 0) <= now
        }

    def _hold(self, stopped: Standstill) -> None:
        """The others go on without the one that stands still; it is tried again later."""
        self._retry_at[stopped.name] = time.monotonic() + _LONGEST_PAUSE
        self._note([stopped.name], stopped)

    def _note(self, names: list[str], failed: Exception) -> None:
        with (
            suppress(psycopg.Error, LedgerUnavailable),
            self.datastore.session() as connection,
        ):
            places.note_error(connection, names, f"{type(failed).__name__}: {failed}")

    def _rest(self) -> None:
        self._rung.wait(self.poll)
        self._rung.clear()

    def _listen(self) -> None:
        while not self._stopping.is_set():
            with (
                suppress(psycopg.Error, LedgerUnavailable),
                listening(self._bell) as bell,
            ):
                self._rung.set()
                while not self._stopping.is_set():
                    if bell.wait(self.poll):
                        self._rung.set()
            self._stopping.wait(_FIRST_PAUSE)
