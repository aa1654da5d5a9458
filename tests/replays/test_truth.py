"""What the ledger's historical tables tell is what the inventor of the city knows to be so."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pytest

from domain.events.intake import ConsultationReceived
from domain.labels import Tag
from domain.ledger import Ledger
from domain.values import JST
from replays.extracts import FOLLOWING, Commission, Form, Use, extract
from replays.extracts.intervals import Interval, Intervals
from replays.extracts.tables import Row
from replays.extracts.tables.contact import Consultations, Outreach
from replays.extracts.tables.household import Households, Members
from replays.extracts.writing import DATABASE
from replays.synthesis.truth import TRUTH
from tests.replays.lived import lived

_DAYS = [
    date(2025, 1, 31),
    date(2025, 3, 31),
    date(2025, 8, 31),
    date(2026, 3, 31),
    date(2026, 9, 30),
]
_LAST = _DAYS[-1]
Told = dict[str, Any]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("city")


@pytest.fixture(scope="module")
def city(directory: Path) -> Ledger:
    return lived(directory, 400)


@pytest.fixture(scope="module")
def truth(city: Ledger, directory: Path) -> list[Told]:
    """Rule 31: by which route a tip came is in no table."""
    told = [json.loads(line) for line in (directory / TRUTH).read_text("utf-8").splitlines()]
    tips = {
        str(recorded.fact.consultation)
        for recorded in city.of_kinds([ConsultationReceived], city.head())
        if isinstance(recorded.fact, ConsultationReceived)
        if Tag.INFORMANT in recorded.fact.label.tags
    }
    assert tips
    return [{**row, "route": None} if row.get("key") in tips else row for row in told]


@pytest.fixture(scope="module")
def intervals(city: Ledger) -> list[Interval]:
    telling = Intervals(FOLLOWING)
    return [each for history in city.streams(city.head()) for each in telling.of(history)]


def _true(truth: list[Told], true_at: date, known_at: date) -> Iterator[Told]:
    def holds(since: str, until: str | None, day: date) -> bool:
        return since <= day.isoformat() and (until is None or day.isoformat() < until)

    for row in truth:
        so = holds(row["true_from"], row["true_to"], true_at)
        if so and holds(row["known_from"], row["known_to"], known_at):
            yield row


def _read(intervals: list[Interval], true_at: date, known_at: date) -> Iterator[Row]:
    for span, since, until in intervals:
        so = span.since <= true_at and (span.until is None or true_at < span.until)
        if so and since <= known_at and (until is None or known_at < until):
            yield span.row


def _as_told(row: Told) -> tuple[Any, ...]:
    match row["table"]:
        case "households":
            return ("households", row["household"], row["state"], row["cycle"])
        case "members":
            return ("members", row["household"], row["key"], row["relation"])
        case "consultations":
            return ("consultations", row["key"], row["route"], *row["fields"])
        case _:
            return ("contacts", row["household"], row["kind"], row["method"])


def _as_read(row: Row) -> tuple[Any, ...] | None:
    match row:
        case Households(household, state, cycle):
            return ("households", str(household), state, cycle)
        case Members(household, person, relation):
            return ("members", str(household), str(person), relation)
        case Consultations() as came:
            return ("consultations", str(came.consultation), came.route, *came.fields)
        case Outreach(household=household, kind=kind, method=method) if kind != "entry-service":
            return ("contacts", str(household), kind, method)
        case _:
            return None


@pytest.mark.parametrize(("true_at", "known_at"), list(product(_DAYS, _DAYS)))
def test_what_was_so_and_known(
    intervals: list[Interval], truth: list[Told], true_at: date, known_at: date
) -> None:
    told = Counter(map(_as_told, _true(truth, true_at, known_at)))
    read = Counter(row for each in _read(intervals, true_at, known_at) if (row := _as_read(each)))

    assert read == told


def test_acts_of_every_day_are_told_as_known_on_any(
    intervals: list[Interval], truth: list[Told]
) -> None:
    """Not on some days only: what was done on each, as each was known."""
    said = Counter(
        (*_as_told(row), *(row[name] for name in ("true_from", "known_from", "known_to")))
        for row in truth
        if row["table"] == "contacts"
    )
    read = Counter(
        (*told, str(span.since), str(since), str(until) if until else None)
        for span, since, until in intervals
        if (told := _as_read(span.row)) and told[0] == "contacts"
    )

    assert read == said


@pytest.fixture(scope="module")
def extracted(city: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("extracts") / "out"
    made = Commission("ashiya", Form.DUCKDB, "担当", datetime(2026, 10, 1, tzinfo=JST), Use.CHECK)
    extract(city, out, made, lambda *_: None)
    return out


@pytest.mark.parametrize("known_at", _DAYS)
def test_month_ends_counted_from_an_extract_are_the_true_ones(
    extracted: Path, truth: list[Told], known_at: date
) -> None:
    with duckdb.connect(str(extracted / DATABASE), read_only=True) as engine:
        counted = engine.execute(
            """
            SELECT last_day(month)::date, count(*)
            FROM generate_series(DATE '2024-10-01', DATE '2026-09-01', INTERVAL 1 MONTH) m(month)
            JOIN households h ON h.state = 'open' AND h.true_from <= last_day(month)
                AND (h.true_to IS NULL OR last_day(month) < h.true_to)
                AND h.known_from <= $known AND (h.known_to IS NULL OR $known < h.known_to)
            GROUP BY ALL ORDER BY ALL
            """,
            {"known": known_at},
        ).fetchall()
    assert counted
    for month_end, count in counted:
        so = [row for row in _true(truth, month_end, known_at) if row["table"] == "households"]
        assert count == sum(row["state"] == "open" for row in so)


@pytest.mark.parametrize("table", ["households", "members", "consultations", "contacts"])
def test_the_city_learns_things_late_and_otherwise(truth: list[Told], table: str) -> None:
    rows = [row for row in truth if row["table"] == table]
    corrected = [row for row in rows if row["known_to"]]
    late = [row for row in rows if row["true_from"] < row["known_from"]]

    assert corrected
    assert table == "households" or len(late) > 5
