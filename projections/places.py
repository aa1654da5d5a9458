"""Places (位置): how far each projection has come, and which streams it had to put aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import tuple_row

from projections import comparisons
from projections.projection import Projection
from projections.table import LIVE, NEXT, Site

CHANNEL = "projections"
_REASON = 500
_NO_END = 2**62
_LOCK = "SELECT pg_advisory_xact_lock(7363837275)"
_TABLES = """
    CREATE TABLE IF NOT EXISTS projections.places (
        name text PRIMARY KEY, shape integer NOT NULL, position bigint NOT NULL DEFAULT 0,
        moved_at timestamptz NOT NULL DEFAULT clock_timestamp(), error text, erred_at timestamptz
    );
    CREATE TABLE IF NOT EXISTS projections.quarantine (
        name text, stream uuid, version bigint NOT NULL, position bigint NOT NULL,
        reason text NOT NULL, since timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (name, stream)
    );
    CREATE TABLE IF NOT EXISTS projections.building (name text PRIMARY KEY, code text NOT NULL)
"""
PUT_ASIDE = f"""
    SELECT stream, name AS key, '' AS told FROM projections.quarantine
    WHERE name NOT LIKE '%%{NEXT.suffix}'
"""  # noqa: S608 - our own names
"""The streams of which not everything could be told, in the form of rows."""
_MOVE = """
    UPDATE projections.places p SET position = n.position, moved_at = clock_timestamp(),
        error = CASE WHEN n.position > p.position THEN NULL ELSE p.error END
    FROM unnest(%s::text[], %s::bigint[]) n (name, position) WHERE p.name = n.name
"""


class Aside(NamedTuple):
    """A stream put aside (隔離) by one projection at the fact it could not tell."""

    name: str
    stream: UUID
    version: int
    position: int
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """How a projection is: `behind` counts facts, `aside` lists the streams it had to put aside."""

    name: str
    position: int
    behind: int
    moved_at: datetime
    aside: tuple[Aside, ...]
    error: str | None

    @property
    def building(self) -> bool:
        """Whether nobody reads it yet, because it is still being built."""
        return self.name.endswith(NEXT.suffix)


def prepare(connection: Connection[Any], projections: Iterable[Projection]) -> list[str]:
    """Create what is missing; the names of the projections whose tables have an older shape."""
    with connection.transaction():
        connection.execute(_LOCK)
        connection.execute(_TABLES)
        connection.execute(comparisons.TABLE)
        shapes = _shapes(connection)
        for projection in projections:
            if projection.name not in shapes:
                create(connection, projection)
    return [p.name for p in projections if shapes.get(p.name, p.shape) != p.shape]


def create(connection: Connection[Any], projection: Projection, site: Site = LIVE) -> None:
    """The tables of a projection, empty, and its place before the first fact."""
    for table in projection.tables:
        for statement in table.create(site):
            connection.execute(statement)
    name, shape = projection.name + site.suffix, projection.shape
    connection.execute(
        "INSERT INTO projections.places (name, shape) VALUES (%s, %s)", (name, shape)
    )


def discard(connection: Connection[Any], name: str) -> None:
    """Forget a place, and what was put aside there."""
    for table in ("places", "quarantine", "building"):
        connection.execute(f"DELETE FROM projections.{table} WHERE name = %s", (name,))  # noqa: S608


def take_over(connection: Connection[Any], old: str, new: str) -> None:
    """One place takes the name of another that is no more."""
    discard(connection, new)
    connection.execute("DELETE FROM projections.building WHERE name = %s", (old,))
    connection.execute("UPDATE projections.places SET name = %s WHERE name = %s", (new, old))
    connection.execute("UPDATE projections.quarantine SET name = %s WHERE name = %s", (new, old))


def begun_by(connection: Connection[Any], projection: Projection, site: Site) -> str | None:
    """The code that began to build such tables there; None when nobody has."""
    query = """
        SELECT b.code FROM projections.building b JOIN projections.places p USING (name)
        WHERE b.name = %s AND p.shape = %s
    """
    found = _all(connection, query, (projection.name + site.suffix, projection.shape))
    return found[0][0] if found else None


def begin(connection: Connection[Any], projection: Projection, site: Site, code: str) -> None:
    """Empty tables in place of what was begun before."""
    name = projection.name + site.suffix
    for table in projection.tables:
        connection.execute(f"DROP TABLE IF EXISTS {site.of(table.name)}")
    discard(connection, name)
    create(connection, projection, site)
    connection.execute("INSERT INTO projections.building VALUES (%s, %s)", (name, code))


def _shapes(connection: Connection[Any]) -> dict[str, int]:
    return dict(_all(connection, "SELECT name, shape FROM projections.places", ()))


def standing(connection: Connection[Any]) -> dict[str, tuple[int, int]]:
    """Of every projection where its tables stand, and of which shape they are."""
    rows = _all(connection, "SELECT name, position, shape FROM projections.places", ())
    return {name: (position, shape) for name, position, shape in rows}


def claim(connection: Connection[Any], shapes: Mapping[str, int]) -> dict[str, int]:
    """Lock the places that nobody else is moving, until the transaction ends; their positions."""
    query = """
        SELECT name, position FROM projections.places
        WHERE (name, shape) IN (SELECT * FROM unnest(%s::text[], %s::int[]))
        ORDER BY name FOR UPDATE SKIP LOCKED
    """
    return dict(_all(connection, query, (list(shapes), list(shapes.values()))))


def positions(connection: Connection[Any]) -> dict[str, int]:
    return dict(_all(connection, "SELECT name, position FROM projections.places", ()))


def meeting(standing: Mapping[str, int]) -> int:
    """Those furthest behind stop where the next of them stands, to go on together."""
    first = min(standing.values())
    return min((position for position in standing.values() if position > first), default=_NO_END)


def move(connection: Connection[Any], to: Mapping[str, int]) -> None:
    """Move places and say so to those who wait; both take effect with the rows or not at all."""
    connection.execute(_MOVE, (list(to), list(to.values())))
    said = ",".join(f"{name}:{position}" for name, position in to.items())
    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, said))


def aside(connection: Connection[Any], names: Sequence[str]) -> list[tuple[str, UUID, int]]:
    query = "SELECT name, stream, position FROM projections.quarantine WHERE name = ANY (%s)"
    return _all(connection, query, (list(names),))


def put_aside(connection: Connection[Any], stream: Aside) -> None:
    connection.execute(
        "INSERT INTO projections.quarantine (name, stream, version, position, reason)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (*stream[:4], stream.reason[:_REASON]),
    )


def note_well(connection: Connection[Any], names: Sequence[str]) -> None:
    """These have applied all there is: what went wrong before is over."""
    query = "UPDATE projections.places SET error = NULL WHERE name = ANY (%s) AND error IS NOT NULL"
    connection.execute(query, (list(names),))


def note_error(connection: Connection[Any], names: Sequence[str], error: str) -> None:
    connection.execute(
        "UPDATE projections.places SET error = %s, erred_at = clock_timestamp()"
        " WHERE name = ANY (%s)",
        (error[:_REASON], list(names)),
    )


def health(
    connection: Connection[Any], head: int, others: Mapping[str, int] = MappingProxyType({})
) -> list[Health]:
    """Every projection, also those being built; `head` is the last position of the ledger,
    `others` says where the log stands that a projection follows instead.
    """
    put = _all(
        connection,
        "SELECT name, stream, version, position, reason FROM projections.quarantine",
        (),
    )
    streams = [Aside(*row) for row in put]
    rows = _all(
        connection,
        "SELECT name, position, moved_at, error FROM projections.places ORDER BY name",
        (),
    )
    return [
        Health(
            name,
            position,
            max(0, others.get(name.removesuffix(NEXT.suffix), head) - position),
            moved_at,
            tuple(stream for stream in streams if stream.name == name),
            error,
        )
        for name, position, moved_at, error in rows
    ]


def _all(connection: Connection[Any], query: str, parameters: tuple[Any, ...]) -> list[Any]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query, parameters).fetchall()
