"""Rebuilding: the whole case view from the log, beside the library's ProjectionRunner; its growth.

The rebuild goes on until its tables have taken the place of the old ones.
"""

import os
import time
from contextlib import closing
from uuid import uuid4

from domain.ledger import PROJECTOR, Ledger, Settings, open_datastore, open_ledger
from domain.profile import Profile
from projections.case_view import PROJECTION
from projections.every import PROJECTIONS
from projections.rebuild import Rebuild
from projections.runner import Runner
from tests.bench import library, visits
from tests.bench.figures import Figure, middle, more, pairs, ratio, told
from tests.bench.fold import lived
from tests.bench.ground import Ground
from tests.bench.projecting import library_took

_EACH, _OTHERS = 100, 15
_COMPARED = 30_000
_SIZES = (10_000, 100_000, 1_000_000)
_MOST = int(os.environ.get("SETAI_BENCH_FACTS", "100000"))


def measure(ground: Ground) -> list[Figure]:
    return [*_beside_the_library(ground), *_growth(ground)]


def _beside_the_library(ground: Ground) -> list[Figure]:
    ours_url, theirs_url = ground.database(), ground.bare()
    with ground.ledger(ours_url) as ledger:
        _grown(ledger, ground.profile, _COMPARED)
        facts = ledger.head()
    with closing(library.Households(env=library.environment(theirs_url))) as app:
        for _ in range(_OTHERS):
            lived(app, uuid4(), _EACH)
        events = app.recorder.max_notification_id() or 0
    _projected(ours_url)

    def ours() -> float:
        return facts / _took(ours_url)

    def theirs() -> float:
        with ground.copied(theirs_url) as url:
            return events / library_took(url, events)

    found = pairs(ours, theirs)
    rate = sorted(each for each, _ in found)[len(found) // 2]
    name = "rebuild the case view: ours / ProjectionRunner"
    return [
        more(name, ratio(found), "×", 30.0, f"{middle(found)} facts/s"),
        more("rebuild the case view", rate, "facts/s", 30_000.0, f"{facts:,} facts"),
    ]


def _growth(ground: Ground) -> list[Figure]:
    """The same log, grown step by step; each time the case view, and all tables at once."""
    url, found = ground.database(), []
    for size in (size for size in _SIZES if size <= _MOST):
        with ground.ledger(url) as ledger:
            _grown(ledger, ground.profile, size)
            facts = ledger.head()
        _projected(url)
        rate, every = facts / _took(url), facts / _took(url, every=True)
        detail = f"all tables {every:,.0f} facts/s"
        found.append(told(f"rebuild the case view of {size:,} facts", rate, "facts/s", detail))
    return found


def _grown(ledger: Ledger, profile: Profile, size: int) -> None:
    while ledger.head() < size:
        visits.lived(ledger, profile, visits.opened(ledger, profile), _EACH)


def _projected(url: str) -> None:
    """The tables that are replaced, made once and brought up to date."""
    settings = Settings(url, pool_size=4)
    with (
        closing(open_ledger(settings, role=PROJECTOR)) as ledger,
        closing(open_datastore(settings, PROJECTOR)) as datastore,
    ):
        runner = Runner(datastore, ledger, PROJECTIONS)
        runner.prepare()
        runner.catch_up()


def _took(url: str, *, every: bool = False) -> float:
    settings = Settings(url, pool_size=4)
    with (
        closing(open_ledger(settings, role=PROJECTOR)) as ledger,
        closing(open_datastore(settings, PROJECTOR)) as datastore,
    ):
        work = Rebuild(datastore, ledger, *(PROJECTIONS if every else (PROJECTION,)))
        begun = time.perf_counter()
        work.run()
        return time.perf_counter() - begun
