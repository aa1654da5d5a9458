"""The recorder of the 閲覧簿: lines are written in groups, their versions given by the database.

One call of `receipts.record` per batch, in one round trip and one transaction. What is not known
to be written counts as not written: nothing is shown then, and a line without a showing is
harmless.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg.rows import tuple_row

from domain.ledger.append_only import AppendOnly, translated, warned
from domain.ledger.datastore import LOST, Datastore
from domain.ledger.failures import LedgerUnavailable, OutcomeUnknown, ReceiptsUnavailable
from domain.ledger.group import GroupCommit

_RECORD = """
    SELECT version, place, at FROM receipts.record(
        %b::uuid[], %b::bigint[], %b::text[], %b::bytea[], %b::timestamptz[])
"""
_DEMONSTRATION = "SELECT value = 'yes' FROM receipts.meta WHERE key = 'demonstration'"


class Line(NamedTuple):
    """A line of the book to be; a version only where a copy is put back."""

    stream: UUID
    version: int | None
    topic: str
    state: bytes
    clock: datetime | None = None


class Written(NamedTuple):
    version: int
    position: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Lines:
    """What one reader waits for: written whole or not at all."""

    lines: tuple[Line, ...]

    @property
    def writes(self) -> AbstractSet[UUID]:
        """Nothing that others may not touch at once: every line finds its own version."""
        return frozenset()

    @property
    def reads(self) -> AbstractSet[UUID]:
        return frozenset()


class BookRecorder(AppendOnly):
    """Appends whatever several panels of one staff member show at once, without a conflict."""

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore, "viewings")
        self._head = "SELECT receipts.head()"
        self._group: GroupCommit[Lines, list[Written]] = GroupCommit(self._write)
        self.demonstration = bool(self.select(_DEMONSTRATION, ())[0][0])

    def append(self, *lines: Line) -> list[Written]:
        """Durable when it returns; ReceiptsUnavailable when that is not certain."""
        return self._group.save(Lines(lines))

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """The library's way in, open to the owner alone: lines with the versions they had."""
        if not stored_events:
            return None
        lines = [
            Line(UUID(str(e.originator_id)), e.originator_version, e.topic, e.state)
            for e in stored_events
        ]
        return [written.position for written in self.append(*lines)]

    def _write(self, waiting: list[Lines]) -> list[list[Written] | Exception]:
        """One transaction for all; one by one when the database refuses them together."""
        try:
            written = iter(self._written([line for each in waiting for line in each.lines]))
        except (LedgerUnavailable, OutcomeUnknown, *LOST):
            self.datastore.recover()
            return [ReceiptsUnavailable() for _ in waiting]
        except psycopg.Error as error:
            if len(waiting) > 1:
                return list(chain.from_iterable(self._write([each]) for each in waiting))
            return [translated(error)]
        self._bell.ring()
        return [list(islice(written, len(each.lines))) for each in waiting]

    def _written(self, lines: list[Line]) -> list[Written]:
        columns = [list(column) for column in zip(*lines, strict=True)]
        with (
            self.datastore.session() as connection,
            warned(connection),
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            rows = cursor.execute(_RECORD, columns, prepare=True).fetchall()
        return [Written(*row) for row in rows]
