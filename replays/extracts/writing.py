"""書き出し: rows as they come, put aside, then sorted by pseudonym and laid out for reading.

Sorted, because the order in which they come is that of the real ids: whoever knows those could
tell by its place whose row is whose.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from typing import Any, get_origin
from uuid import UUID

import duckdb
import pyarrow as pa
from pyarrow import parquet

from replays.extracts.intervals import Interval
from replays.extracts.pseudonyms import Pseudonyms
from replays.extracts.tables import TABLES, Row, columns, schema
from replays.extracts.tables.kept import Kept

DATABASE = "extract.duckdb"
_AT_ONCE = 20_000
_MEMORY = "300MB"
_THREADS = 2
_NAMES = {kind: name for name, kind in TABLES.items()}
Leave = Callable[[Any, bool], Any]


class Form(StrEnum):
    """書き出す形。"""

    PARQUET = "parquet"
    DUCKDB = "duckdb"


class Aside:
    """Rows by table, in files that nobody reads until all of them are there."""

    def __init__(self, directory: Path, pseudonyms: Pseudonyms) -> None:
        self.directory = directory
        self.rows = dict.fromkeys(TABLES, 0)
        self._leaves = {
            kind: [_leave(*told, pseudonyms) for told in columns(kind).values()] for kind in _NAMES
        }
        self._waiting: dict[type[Row], list[list[Any]]] = {kind: [] for kind in _NAMES}
        self._open = ExitStack()
        directory.mkdir()
        self._files = {
            kind: self._open.enter_context(
                parquet.ParquetWriter(self.file(name), schema(kind), compression="zstd")
            )
            for kind, name in _NAMES.items()
        }

    def file(self, table: str) -> Path:
        return self.directory / f"{table}.parquet"

    def add(self, interval: Interval, *, concealed: bool) -> None:
        (row, since, until, precision), known_from, known_to = interval
        kind = type(row)
        values = [leave(v, concealed) for leave, v in zip(self._leaves[kind], row, strict=True)]
        waiting = self._waiting[kind]
        waiting.append([*values, since, until, precision, known_from, known_to])
        if len(waiting) >= _AT_ONCE:
            self._write(kind)

    def _write(self, kind: type[Row]) -> None:
        rows, told = self._waiting[kind], schema(kind)
        if rows:
            held = zip(*rows, strict=True)
            arrays = [pa.array(c, field.type) for c, field in zip(held, told, strict=True)]
            self._files[kind].write_batch(pa.RecordBatch.from_arrays(arrays, schema=told))
            self.rows[_NAMES[kind]] += len(rows)
            self._waiting[kind] = []

    def close(self) -> None:
        for kind in _NAMES:
            self._write(kind)
        self._open.close()


def _leave(holds: Any, kept: Kept | None, pseudonyms: Pseudonyms) -> Leave:
    """In which shape a value of such a column leaves; a date after all dates is none."""

    def named(value: UUID | None, concealed: bool) -> str | None:  # noqa: FBT001
        hidden = value is None or (concealed and kept is Kept.TELLTALE)
        return None if hidden else pseudonyms.of(value)  # type: ignore[arg-type]

    if holds is UUID:
        return named
    if kept is Kept.TELLTALE:
        return lambda value, concealed: None if concealed else value
    if get_origin(holds) is tuple:
        return lambda value, _: list(value)
    return lambda value, _: value


def lay_out(aside: Aside, directory: Path, municipality: str, form: Form) -> None:
    """Written once more, for whoever reads: as a dataset of many municipalities, or one file."""
    with _engine(directory, form) as engine:
        for name, kind in TABLES.items():
            told = f"SELECT *, '{municipality}' AS municipality FROM '{aside.file(name)}'"  # noqa: S608
            in_order = f"{told} ORDER BY ALL"
            if form is Form.DUCKDB:
                engine.execute(f"CREATE TABLE {name} AS {in_order}")
                engine.execute(f"COMMENT ON TABLE {name} IS '{_said(kind)}'")
                engine.execute(
                    f"CREATE MACRO {name}_as_of(true_at, known_at) AS TABLE {as_of(name)}"
                )
            elif aside.rows[name]:
                with_year = f"SELECT *, year(known_from) AS year FROM ({in_order})"  # noqa: S608
                engine.execute(
                    f"COPY ({with_year}) TO '{directory / name}' (FORMAT parquet,"
                    " COMPRESSION zstd, PARTITION_BY (municipality, year))"
                )
            else:
                _empty(directory / name / f"municipality={municipality}" / "year=0", kind)
    rmtree(aside.directory)


@contextmanager
def _engine(directory: Path, form: Form) -> Iterator[duckdb.DuckDBPyConnection]:
    """With little memory, and files beside the rest where that is not enough."""
    at = directory / DATABASE if form is Form.DUCKDB else ":memory:"
    aside = directory / "sorting"
    settings: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "threads": _THREADS,
        "temp_directory": str(aside),
    }
    with closing(duckdb.connect(at, config=settings)) as engine:
        yield engine
    rmtree(aside, ignore_errors=True)


def _empty(directory: Path, kind: type[Row]) -> None:
    """A table without rows is there all the same, so that a query finds its columns."""
    directory.mkdir(parents=True)
    parquet.write_table(schema(kind).empty_table(), directory / "data_0.parquet")


def _said(kind: type[Row]) -> str:
    return (kind.__doc__ or "").replace("'", "''")


def as_of(table: str, true_at: str = "true_at", known_at: str = "known_at") -> str:
    """The rows that were so on a day, as known at the end of another."""
    return (
        f"SELECT * FROM {table} t WHERE t.true_from <= {true_at}"  # noqa: S608 - our own names
        f" AND (t.true_to IS NULL OR {true_at} < t.true_to) AND t.known_from <= {known_at}"
        f" AND (t.known_to IS NULL OR {known_at} < t.known_to)"
    )


Tables = Mapping[str, int]
"""How many rows each has."""
