"""The recorder: the library's PostgreSQL recorder with our append in place of its own.

One call of `ledger.append` per batch, in one round trip and one transaction, under an advisory
lock. The library's own way (`LOCK TABLE`, `NOTIFY` inside the transaction, ten blind retries)
cancels autovacuum, serialises commits and takes a lost answer for a conflict.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg.rows import tuple_row

from domain.ledger.batch import (
    Answer,
    CommandRow,
    FactRow,
    Kept,
    Unit,
    columns,
    shared_out,
)
from domain.ledger.bell import Bell
from domain.ledger.datastore import LOST, Datastore
from domain.ledger.failures import LedgerUnavailable, OutcomeUnknown
from domain.ledger.group import GroupCommit
from domain.ledger.wire import AnswerLost, append

_SINCE = """
    SELECT f.originator_id, f.originator_version, f.topic, f.state, f.notification_id,
        f.recorded_at, f.command_id
    FROM unnest(%s::uuid[], %s::bigint[]) s (id, version)
    JOIN ledger.facts f ON f.originator_id = s.id AND f.originator_version >= s.version
    ORDER BY f.originator_id, f.originator_version
"""
_PAGE = """
    SELECT originator_id, originator_version, topic, state, notification_id, recorded_at, command_id
    FROM ledger.facts WHERE notification_id > %s ORDER BY notification_id LIMIT %s
"""
_COMMAND = "SELECT * FROM ledger.first_outcome(%s)"
_REFUSE = "SELECT ledger.refuse(%s, %s, %s)"
_LAST = "SELECT recorded_at FROM ledger.facts ORDER BY notification_id DESC LIMIT 1"
_HEAD = "SELECT max(notification_id) FROM ledger.facts"
_NEVER = datetime.min.replace(tzinfo=UTC)
StoredRow = tuple[UUID, int, str, bytes, int, Any, UUID | None]


class LedgerRecorder(PostgresApplicationRecorder):
    """Appends in groups, exactly once per command id, in an order that no reader can miss."""

    datastore: Datastore

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore, events_table_name="facts")
        self._group = GroupCommit(self._write)
        self._bell = Bell(datastore)
        self.demonstration = bool(self._select("SELECT ledger.is_demonstration()", ())[0][0])

    def create_table(self) -> None:
        """Refused: the schema is made by `setai migrate` alone."""
        raise NotImplementedError

    def append(self, unit: Unit) -> Answer:
        return self._group.save(unit)

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """The library's way in: facts without a command, their versions as given."""
        facts = [
            FactRow(UUID(str(e.originator_id)), e.originator_version, e.topic, e.state)
            for e in stored_events
        ]
        if not facts:
            return None
        unit = Unit([CommandRow(None, b"", "", None, "{}", None, len(facts))], facts)
        last = self.append(unit).kept[0].position or 0
        return list(range(last - len(facts) + 1, last + 1))

    def _write(self, units: list[Unit]) -> list[Answer | Exception]:
        """One transaction for all; one by one when the database refuses them together."""
        try:
            answers = self._once_or_asked_again(units)
        except (LedgerUnavailable, OutcomeUnknown) as failure:
            return [type(failure)(*failure.args) for _ in units]
        except LOST as busy:
            return [LedgerUnavailable(str(busy)) for _ in units]
        except psycopg.Error as error:
            if len(units) > 1:
                return [answer for unit in units for answer in self._write([unit])]
            return [_translated(error)]
        self._bell.ring()
        return list(answers)

    def _once_or_asked_again(self, units: list[Unit]) -> list[Answer]:
        """When the answer is lost, ask once more on a fresh connection under the same command ids.

        What had been committed answers as it did the first time, what had not is recorded now:
        the command id lets nothing happen twice. Without one the outcome stays unknown.
        """
        try:
            with self.datastore.session() as connection:
                return self._call(connection, units)
        except AnswerLost as lost:
            if not all(command.id for unit in units for command in unit.commands):
                raise OutcomeUnknown from lost
        self.datastore.recover()
        try:
            with self.datastore.fresh() as connection:
                return self._call(connection, units)
        except (*LOST, LedgerUnavailable) as lost:
            raise OutcomeUnknown from lost

    def _call(self, connection: psycopg.Connection[Any], units: list[Unit]) -> list[Answer]:
        with _warned(connection):
            return shared_out(units, append(connection, columns(units)))

    def since(self, versions: Iterable[tuple[UUID, int]]) -> list[StoredRow]:
        """The facts of several streams from a version on (that one included), in one round trip."""
        ids, froms = zip(*versions, strict=True)
        return self._select(_SINCE, (list(ids), list(froms)))

    def page(self, after: int, limit: int) -> list[StoredRow]:
        return self._select(_PAGE, (after, limit))

    def command(self, command_id: UUID) -> Kept | None:
        rows = self._select(_COMMAND, (command_id,))
        return Kept(*rows[0]) if rows else None

    def refuse(self, command_id: UUID, command: str, code: str) -> None:
        """Remember a refusal if possible; the refusal itself must reach its reader in any case."""
        with suppress(LedgerUnavailable, psycopg.Error):
            self._select(_REFUSE, (command_id, command, code))

    def last_recorded_at(self) -> datetime:
        """When the last fact was recorded; the beginning of time in an empty log."""
        rows = self._select(_LAST, ())
        return rows[0][0] if rows else _NEVER

    def max_notification_id(self) -> int | None:
        """Answered or given up like everything else; the library would try for most of a minute."""
        return self._select(_HEAD, ())[0][0]  # type: ignore[no-any-return]

    def position_at(self, known_at: datetime) -> int:
        return int(self._select("SELECT ledger.position_at(%s)", (known_at,))[0][0])

    def _select(self, query: str, parameters: Sequence[object]) -> list[Any]:
        def select(connection: psycopg.Connection[Any]) -> list[Any]:
            with (
                _warned(connection),
                connection.cursor(binary=True, row_factory=tuple_row) as cursor,
            ):
                return cursor.execute(query, parameters, prepare=True).fetchall()

        return self.datastore.read(select)

    def close(self) -> None:
        self._bell.close()
        self.datastore.close()


def _translated(error: psycopg.Error) -> Exception:
    if isinstance(error, psycopg.IntegrityError):
        return IntegrityError(str(error))
    return error


@contextmanager
def _warned(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """A warning is a cancelled wait for the standby: committed here, perhaps nowhere else."""
    warnings: list[psycopg.errors.Diagnostic] = []
    connection.add_notice_handler(warnings.append)
    try:
        yield
    finally:
        connection.remove_notice_handler(warnings.append)
    if warnings:
        raise OutcomeUnknown
