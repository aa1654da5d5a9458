"""Statistics: a year's report of a growing city, what is behind one number, what is published.

Cities of about 10,000 and 100,000 facts; SETAI_BENCH_FACTS=1000000 makes the largest so large.
"""

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

from domain.ledger import PROJECTOR, Ledger, open_ledger
from domain.values import JST
from replays.extracts.concealed import concealed_persons
from replays.loading import load
from replays.statistics import Cell, Cut, Statistics, census_of, end_of, read_period, trace
from replays.statistics.tables import counted
from replays.statistics.view import view_at
from replays.synthesis import synthesize
from tests.bench.extract import FACTS_OF_A_HOUSEHOLD, sizes
from tests.bench.figures import Figure, told
from tests.bench.ground import DIRECTORY, Ground

_SEED = 7
T = TypeVar("T")


def measure(ground: Ground) -> list[Figure]:
    return [figure for size in sizes() for figure in _of(ground, size)]


def _of(ground: Ground, size: int) -> list[Figure]:
    url = ground.database(demonstration=True)
    directory = DIRECTORY / "counted"
    shutil.rmtree(directory, ignore_errors=True)
    synthesize(ground.profile, round(size / FACTS_OF_A_HOUSEHOLD), _SEED, directory, lambda _: None)
    opening = partial(open_ledger, ground.settings(url))
    load(opening, ground.profile, directory, lambda *_: None)
    with closing(open_ledger(ground.settings(url), role=PROJECTOR)) as ledger:
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
