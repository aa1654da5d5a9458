"""Comparisons (突き合わせの結果): what was found when tables were last compared with the log.

They stand beside the places: derived as the tables are, no household's facts, and kept also when
the API is down. A rebuild puts an end to what was found in the tables it replaces.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import tuple_row

TABLE = """
    CREATE TABLE IF NOT EXISTS projections.comparisons (
        name text NOT NULL, position bigint NOT NULL, streams bigint NOT NULL,
        differing bigint NOT NULL, stream uuid, place text,
        compared_at timestamptz NOT NULL DEFAULT clock_timestamp(), replaced_at timestamptz
    )
"""
_NOTE = """
    INSERT INTO projections.comparisons (name, position, streams, differing, stream, place)
    VALUES (%s, %s, %s, %s, %s, %s)
"""
_LAST = """
    SELECT DISTINCT ON (name) name, position, streams, differing, compared_at
    FROM projections.comparisons WHERE replaced_at IS NULL ORDER BY name, compared_at DESC
"""
_REPLACE = """
    UPDATE projections.comparisons SET replaced_at = clock_timestamp()
    WHERE name = ANY (%s) AND replaced_at IS NULL
"""


class Found(NamedTuple):
    """Of a projection at one position: of so many streams so many differ; the first, and where."""

    name: str
    position: int
    streams: int
    differing: int
    stream: UUID | None
    place: str | None


class Compared(NamedTuple):
    """The last comparison of tables that are still in use."""

    name: str
    position: int
    streams: int
    differing: int
    at: datetime


def note(connection: Connection, found: Iterable[Found]) -> None:
    for each in found:
        connection.execute(_NOTE, each)


def replaced(connection: Connection, names: list[str]) -> None:
    """What was found there no longer says anything about the tables that took their place."""
    connection.execute(_REPLACE, (names,))


def last(connection: Connection) -> dict[str, Compared]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return {row[0]: Compared(*row) for row in cursor.execute(_LAST).fetchall()}
