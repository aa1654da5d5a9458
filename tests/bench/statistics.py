"""Statistics: a year's report of a growing city, what is behind one number, what is published."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TypeVar

from domain.ledger import PROJECTOR, Ledger, open_ledger
from domain.values import JST
from replays.extracts.concealed import concealed_persons
from replays.statistics import Cell, Cut, Statistics, census_of, end_of, read_period, trace
from replays.statistics.tables import counted
from replays.statistics.view import view_at
from tests.bench.figures import Figure, told
from tests.bench.ground import Ground
from tests.bench.grown import City, cities

T = TypeVar("T")


def measure(ground: Ground) -> list[Figure]:
    return [figure for city in cities(ground) for figure in _of(ground, city)]


def _of(ground: Ground, city: City) -> list[Figure]:
    with closing(open_ledger(ground.settings(city.url), role=PROJECTOR)) as ledger:
        return _counted(ground, ledger)


def _counted(ground: Ground, ledger: Ledger) -> list[Figure]:
    facts = ledger.head()
    last = ledger.log.last_recorded_at().astimezone(JST).date()
    closing_day = date(last.year - (last.month < 4), 3, 31)
    census, gathering = _timed(lambda: census_of(ledger, ground.profile))
    statistics = Statistics(census, ground.profile, read_period(str(closing_day.year - 1)))
    moment = end_of(closing_day)
    cuts = Cut(ledger.position_at(moment), moment), Cut(facts, datetime.now(UTC))
    report, counting = _timed(lambda: statistics.report(closing_day, *cuts))
    protected = concealed_persons(ledger, facts)
    found, tracing = _timed(
        lambda: trace(statistics, Cell("consultations"), cuts, ledger, protected)
    )
    tables, tabling = _timed(lambda: counted(view_at(census, facts), closing_day.year - 1))
    of = f"of {facts:,} facts"
    cells = sum(1 + len(line.parts) for line in (*report.lines, *report.targets))
    rate = f"{facts / gathering:,.0f} facts/s"
    return [
        told(f"gather what is counted, {of}", gathering, "s", rate),
        told(f"a year's report as closed and as known now, {of}", counting, "s", f"{cells} cells"),
        told(f"trace one figure, {of}", tracing, "s", f"{len(found.grounds):,} facts behind it"),
        told(f"the tables to be published, {of}", tabling, "s", f"{len(tables)} tables"),
    ]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = work()
    return done, time.perf_counter() - begun
