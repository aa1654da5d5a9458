"""Statistics: exact, told in both versions, traced to their facts, and reproduced for ever."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest

from domain.ledger import ledger_in_memory
from domain.profile import Condition
from domain.values import Personal
from replays.statistics import (
    BadPeriod,
    Census,
    Cut,
    Report,
    Statistics,
    UnknownFigure,
    census_of,
    read_period,
)
from replays.statistics.census import KEPT, NotACode, _code
from replays.statistics.report import MEASURES
from replays.statistics.targets import rule_of
from tests.replays.counting_city import City, city
from tests.replays.counting_oracle import Oracle, figures, parts

PARTS = {"new-consultations", "closed", "referrals", "outreach-people"}
NOW = datetime(2030, 4, 1, tzinfo=UTC)


@cache
def census() -> Census:
    return census_of(city().ledger, city().profile)


def report(made: City, period: str, closing: int | None = None) -> Report:
    cuts = (Cut(closing or made.closed, NOW), Cut(made.ledger.head(), NOW))
    if made is not city():
        empty = Statistics(Census(made.profile), made.profile, read_period(period))
        return empty.report(date(2030, 4, 1), *cuts)
    return Statistics(census(), made.profile, read_period(period)).report(date(2030, 4, 1), *cuts)


@pytest.mark.parametrize("period", ["令和7年度", "2025-01-15/2025-07-14", "2025-11"])
@pytest.mark.parametrize("share", [0.4, 0.7, 1.0])
def test_every_figure_is_what_a_naive_count_finds(period: str, share: float) -> None:
    """Whenever the books were closed: in the middle of the year, or only before corrections."""
    made, span = city(), read_period(period)
    closing = int(made.closed * share)
    told = report(made, period, closing)
    for version, position in (("closed", closing), ("now", made.ledger.head())):
        oracle = Oracle(made.told(position), span.start, span.end or date.max)
        lines = {line.id: getattr(line, version) for line in (*told.lines, *told.targets)}
        expected = {**figures(oracle), **targets(oracle)}
        assert {name: lines[name] for name in expected} == expected
        assert {line.id for line in told.targets} <= expected.keys()
        found = {
            (line.id, part.code): getattr(part, version)
            for line in told.lines
            for part in line.parts
            if line.id in PARTS and getattr(part, version)
        }
        assert found == parts(oracle)


def targets(oracle: Oracle) -> dict[str, Any]:
    """They are counted from the first of April before the last day asked about."""
    end = oracle.end
    april = date(end.year - (end.month < 4), 4, 1)
    found = figures(Oracle(oracle.facts, april, end))
    return {name: number for name, number in found.items() if name.startswith("kpi-")}


def test_a_later_correction_leaves_what_was_closed_as_it_was() -> None:
    made = city()
    today = report(made, "2025")
    before = Census(made.profile)
    for recorded in made.ledger.read(0, made.closed):
        before.hear(recorded)
    cut = Cut(made.closed, NOW)
    first = Statistics(before, made.profile, read_period("2025")).report(date(2030, 4, 1), cut, cut)

    assert [line.closed for line in first.lines] == [line.closed for line in today.lines]
    assert [[p.closed for p in line.parts if p.closed] for line in first.lines] == [
        [p.closed for p in line.parts if p.closed] for line in today.lines
    ]
    assert [line.now for line in today.lines] != [line.closed for line in today.lines]


def test_the_same_report_has_the_same_digest() -> None:
    assert report(city(), "2024").digest == report(city(), "2024").digest
    assert report(city(), "2024").digest != report(city(), "2025").digest


def test_how_long_the_log_was_cannot_be_tried_out_on_the_digest() -> None:
    told = report(city(), "2024")
    longer = replace(told, now=Cut(told.now.position + 1, told.now.at))
    assert longer.digest == told.digest


def test_every_figure_traces_to_its_facts() -> None:
    made = city()
    statistics = Statistics(census(), made.profile, read_period("2025"))
    head = made.ledger.head()
    told = report(made, "2025")
    for line in told.lines:
        if line.way in ("total", "distinct") and line.now:
            assert statistics.behind(line.id, head)
    (places,) = [statistics.behind("consultations", head)]
    assert len(places) == next(line.now for line in told.lines if line.id == "consultations")
    elderly = statistics.behind("consultations", head, "fields", "elderly")
    assert all("elderly" in census().entries[place].fields for place in elderly)
    assert set(elderly) < set(places)
    for kpi in made.profile.kpis:
        statistics.behind(f"kpi-{kpi.id}", head)
    with pytest.raises(UnknownFigure):
        statistics.behind("happiness", head)


def test_a_census_that_goes_on_counts_what_one_from_the_beginning_counts() -> None:
    made = city()
    growing = Census(made.profile)
    for recorded in made.ledger.read(0, made.closed // 2):
        growing.hear(recorded)
    growing.position = made.closed // 2
    growing.follow(made.ledger)
    assert list(growing.as_of(growing.position)) == list(census().as_of(growing.position))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_every_figure_states_its_rule_in_japanese(measure: Any) -> None:
    assert any(ord(char) > 0x3000 for char in measure.rule)
    assert "期間" in measure.rule or "日数" in measure.rule
    told = {"distinct": "実", "total": "延"}.get(measure.way)
    assert told is None or f"（{told}）" in measure.rule or measure.unit in ("回", "か所")


def test_every_target_states_its_rule_in_japanese() -> None:
    made = city()
    for kpi in made.profile.kpis:
        rule = rule_of(kpi, made.profile, date(2025, 4, 1))
        assert ("（実）" in rule) == (kpi.counting == "distinct")
        assert all(fact in rule for fact in kpi.facts)
        assert "新規・再開" in rule


def test_nothing_that_could_be_words_about_somebody_is_counted() -> None:
    assert not any(
        isinstance(value, Personal)
        for entry in census().entries.values()
        for value in entry.said.values()
    )
    assert not any("narrative" in names for names in KEPT.values())


def test_a_target_that_asks_for_words_is_refused() -> None:
    made = city()
    asked = Condition(field="guardian", one_of=("x",))
    kpi = made.profile.kpis[0].model_copy(
        update={"facts": ("GuardianAppointed",), "where": (asked,)}
    )
    nosy = made.profile.model_copy(update={"kpis": (kpi,)})
    with pytest.raises(NotACode):
        census_of(made.ledger, nosy)
    told = (recorded.fact for recorded in made.ledger.read(0, 9999))
    told_at_length = next(fact for fact in told if getattr(fact, "narrative", ()))
    with pytest.raises(NotACode):
        _code(told_at_length, "narrative")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("令和6年度", date(2024, 4, 1), date(2025, 3, 31)),
        ("R6", date(2024, 4, 1), date(2025, 3, 31)),
        ("令和元年度", date(2019, 4, 1), date(2020, 3, 31)),
        ("平成30年度", date(2018, 4, 1), date(2019, 3, 31)),
        ("２０２３", date(2023, 4, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-04/2024-09", date(2024, 4, 1), date(2024, 9, 30)),
        ("2024-04-10から2024-04-12まで", date(2024, 4, 10), date(2024, 4, 12)),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, start: date, end: date) -> None:
    assert (read_period(text).start, read_period(text).end) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "来年",
        "2024-13",
        "2024-09/2024-04",
        "R",
        "2024-02-30/2024-03",
        "令和0年度",
        "昭和65年度",
        "0001",
        "9999",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadPeriod):
        read_period(text)


def test_an_empty_ledger_has_nothing_to_count() -> None:
    made = City(ledger_in_memory(), city().profile, 0)
    told = report(made, "2025")
    assert {line.now for line in (*told.lines, *told.targets)} == {0, None}
