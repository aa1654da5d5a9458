"""The 閲覧簿: the application that writes down every read before a word of it is unsealed."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.application import Application
from eventsourcing.persistence import PersistenceError
from eventsourcing.utils import Environment

from domain.events.base import Fact
from domain.events.viewing import VIEWINGS, Viewing, days_book
from domain.ledger.append_only import StoredRow
from domain.ledger.book import BookRecorder, Line
from domain.ledger.datastore import Datastore
from domain.ledger.failures import LedgerUnavailable, OutcomeUnknown, ReceiptsUnavailable
from domain.ledger.mapper import FactMapper
from domain.ledger.receipt import Receipt
from domain.ledger.sealing import ClearOpener, ClearSealer, Opener, Sealer
from domain.recorded import Recorded
from domain.values import JST, Author

_CATALOGUE = cast("Mapping[str, type[Fact]]", VIEWINGS)
"""The mapper asks nothing of a fact but that pydantic reads and writes it."""
_LENGTH = 8


class Receipts(Application[UUID]):
    """One stream per staff member and Japanese day, in a database of its own."""

    name = "receipts"
    mapper: FactMapper
    recorder: BookRecorder

    def __init__(
        self, datastore: Datastore, sealer: Sealer | None = None, opener: Opener | None = None
    ) -> None:
        self.datastore = datastore
        self._sealer = sealer or ClearSealer()
        self.__opener = opener or ClearOpener()
        self.written = 0
        """The last position this process has written, for whoever waits until it can be read."""
        super().__init__()

    def construct_env(self, name: str, env: Any = None) -> Environment:
        """How the book is kept is said here; the environment has no say in it."""
        del env
        return Environment(name, {})

    def construct_mapper(self) -> FactMapper:
        return FactMapper(self._sealer, _CATALOGUE, {}, numbered=False)

    def construct_recorder(self) -> BookRecorder:
        return BookRecorder(self.datastore)

    def commit(self, author: Author, viewing: Viewing, at: datetime | None = None) -> Receipt:
        """Write a line; it is on the disk when this returns, else ReceiptsUnavailable.

        `at` is the reader's time, which tells the day; the line is dated by the database, save in
        a demonstration, whose clock is given.
        """
        day = (at or datetime.now(UTC)).astimezone(JST).date()
        stream = days_book(author.staff, day)
        state = self.mapper.encode(self.mapper.envelope(author), stream, 0, cast("Fact", viewing))
        clock = at if self.recorder.demonstration else None
        line = Line(stream, None, type(viewing).__name__, state, clock)
        try:
            (written,) = self.recorder.append(line)
        except (psycopg.Error, PersistenceError, OutcomeUnknown) as failed:
            raise ReceiptsUnavailable from failed
        self.written = max(self.written, written.position)
        return Receipt(stream, written, viewing, self.__opener)

    def digest_of(self, items: Iterable[bytes]) -> str:
        """A keyed digest of what is about to be served: the sealed JSON of each item, in order."""
        return digest_of(self._sealer, items)

    def destroyed(self, after: int) -> tuple[int, frozenset[UUID]]:
        """Whose keys were destroyed since that number, and the number to go on from: whoever keeps
        in memory what a receipt opened lets go of it.
        """
        return self.__opener.destroyed(after)

    def page(self, after: int, limit: int) -> list[StoredRow]:
        """The lines behind a position as they are stored, for whoever may read the book."""
        return self.recorder.page(after, limit)

    def history(self, stream: UUID, *, until: int | None = None) -> list[Recorded]:
        """What one staff member read on one day."""
        return [self.mapper.decode(row) for row in self.recorder.history(stream, until)]

    def head(self) -> int:
        """Where the book ends, whoever wrote it; ReceiptsUnavailable where it cannot be asked."""
        try:
            return self.recorder.max_notification_id() or 0
        except LedgerUnavailable as unreachable:
            raise ReceiptsUnavailable from unreachable

    def close(self) -> None:
        super().close()
        with suppress(AttributeError):  # the library closes also what was never opened
            self.recorder.close()


def digest_of(sealer: Sealer, items: Iterable[bytes]) -> str:
    """Keyed by the sealer, so that nobody can try out guesses; each item with its length, so that
    none can pass for two.
    """
    return sealer.digest(b"".join(len(item).to_bytes(_LENGTH) + item for item in items)).hex()
