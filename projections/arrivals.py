"""Arrivals (到着): waiting until the tables say what was just written, told by notification."""

import time
from collections.abc import Iterable
from contextlib import suppress
from threading import Condition, Event, Thread
from typing import Any

import psycopg
from psycopg import Connection

from domain.ledger import LedgerUnavailable
from domain.ledger.datastore import Datastore
from projections import places

_TURN = 1.0


class Arrivals:
    """One listening connection per process, however many readers wait."""

    def __init__(self, datastore: Datastore) -> None:
        self._datastore = datastore
        self._reached: dict[str, int] = {}
        self._news = Condition()
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="arrivals", daemon=True)

    def start(self) -> "Arrivals":
        self._thread.start()
        return self

    def close(self) -> None:
        self._stopping.set()
        self._thread.join()

    def wait_for(self, position: int, names: Iterable[str], timeout: float) -> bool:
        """Whether all of these projections have come as far before so many seconds were over."""
        wanted = tuple(names)
        with self._news:
            return self._news.wait_for(lambda: self._there(position, wanted), timeout)

    def reached(self, names: Iterable[str]) -> int:
        """The position up to which all of these projections have come."""
        with self._news:
            return min((self._reached.get(name, 0) for name in names), default=0)

    def _there(self, position: int, names: tuple[str, ...]) -> bool:
        return all(self._reached.get(name, 0) >= position for name in names)

    def _run(self) -> None:
        while not self._stopping.is_set():
            with (
                suppress(psycopg.Error, LedgerUnavailable),
                self._datastore.fresh() as connection,
            ):
                self._listen(connection)
            self._forget()
            time.sleep(0 if self._stopping.is_set() else 0.1)

    def _listen(self, connection: Connection[Any]) -> None:
        connection.execute(f"LISTEN {places.CHANNEL}")
        self._arrived(places.positions(connection))
        while not self._stopping.is_set():
            for said in connection.notifies(timeout=_TURN, stop_after=1):
                self._arrived(_parsed(said.payload))

    def _forget(self) -> None:
        """A server that died may have lost of the tables what was not on its disk: until they are
        heard of again, nothing is there.
        """
        with self._news:
            self._reached.clear()

    def _arrived(self, reached: dict[str, int]) -> None:
        with self._news:
            self._reached.update(reached)
            self._news.notify_all()


def _parsed(said: str) -> dict[str, int]:
    pairs = (part.rpartition(":") for part in said.split(","))
    return {name: int(position) for name, _, position in pairs}
