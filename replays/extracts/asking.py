"""問い合わせ: a question in SQL to one extract, or to those of many municipalities at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from replays.extracts.manifest import MANIFEST
from replays.extracts.tables import TABLES
from replays.extracts.writing import DATABASE, as_of
from replays.extracts.wrong_question import in_words


class NoExtract(Exception):
    """書き出しのフォルダーではありません。setai extract が書いたフォルダーを指定してください。"""


class NotAnswerable(Exception):
    """この問い合わせには答えられません。"""


class OnlyQuestions(NotAnswerable):
    """尋ねること（一つの SELECT）だけができます。書き出すには --csv を使ってください。"""


class Unreadable(NotAnswerable):
    """書き出したファイルを、この版では読めません。setai extract で書き出し直してください。"""


class Answer(NamedTuple):
    columns: list[str]
    rows: list[tuple[Any, ...]]


def ask(extracts: Sequence[Path], query: str) -> Answer:
    """With every table under its name, and `<table>_as_of(true_at, known_at)` beside it."""
    with duckdb.connect() as engine:
        with _readable():
            for name in TABLES:
                engine.execute(f"CREATE VIEW {name} AS {_union(engine, extracts, name)}")
                point = "true_at, known_at"
                engine.execute(f"CREATE MACRO {name}_as_of({point}) AS TABLE {as_of(name)}")
        with _speaking(engine, query):
            told = engine.execute(_question(_within(engine, extracts), query))
            return Answer([column[0] for column in told.description or ()], told.fetchall())


def _within(
    engine: duckdb.DuckDBPyConnection, extracts: Sequence[Path]
) -> duckdb.DuckDBPyConnection:
    """From here on it reads the extracts and nothing else, on this machine or any other."""
    engine.execute("SET allowed_directories = $1", [[f"{at.resolve()}/" for at in extracts]])
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    return engine


def _question(engine: duckdb.DuckDBPyConnection, query: str) -> duckdb.Statement:
    """One, that changes and writes nothing: no row is carried away by a question."""
    asked = engine.extract_statements(query)
    if [each.type for each in asked] != [duckdb.StatementType.SELECT]:
        raise OnlyQuestions
    return asked[0]


def _union(engine: duckdb.DuckDBPyConnection, extracts: Sequence[Path], table: str) -> str:
    parts = [_one(engine, at, f"extract_{number}", table) for number, at in enumerate(extracts)]
    return " UNION ALL BY NAME ".join(parts)


def _one(engine: duckdb.DuckDBPyConnection, at: Path, name: str, table: str) -> str:
    if not (at / MANIFEST).is_file():
        raise NoExtract(f"{at}: {NoExtract.__doc__}")
    here = str(at.resolve()).replace("'", "''")
    if (at / DATABASE).is_file():
        engine.execute(f"ATTACH IF NOT EXISTS '{here}/{DATABASE}' AS {name} (READ_ONLY)")
        return f"SELECT * FROM {name}.{table}"  # noqa: S608 - our own names
    files = f"read_parquet('{here}/{table}/**/*.parquet', hive_partitioning = true)"
    return f"SELECT * EXCLUDE (year) FROM {files}"  # noqa: S608 - our own names


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except duckdb.Error:
        raise Unreadable(Unreadable.__doc__) from None


@contextmanager
def _speaking(engine: duckdb.DuckDBPyConnection, query: str) -> Iterator[None]:
    """What was wrong with the question; what DuckDB says of it is not for an office."""

    def columns(table: str) -> list[str]:
        return [str(name) for name, *_ in engine.execute(f"DESCRIBE {table}").fetchall()]

    try:
        yield
    except duckdb.Error as error:
        said = in_words(error, query, list(TABLES), columns)
        raise NotAnswerable(f"{NotAnswerable.__doc__}{said}") from None
