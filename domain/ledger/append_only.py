"""What the recorders of both logs have in common: a table that only grows, read in order."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import IntegrityError
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg.rows import tuple_row

from domain.ledger.bell import CHANNEL, Bell
from domain.ledger.datastore import Datastore
from domain.ledger.failures import OutcomeUnknown

_COLUMNS = "originator_id, originator_version, topic, state, notification_id, recorded_at"
_WARNING = "WARNING"
StoredRow = tuple[UUID, int, str, bytes, int, Any, UUID | None]


class AppendOnly(PostgresApplicationRecorder):
    """The library's recorder, reading without its retries; each log has its own way to append.

    `command` is the column of the command id, NULL where there is none.
    """

    datastore: Datastore

    def __init__(self, datastore: Datastore, table: str, command: str = "NULL::uuid") -> None:
        super().__init__(datastore, events_table_name=table)
        at, columns = f"{datastore.schema}.{table}", f"{_COLUMNS}, {command}"
        self._page = (
            f"SELECT {columns} FROM {at} WHERE notification_id > %s"  # noqa: S608 - our own names
            " ORDER BY notification_id LIMIT %s"
        )
        self._history = (
            f"SELECT {columns} FROM {at} WHERE originator_id = %s"  # noqa: S608 - our own names
            " AND notification_id <= %s ORDER BY originator_version"
        )
        self._by_stream = (
            f"SELECT {columns} FROM {at}"  # noqa: S608 - our own names
            " WHERE (originator_id, originator_version) > (%s, %s) AND notification_id <= %s"
            " ORDER BY originator_id, originator_version LIMIT %s"
        )
        self._of_kinds = (
            f"SELECT {columns} FROM {at} WHERE topic = ANY(%s)"  # noqa: S608 - our own names
            " AND notification_id <= %s ORDER BY notification_id"
        )
        self._histories = (
            f"SELECT {columns} FROM {at} WHERE originator_id = ANY (%s)"  # noqa: S608
            " AND (%s::text[] IS NULL OR topic = ANY (%s))"
            " ORDER BY originator_id, originator_version"
        )
        self._head = f"SELECT max(notification_id) FROM {at}"  # noqa: S608
        self.channel_name = CHANNEL
        self._bell = Bell(datastore)

    def create_table(self) -> None:
        """Refused: the schema is made by `setai migrate` alone."""
        raise NotImplementedError

    def history(self, stream: UUID, until: int | None = None) -> list[StoredRow]:
        """One stream, up to a position where one is given."""
        return self.select(self._history, (stream, sys.maxsize if until is None else until))

    def histories(
        self, streams: Sequence[UUID], topics: Sequence[str] | None = None
    ) -> list[StoredRow]:
        """Several streams in one round trip, one after the other; of some kinds of facts alone
        where they are named.
        """
        named = None if topics is None else list(topics)
        return self.select(self._histories, (list(streams), named, named))

    def page(self, after: int, limit: int) -> list[StoredRow]:
        return self.select(self._page, (after, limit))

    def by_stream(self, after: tuple[UUID, int], until: int, limit: int) -> list[StoredRow]:
        """The log stream by stream, up to a position, from a place on that is not included."""
        return self.select(self._by_stream, (*after, until, limit))

    def of_kinds(self, kinds: Sequence[str], until: int) -> list[StoredRow]:
        """Few facts from all over the log; nothing makes this quick."""
        return self.select(self._of_kinds, (list(kinds), until))

    def max_notification_id(self) -> int | None:
        """Answered or given up like everything else; the library would try for most of a minute."""
        return self.select(self._head, ())[0][0]  # type: ignore[no-any-return]

    def select(self, query: str, parameters: Sequence[object]) -> list[Any]:
        def selected(connection: psycopg.Connection[Any]) -> list[Any]:
            with (
                warned(connection),
                connection.cursor(binary=True, row_factory=tuple_row) as cursor,
            ):
                return cursor.execute(query, parameters, prepare=True).fetchall()

        return self.datastore.read(selected)

    def close(self) -> None:
        self._bell.close()
        self.datastore.close()


def translated(error: psycopg.Error) -> Exception:
    if isinstance(error, psycopg.IntegrityError):
        return IntegrityError(str(error))
    return error


@contextmanager
def warned(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """A warning is a cancelled wait for the standby: committed here, perhaps nowhere else.

    That the server ends a connection is told in the same way once all is answered; it is none.
    """
    told: list[str | None] = []

    def hear(said: psycopg.errors.Diagnostic) -> None:
        told.append(said.severity_nonlocalized)

    connection.add_notice_handler(hear)
    try:
        yield
    finally:
        connection.remove_notice_handler(hear)
    if _WARNING in told:
        raise OutcomeUnknown
