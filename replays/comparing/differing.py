"""違い: which streams of a table are not as the log has them, and the first column of each."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import tuple_row
from pydantic_core import from_json

from projections.table import LIVE, SCRATCH, Site, Table

_ASIDE = "SELECT stream, position FROM projections.quarantine WHERE name = %s"


class Difference(NamedTuple):
    """`what` is missing or surplus (a row), changed (a column of it), aside (the whole stream).

    `fact` is the first that the row tells otherwise: its name and version, never its words.
    """

    stream: UUID
    table: str
    key: str
    column: str
    what: str
    fact: str = ""


def put_aside(
    connection: Connection[Any], name: str, ours: Mapping[UUID, int]
) -> dict[UUID, Difference]:
    """The streams that were left out by one and not by the other, or from another fact on."""
    theirs = dict(_all(connection, _ASIDE, (name,)))
    unlike = sorted(s for s in theirs.keys() | ours.keys() if theirs.get(s) != ours.get(s))
    return {stream: Difference(stream, name, "", "", "aside") for stream in unlike}


def differing(
    connection: Connection[Any], table: Table, known: Iterable[UUID], most: int
) -> tuple[int, int, list[Difference]]:
    """How many streams the table holds, how many differ beside those known, the first of them."""
    held, unlike = _digests(connection, table)
    new = [stream for stream in unlike if stream not in set(known)]
    looked_at, rest = new[: max(most, 0)], new[max(most, 0) :]
    found = [first for stream in looked_at if (first := _first(connection, table, stream))]
    return held, len(found) + len(rest), found


def _digests(connection: Connection[Any], table: Table) -> tuple[int, list[UUID]]:
    query = f"""
        SELECT count(*), array_agg(stream ORDER BY stream)
            FILTER (WHERE live.digest IS DISTINCT FROM scratch.digest)
        FROM ({_digested(table, LIVE)}) live FULL JOIN ({_digested(table, SCRATCH)}) scratch
            USING (stream)
    """  # noqa: S608 - our own names
    [(held, unlike)] = _all(connection, query)
    return held, unlike or []


def _digested(table: Table, site: Site) -> str:
    columns = ", ".join(_columns(table))
    row = f"sha256(convert_to(ROW(key, {columns})::text, 'UTF8'))"
    return (
        f"SELECT stream, sha256(string_agg({row}, ''::bytea ORDER BY key)) AS digest"  # noqa: S608
        f" FROM {site.of(table.name)} GROUP BY stream"
    )


def _columns(table: Table) -> tuple[str, ...]:
    return (*table.columns, "told")


def _first(connection: Connection[Any], table: Table, stream: UUID) -> Difference | None:
    """None where the same facts are only written otherwise."""
    live, scratch = (_rows(connection, table, stream, site) for site in (LIVE, SCRATCH))
    for key in sorted(live.keys() | scratch.keys()):
        if key not in live:
            return Difference(stream, table.name, key, "", "missing")
        if key not in scratch:
            return Difference(stream, table.name, key, "", "surplus")
        for column, held, made in zip(_columns(table), live[key], scratch[key], strict=True):
            told = column == "told"
            if held != made and not (told and _facts(held) == _facts(made)):
                fact = _unlike(held, made) if told else ""
                return Difference(stream, table.name, key, column, "changed", fact)
    return None


def _rows(
    connection: Connection[Any], table: Table, stream: UUID, site: Site
) -> dict[str, tuple[Any, ...]]:
    columns = ", ".join(_columns(table))
    query = f"SELECT key, {columns} FROM {site.of(table.name)} WHERE stream = %s"  # noqa: S608
    return {key: tuple(values) for key, *values in _all(connection, query, (stream,))}


def _facts(told: str) -> list[dict[str, Any]]:
    return list(from_json(f"[{told[:-1]}]"))


def _unlike(held: str, made: str) -> str:
    pairs = zip(_facts(held), _facts(made), strict=False)
    pair = next((ours for theirs, ours in pairs if theirs != ours), None)
    longer = max(_facts(held), _facts(made), key=len)
    shorter = min(len(_facts(held)), len(_facts(made)))
    unlike = pair or longer[shorter]
    return f"{unlike['name']} {unlike['version']}"


def _all(connection: Connection[Any], query: str, given: tuple[Any, ...] = ()) -> list[Any]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(query, given).fetchall()
