"""Tables (表): what a projection writes, and how a batch of rows is written at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from projections.sending import Texts, Uuids, sent

SCHEMA = "projections"


class Site(NamedTuple):
    """Where tables stand, and what is put behind their names there."""

    schema: str
    suffix: str

    def of(self, table: str) -> str:
        return f"{self.schema}.{table}{self.suffix}"


LIVE = Site(SCHEMA, "")
NEXT = Site(SCHEMA, "__next")
"""Under construction, until they take the place of the old ones."""
SCRATCH = Site("pg_temp", "__scratch")
"""PostgreSQL's own scratch schema: of one session, seen by no other, gone when that ends."""

_OWN = {"stream": "uuid", "key": "text", "told": "text"}
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Table:
    """Rows belong to one stream each, so that a correction can rewrite what one stream says.

    `told` holds the facts that make up the row, one JSON value after the other; the columns are
    what queries select and sort by, never a word about anybody.
    """

    name: str
    columns: Mapping[str, str] = field(default_factory=dict)
    indexes: tuple[str, ...] = ()

    def create(self, site: Site = LIVE) -> list[str]:
        name = site.of(self.name)
        more = "".join(f", {column} {kind}" for column, kind in self.columns.items())
        table = (
            f"CREATE TABLE IF NOT EXISTS {name} (stream uuid NOT NULL, key text NOT NULL, "
            f"told text NOT NULL DEFAULT ''{more}, PRIMARY KEY (stream, key))"
        )
        return [table, *(f"CREATE INDEX ON {name} {index}" for index in self.indexes)]

    @cached_property
    def _upserts(self) -> dict[tuple[tuple[str, ...], Site], str]:
        return {}

    def upsert(self, columns: tuple[str, ...], site: Site) -> str:
        """One statement for any number of rows; columns nobody speaks of are left out."""
        variant = (columns, site)
        if variant not in self._upserts:
            self._upserts[variant] = self._upsert(columns, site)
        return self._upserts[variant]

    def _upsert(self, columns: tuple[str, ...], site: Site) -> str:
        kinds = {**_OWN, **{column: self.columns[column] for column in columns}}
        names = ", ".join(kinds)
        arrays = ", ".join(f"%b::{kind}[]" for kind in kinds.values())
        merged = "".join(f", {c} = coalesce(excluded.{c}, t.{c})" for c in columns)
        return " ".join(
            [
                f"INSERT INTO {site.of(self.name)} AS t ({names})",
                f"SELECT {names} FROM unnest({arrays}) AS r ({names})",  # noqa: S608 - our own names
                f"ON CONFLICT (stream, key) DO UPDATE SET told = t.told || excluded.told{merged}",
            ]
        )


class Row(NamedTuple):
    """What one fact says about one row: columns it sets, and its own text if `told`."""

    table: Table
    key: str
    columns: Mapping[str, Any] = NOTHING
    told: bool = True


class Cell:
    """All that a batch says about one row."""

    __slots__ = ("columns", "told")

    def __init__(self) -> None:
        self.columns: Mapping[str, Any] = NOTHING
        self.told: list[bytes] = []

    def add(self, columns: Mapping[str, Any]) -> None:
        said = {name: value for name, value in columns.items() if value is not None}
        self.columns = {**self.columns, **said} if self.columns else said


Cells = dict[Table, dict[tuple[UUID, str], Cell]]


def write(connection: Connection[Any], cells: Cells, site: Site = LIVE) -> None:
    """One statement per table; inside a pipeline nothing waits for an answer."""
    for table, rows in cells.items():
        if not rows:
            continue
        used = {name for cell in rows.values() for name in cell.columns}
        columns = tuple(name for name in table.columns if name in used)
        streams, keys = zip(*rows, strict=True)
        told = Texts([b"".join(cell.told) for cell in rows.values()])
        own = (Uuids(streams), Texts([key.encode() for key in keys]), told)
        values = [[cell.columns.get(name) for cell in rows.values()] for name in columns]
        statement = table.upsert(columns, site)
        connection.execute(statement, [*own, *values], prepare=True)
        sent(connection)


def forget(
    connection: Connection[Any], tables: Iterable[Table], streams: list[UUID], site: Site = LIVE
) -> None:
    """Delete what the streams say, because it is about to be said anew."""
    for table in tables:
        connection.execute(
            f"DELETE FROM {site.of(table.name)} WHERE stream = ANY (%s)",  # noqa: S608
            (streams,),
        )
