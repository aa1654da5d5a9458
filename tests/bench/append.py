"""Appending: our ledger with command id, labels and decision against plain `app.save`."""

import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from threading import Barrier, Thread
from uuid import uuid4

from tests.bench import library, visits
from tests.bench.figures import Figure, middle, more, pairs, ratio
from tests.bench.ground import Ground

_SECONDS = 1.5
_ASKED = {16: 2.0, 32: 3.0}


def measure(ground: Ground) -> list[Figure]:
    return [_at(ground, savers, asked) for savers, asked in _ASKED.items()]


def _at(ground: Ground, savers: int, asked: float) -> Figure:
    theirs_url = ground.bare()
    with (
        ground.ledger(ground.database(), savers) as ledger,
        closing(library.Households(env=library.environment(theirs_url, savers))) as app,
    ):
        homes = [visits.opened(ledger, ground.profile) for _ in range(savers)]
        author = visits.AUTHOR.model_dump(mode="json")
        others = [library.Household(label=visits.label(), author=author) for _ in range(savers)]
        app.save(*others)

        def ours(saver: int) -> None:
            item = visits.visit(homes[saver], ground.profile)
            ledger.record(item.decide, item.command, item.stamp, *item.streams)

        def theirs(saver: int) -> None:
            household = others[saver]
            day = datetime.now(UTC).date().isoformat()
            told = [visits.paragraph(homes[saver].person)]
            about = (uuid4(), homes[saver].person, "visit", day, told, visits.label(), author)
            household.attempt_outreach(*about)
            app.save(household)

        found = pairs(lambda: _rate(savers, ours), lambda: _rate(savers, theirs))
    name = f"append, {savers} savers: ledger / app.save"
    return more(name, ratio(found), "×", asked, f"{middle(found)} saves/s")


def _rate(savers: int, save: Callable[[int], None]) -> float:
    """Saves per second of so many threads."""
    start = Barrier(savers + 1)
    done = [0] * savers
    until = [0.0]

    def run(saver: int) -> None:
        start.wait()
        while time.perf_counter() < until[0]:
            save(saver)
            done[saver] += 1

    threads = [Thread(target=run, args=(saver,)) for saver in range(savers)]
    for thread in threads:
        thread.start()
    begun = time.perf_counter()
    until[0] = begun + _SECONDS
    start.wait()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - begun)
