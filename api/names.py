"""名前の索引: read when the server starts, followed at each search, held in its memory alone."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any, ClassVar
from uuid import UUID

import psycopg
import structlog
from psycopg import Connection

from api.problems import UNAVAILABLE, Problem
from domain.events.viewing import SERVER, IndexBuilt
from domain.ledger import BrokenSeal, KeyDestroyed, Receipt, Receipts
from domain.ledger.datastore import Datastore
from domain.ledger.garbage import uncollected
from projections.identities import Identity, Told, changed_identities
from projections.names import Entry, NameIndex, entry
from projections.sought import Token

_AT_ONCE = 10_000
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
log = structlog.get_logger("setai.names")


class SearchNotReady(Problem):
    """名前でさがす準備をしています。少し待って、もう一度さがしてください。"""

    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "2"}


class Names:
    """The index of this process. Until it has been read once, nobody is found, and nobody waits."""

    def __init__(self, tables: Datastore, book: Receipts) -> None:
        self._tables, self._book = tables, book
        self._index = NameIndex()
        self._destroyed = 0
        self._lock = Lock()
        self._ready, self._stopping = Event(), Event()
        self._reading: Thread | None = None

    @property
    def ready(self) -> bool:
        return self._ready.is_set()

    def start(self) -> None:
        self._stopping.clear()
        self._reading = Thread(target=self._read_first, name="names", daemon=True)
        self._reading.start()

    def wait(self) -> None:
        """Until nobody has to be told to come again."""
        self._ready.wait()

    def close(self) -> None:
        self._stopping.set()
        if self._reading:
            self._reading.join()

    def find(
        self, connection: Connection[Any], tokens: Sequence[Token], at: datetime
    ) -> list[tuple[int, UUID]]:
        """Who may be meant, of all that the tables tell by now; for the gate to decide."""
        if not self.ready:
            raise SearchNotReady
        with self._lock:
            self._follow(connection, at)
            return self._index.find(tokens)

    def rank(
        self, person: UUID, tokens: Sequence[Token], readable: Callable[[Entry], bool]
    ) -> int | None:
        return self._index.rank(person, tokens, readable)

    def _read_first(self) -> None:
        """Again and again until there is something to read with: keys, receipts, tables."""
        begun, pause = time.perf_counter(), _FIRST_PAUSE
        while not self._stopping.is_set():
            with suppress(*UNAVAILABLE, psycopg.Error):
                self._tables.read(self._read_all)
                self._ready.set()
                log.info("names", ready=True, seconds=round(time.perf_counter() - begun, 2))
                return
            log.warning("names", ready=False)
            self._stopping.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _read_all(self, connection: Connection[Any]) -> None:
        with self._lock, uncollected():
            self._follow(connection, None)

    def _follow(self, connection: Connection[Any], at: datetime | None) -> None:
        """Whoever was recorded or changed since; each reading under a receipt of its own. Whose key
        was destroyed is forgotten, but for what was recorded anew.
        """
        index = self._index
        self._destroyed, gone = self._book.destroyed(self._destroyed)
        if gone:
            index.forget(gone)
        while changed := changed_identities(connection, after=index.position, limit=_AT_ONCE):
            if self._stopping.is_set():
                return
            receipt = self._receipt(changed, at)
            for each in changed:
                if each.told:
                    entries = tuple(_opened(each, receipt)) if receipt else ()
                    index.put(each.person, each.row, entries)
            index.position = changed[-1].position
        index.settle()

    def _receipt(self, changed: Sequence[Identity], at: datetime | None) -> Receipt | None:
        """None where there is nothing to open."""
        sealed = [(each, told) for each in changed for told in each.told if told.texts]
        if not sealed:
            return None
        persons = len({each.person for each, _ in sealed})
        built = IndexBuilt(view="names", position=changed[-1].position, persons=persons)
        receipt = self._book.commit(SERVER, built, at)
        receipt.prepare(told.texts[0][1] for _, told in sealed)  # one key opens all of a person's
        return receipt


def _opened(identity: Identity, receipt: Receipt) -> list[Entry]:
    found = [_entry(identity, told, receipt) for told in identity.told if told.texts]
    return [each for each in found if each]


def _entry(identity: Identity, told: Told, receipt: Receipt) -> Entry | None:
    """None where the key was destroyed, or what stands there is not what was sealed."""
    person = identity.person
    try:
        clear = receipt.open_all(told.texts, person, told.words, told.subjects)
    except KeyDestroyed:
        return None
    except BrokenSeal:
        log.error("names", broken=str(person), version=told.version)  # noqa: TRY400 - no text
        return None
    return entry(identity.row, told, clear)
