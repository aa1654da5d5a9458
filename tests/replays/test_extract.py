"""An extract: codes, days and pseudonyms, whole or not there at all, one dataset for many."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa
import pytest

from domain.events.intake import ConsultationReceived
from domain.events.membership import MemberJoined
from domain.events.person import ConcealmentStarted
from domain.labels import Tag
from domain.ledger import Ledger, ledger_in_memory
from domain.values import JST
from replays.extracts import Commission, Form, NotEmpty, Use, extract
from replays.extracts.manifest import MANIFEST, README, RULE
from replays.extracts.tables import TABLES, columns
from replays.extracts.tables.kept import Kept
from replays.extracts.writing import DATABASE
from tests.replays.lived import lived

_AT = datetime(2026, 10, 1, 9, tzinfo=JST)
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,35}")
_PSEUDONYM = re.compile(r"[0-9a-f]{20}")
Cells = dict[str, list[Any]]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return lived(tmp_path_factory.mktemp("city"), 300)


def _extract(ledger: Ledger, directory: Path, form: Form, name: str = "ashiya") -> Path:
    extract(ledger, directory, Commission(name, form, "分析 担当", _AT, Use.CHECK), lambda *_: None)
    return directory


@pytest.fixture(scope="module")
def parquet(city: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _extract(city, tmp_path_factory.mktemp("extracts") / "first", Form.PARQUET)


@pytest.fixture(scope="module")
def rows(parquet: Path) -> dict[str, pa.Table]:
    """What is in each table, in the order in which it stands there."""
    return {name: _read(parquet / name) for name in TABLES}


def _read(directory: Path) -> pa.Table:
    with duckdb.connect() as engine:
        return engine.read_parquet(f"{directory}/**/*.parquet").to_arrow_table()


def test_a_lived_city_fills_the_tables(rows: dict[str, pa.Table]) -> None:
    filled = {name for name, table in rows.items() if table.num_rows}

    assert filled >= TABLES.keys() - {"requests", "participations", "departures", "issues"}


def test_nothing_but_codes_days_and_pseudonyms_is_in_them(rows: dict[str, pa.Table]) -> None:
    for name, table in rows.items():
        told = columns(TABLES[name])
        for column in table.column_names:
            kept = told.get(column, (str, None))
            shape = _PSEUDONYM if kept[0] is UUID else _CODE
            for cell in _strings(table[column].to_pylist()):
                assert shape.fullmatch(cell), (name, column, cell)


def _strings(cells: list[Any]) -> Iterator[str]:
    for cell in cells:
        if isinstance(cell, str):
            yield cell
        elif isinstance(cell, list):
            yield from cell


def test_no_id_of_the_ledger_is_in_any_file(city: Ledger, parquet: Path) -> None:
    written = b"".join(file.read_bytes() for file in parquet.rglob("*") if file.is_file())

    for history in city.streams(city.head()):
        stream = history[0].stream
        assert str(stream).encode() not in written
        assert stream.hex.encode() not in written


def test_rows_stand_in_the_order_of_their_pseudonyms(parquet: Path) -> None:
    for file in parquet.rglob("*.parquet"):
        table = _read(file.parent)
        first = table[table.column_names[0]].to_pylist()
        assert first == sorted(first), file


def test_the_next_extract_has_other_pseudonyms(
    city: Ledger, rows: dict[str, pa.Table], tmp_path: Path
) -> None:
    again = _read(_extract(city, tmp_path / "second", Form.PARQUET) / "households")

    before = set(rows["households"]["household"].to_pylist())
    assert before.isdisjoint(again["household"].to_pylist())
    assert again.num_rows == rows["households"].num_rows


def test_both_forms_say_the_same(city: Ledger, rows: dict[str, pa.Table], tmp_path: Path) -> None:
    out = _extract(city, tmp_path / "one-file", Form.DUCKDB)

    with duckdb.connect(str(out / DATABASE), read_only=True) as engine:
        counts = {name: engine.table(name).shape[0] for name in TABLES}
        today = engine.sql(
            "SELECT count(*) FROM households_as_of(DATE '2026-09-30', DATE '2026-09-30')"
        ).fetchall()
    assert counts == {name: table.num_rows for name, table in rows.items()}
    assert today[0][0] == sum(
        history[0].kind.__name__ == "HouseholdOpened" for history in city.streams(city.head())
    )


def test_what_would_betray_a_concealed_person_is_left_out(
    city: Ledger, rows: dict[str, pa.Table]
) -> None:
    protected = {told.stream for told in city.of_kinds([ConcealmentStarted], city.head())}
    homes = {
        told.stream
        for told in city.of_kinds([MemberJoined], city.head())
        if getattr(told.fact, "person", None) in protected
    }
    hidden: set[str] = set()
    for name, table in rows.items():
        betraying = [c for c, (_, kept) in columns(TABLES[name]).items() if kept is Kept.TELLTALE]
        for row in table.to_pylist() if "household" in table.column_names else ():
            told = [row[column] for column in betraying]
            if name == "leads" and not any(told):
                hidden.add(row["household"])
    assert homes
    assert len(hidden) == len(homes)
    for name, table in rows.items():
        betraying = [c for c, (_, kept) in columns(TABLES[name]).items() if kept is Kept.TELLTALE]
        for row in table.to_pylist() if "household" in table.column_names else ():
            assert row["household"] not in hidden or not any(row[c] for c in betraying), name


def test_what_would_tell_of_an_informant_is_left_out(
    city: Ledger, rows: dict[str, pa.Table]
) -> None:
    """Rule 31: through whom and where a tip came stays with the desk that received it."""
    received = [told.fact for told in city.of_kinds([ConsultationReceived], city.head())]
    tips = sum(Tag.INFORMANT in fact.label.tags for fact in received)
    telling = ("agency", "window", "route", "consulter")
    current = [row for row in rows["consultations"].to_pylist() if row["known_to"] is None]
    silent = [row for row in current if row["route"] is None]
    assert 0 < tips == len(silent) < len(received)
    assert not any(row[column] for row in silent for column in telling)


def test_extracts_of_many_municipalities_read_as_one(city: Ledger, tmp_path: Path) -> None:
    for name in ("ashiya", "komaki"):
        _extract(city, tmp_path / name, Form.PARQUET, name)

    both = f"{tmp_path}/*/consultations/**/*.parquet"
    with duckdb.connect() as engine:
        rows = engine.read_parquet(both, hive_partitioning=True)
        counted = rows.aggregate("municipality, count(*)").order("ALL").fetchall()

    assert [name for name, _ in counted] == ["ashiya", "komaki"]
    assert len({count for _, count in counted}) == 1


def test_it_says_what_it_covers_who_made_it_and_the_rule(city: Ledger, parquet: Path) -> None:
    told = json.loads((parquet / MANIFEST).read_text("utf-8"))
    readme = (parquet / README).read_text("utf-8")

    assert told["position"] == city.head()
    assert (told["made_by"], told["municipality"]) == ("分析 担当", "ashiya")
    assert told["rule"] == RULE
    assert RULE in readme
    assert "分析 担当" in readme
    assert not {"aside", "sorting"} & {path.name for path in parquet.rglob("*")}


def test_it_is_for_nobody_else_on_the_machine(parquet: Path) -> None:
    assert parquet.stat().st_mode & 0o077 == 0


def test_nothing_is_written_over(city: Ledger, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()

    with pytest.raises(NotEmpty, match="空ではありません"):
        _extract(city, tmp_path, Form.PARQUET)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_what_is_broken_off_leaves_nothing(city: Ledger, tmp_path: Path) -> None:
    def broken_off(done: int, _: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extract(
            city,
            tmp_path / "out",
            Commission("ashiya", Form.PARQUET, "担当", _AT, Use.CHECK),
            broken_off,
        )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", Form)
def test_an_empty_ledger_has_every_table(tmp_path: Path, form: Form) -> None:
    out = _extract(ledger_in_memory(), tmp_path / "out", form)

    read: Callable[[str], Any] = lambda name: _read(out / name)  # noqa: E731
    if form is Form.DUCKDB:
        read = duckdb.connect(str(out / DATABASE), read_only=True).table
    assert all(not read(name).shape[0] for name in TABLES)
