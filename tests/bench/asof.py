"""As of a day: one household of 1,000 facts at two clocks, and the whole of a growing municipality.

The household is looked at 300 times as the server does it, on whose shelf its facts are from the
second time on; and as often as if it had never been looked at.
What a million facts take is told from the largest city there is.
"""

import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context
from random import Random
from statistics import quantiles
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from api.serving import projector
from domain.clocks import Point
from domain.gate import Reader
from domain.ledger import PROJECTOR, Settings, open_datastore, open_ledger, settle
from domain.values import JST
from projections.as_of import Histories, case_as_of
from projections.as_of.histories import ReadStreams
from replays.as_of import municipality, totals
from tests.bench import visits
from tests.bench.figures import Figure, less, peak_mib, told
from tests.bench.ground import Ground
from tests.bench.grown import MILLION, City, cities

_FACTS, _VIEWS, _SEED, _FEW = 1000, 300, 7, 10


class Waited(NamedTuple):
    """How long 300 views took, in twentieths, and the processor's share of each; milliseconds."""

    cuts: list[float]
    worked: float

    @property
    def p95(self) -> float:
        return self.cuts[-1]

    @property
    def detail(self) -> str:
        return f"p50 {self.cuts[9]:.1f}, processor {self.worked:.1f}"


class Read(NamedTuple):
    """What one pass over a city took, in a process of its own."""

    facts: int
    households: int
    seconds: float
    cpu: float
    mib: float


def measure(ground: Ground) -> list[Figure]:
    read = [_alone(ground, city) for city in cities(ground)]
    return [*_household(ground), *_grown(read)]


def _household(ground: Ground) -> list[Figure]:
    url = ground.database()
    settings = ground.settings(url)
    with ground.ledger(url) as ledger, projector(url) as runner:
        home = visits.opened(ledger, ground.profile)
        visits.lived(ledger, ground.profile, home, _FACTS)
        runner.catch_up()
        head = ledger.head()
        with (
            closing(open_ledger(settings, role=PROJECTOR)) as reading,
            closing(open_datastore(settings, PROJECTOR)) as tables,
            tables.session() as connection,
        ):
            settle()
            view = partial(_viewed, connection, home.household, head)
            again, first = view(reading.shelved), view(reading.histories)
    name = f"one household at two clocks, {_FACTS:,} facts, p95"
    return [
        less(name, again.p95, "ms", 50.0, again.detail),
        told(f"{name}, never looked at before", first.p95, "ms", first.detail),
    ]


def _viewed(connection: Connection[Any], household: UUID, head: int, read: ReadStreams) -> "Waited":
    now, chance, waited = datetime.now(UTC), Random(_SEED), []
    today, worked = now.astimezone(JST).date(), time.process_time()
    by = Reader(visits.AUTHOR.staff, visits.AUTHOR.capacity, today, now)
    for number in range(_VIEWS):
        position = head if number % 2 else chance.randint(head // 2, head)
        begun = time.perf_counter()
        then = Histories(read, Point(today, position))
        assert case_as_of(connection, household, reader=by, histories=then)
        waited.append(1000 * (time.perf_counter() - begun))
    return Waited(quantiles(waited, n=20), 1000 * (time.process_time() - worked) / _VIEWS)


def _alone(ground: Ground, city: City) -> Read:
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return alone.submit(_read, ground.settings(city.url)).result()


def _read(settings: Settings) -> Read:
    """Half a year before the last record, known three months before it; read and counted."""
    settle()
    with closing(open_ledger(settings, role=PROJECTOR)) as ledger:
        facts = ledger.head()
        last = ledger.log.last_recorded_at()
        known = ledger.position_at(last - timedelta(days=90))
        point = Point((last - timedelta(days=180)).astimezone(JST).date(), known)
        begun, worked = time.perf_counter(), time.process_time()
        whole = totals(municipality(ledger, point), _FEW)
        took, cpu = time.perf_counter() - begun, time.process_time() - worked
    return Read(facts, whole.households + whole.merged, took, cpu, peak_mib())


def _grown(read: list[Read]) -> list[Figure]:
    largest = max(read, key=lambda each: each.facts)
    seconds = largest.seconds * MILLION / largest.facts
    how = "measured" if largest.facts >= MILLION else f"told from {largest.facts:,} facts"
    return [
        *(
            told(
                f"a municipality as of a day, {each.facts:,} facts",
                each.seconds,
                "s",
                f"{each.households:,} households, {each.mib:,.0f} MiB, processor {each.cpu:.2f} s",
            )
            for each in read
        ),
        less("a municipality as of a day, 1,000,000 facts", seconds, "s", 60.0, how),
        less("memory of that process at its most", largest.mib, "MiB", 1024.0, how),
    ]
