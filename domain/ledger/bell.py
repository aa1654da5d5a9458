"""The bell (呼び鈴): tells readers that the log has grown, outside every append."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

import psycopg

from domain.ledger.datastore import Datastore
from domain.ledger.failures import LedgerUnavailable

CHANNEL = "facts"
_PAUSE = 0.01


class Bell:
    """Rings once for many appends, from a thread of its own, so that no answer waits for it.

    NOTIFY inside the append would hold a lock of the whole database until the disk has answered.
    A ring that is lost is made up for by the next one, and by readers that look now and then.
    """

    def __init__(self, datastore: Datastore) -> None:
        self._datastore = datastore
        self._wanted = Event()
        self._closing = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def ring(self) -> None:
        if not self._wanted.is_set():
            self._wanted.set()
        if self._thread is None:
            self._start()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._wanted.wait() and not self._closing.is_set():
            with suppress(psycopg.Error, LedgerUnavailable), self._datastore.fresh() as session:
                session.execute("SET synchronous_commit = off")
                self._ring_on(session)

    def _ring_on(self, session: psycopg.Connection[tuple[object, ...]]) -> None:
        while self._wanted.wait() and not self._closing.is_set():
            self._wanted.clear()
            session.execute(f"NOTIFY {CHANNEL}")
            self._closing.wait(_PAUSE)

    def close(self) -> None:
        self._closing.set()
        self._wanted.set()
        if self._thread:
            self._thread.join()


class Listener:
    """Hears the bell, on a connection of its own."""

    def __init__(self, session: psycopg.Connection[tuple[object, ...]]) -> None:
        self._session = session

    def wait(self, seconds: float) -> bool:
        """Whether the bell rang before so many seconds were over."""
        return any(True for _ in self._session.notifies(timeout=seconds, stop_after=1))


@contextmanager
def listening(datastore: Datastore) -> Iterator[Listener]:
    """From here on no ring is missed; LedgerUnavailable while there is no server."""
    with datastore.fresh() as session:
        session.execute(f"LISTEN {CHANNEL}")
        yield Listener(session)
