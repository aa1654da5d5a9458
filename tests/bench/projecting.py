"""Projecting: our runner with the case view, the library's ProjectionRunner with the same."""

import time
from contextlib import closing
from uuid import uuid4

from eventsourcing.projection import ProjectionRunner

from domain.ledger import PROJECTOR, Settings, open_datastore, open_ledger
from projections.case_view import PROJECTION
from projections.runner import Runner
from tests.bench import library, visits
from tests.bench.figures import Figure, middle, more, pairs, ratio
from tests.bench.fold import lived
from tests.bench.ground import Ground

_HOUSEHOLDS, _OTHERS, _EACH = 200, 15, 100
_PATIENCE = 120


def measure(ground: Ground) -> list[Figure]:
    ours_url, theirs_url = ground.database(), ground.bare()
    with ground.ledger(ours_url) as ledger:
        for _ in range(_HOUSEHOLDS):
            visits.lived(ledger, ground.profile, visits.opened(ledger, ground.profile), _EACH)
        facts = ledger.head()
    with closing(library.Households(env=library.environment(theirs_url))) as app:
        for _ in range(_OTHERS):
            lived(app, uuid4(), _EACH)
        events = app.recorder.max_notification_id() or 0

    def ours() -> float:
        with ground.copied(ours_url) as url:
            return facts / _ours(url)

    def theirs() -> float:
        with ground.copied(theirs_url) as url:
            return events / library_took(url, events)

    found = pairs(ours, theirs)
    name = "project the case view: runner / ProjectionRunner"
    return [more(name, ratio(found), "×", 25.0, f"{middle(found)} facts/s")]


def _ours(url: str) -> float:
    settings = Settings(url, pool_size=4)
    with (
        closing(open_ledger(settings, role=PROJECTOR)) as ledger,
        closing(open_datastore(settings, PROJECTOR)) as datastore,
    ):
        runner = Runner(datastore, ledger, [PROJECTION])
        runner.prepare()
        begun = time.perf_counter()
        runner.catch_up()
        return time.perf_counter() - begun


def library_took(url: str, last: int) -> float:
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=library.Households,
        projection_class=library.CaseProjection,
        view_class=library.CaseView,
        env=library.environment(url),
    ) as runner:
        runner.wait(last, timeout=_PATIENCE)
        return time.perf_counter() - begun
