"""The commands as kept (依頼の控え): what was asked, by whom and with what outcome; no text."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg.rows import tuple_row

from domain.ledger.datastore import Datastore

_EVERY = """
    SELECT command_id, type, NULL, clear, coalesce(position, ledger.position_at(recorded_at)) AS at,
        position IS NOT NULL AS recorded, recorded_at
    FROM ledger.commands
    UNION ALL
    SELECT command_id, type, code, clear, coalesce(position, 0), false, refused_at
    FROM ledger.refusals
    ORDER BY at, recorded DESC, recorded_at, command_id
"""
_COUNT = "SELECT (SELECT count(*) FROM ledger.commands) + (SELECT count(*) FROM ledger.refusals)"
_AT_ONCE = 2000


class Asked(NamedTuple):
    """`code` is that of a refusal; `position` the last fact it brought about, or the last there was
    when it was decided.
    """

    id: UUID
    type: str
    code: str | None
    clear: Mapping[str, Any] | None
    position: int
    recorded: bool
    at: datetime


def every_command(datastore: Datastore) -> Iterator[Asked]:
    """In the order of the log, as they stand now; read bit by bit, for there may be a million."""
    with (
        datastore.fresh() as connection,
        connection.transaction(),
        connection.cursor("asked", row_factory=tuple_row) as cursor,
    ):
        cursor.itersize = _AT_ONCE
        for row in cursor.execute(_EVERY):
            yield Asked(*row)


def count_commands(datastore: Datastore) -> int:
    with datastore.fresh() as connection:
        [(count,)] = connection.execute(_COUNT).fetchall()
    return int(count)
