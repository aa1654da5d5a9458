"""Appending: our ledger with command id, labels and decision against plain `app.save`.

Measured as the server writes: savers are requests of one event loop, which decides for them and
writes what they want itself. The library has threads alone; what threads save through the ledger
(a story, a load, a request that had to look first) is told beside it.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from threading import Barrier, Thread
from typing import NamedTuple
from uuid import uuid4

from domain.ledger import Item, Ledger
from domain.profile import Profile
from tests.bench import library, visits
from tests.bench.figures import Figure, middle, more, pairs, ratio, told
from tests.bench.ground import Ground

_SECONDS = 1.5
_AUTHOR = visits.AUTHOR.model_dump(mode="json")
_ASKED = {16: 2.0, 32: 3.0}


class _Savers(NamedTuple):
    """A household for each, on our side and on the library's."""

    ledger: Ledger
    profile: Profile
    homes: list[visits.Home]
    app: library.Households
    others: list[library.Household]

    def item(self, saver: int) -> Item:
        return visits.visit(self.homes[saver], self.profile)

    async def asks(self, saver: int) -> None:
        request = self.item(saver).request
        if await self.ledger.hand_in(request) is None:
            await asyncio.to_thread(self.ledger.record_now, request)

    def waits(self, saver: int) -> None:
        decide, command, stamp, streams = self.item(saver)
        self.ledger.record(decide, command, stamp, *streams)

    def theirs(self, saver: int) -> None:
        household, person = self.others[saver], self.homes[saver].person
        day = datetime.now(UTC).date().isoformat()
        words = [visits.paragraph(person)]
        about = (uuid4(), person, "visit", day, words, visits.label(), _AUTHOR)
        household.attempt_outreach(*about)
        self.app.save(household)


def measure(ground: Ground) -> list[Figure]:
    return [figure for savers, asked in _ASKED.items() for figure in _at(ground, savers, asked)]


def _at(ground: Ground, number: int, asked: float) -> list[Figure]:
    with (
        ground.ledger(ground.database(), number) as ledger,
        closing(library.Households(env=library.environment(ground.bare(), number))) as app,
    ):
        homes = [visits.opened(ledger, ground.profile) for _ in range(number)]
        others = [library.Household(label=visits.label(), author=_AUTHOR) for _ in homes]
        app.save(*others)
        savers = _Savers(ledger, ground.profile, homes, app, others)
        serving = pairs(lambda: asyncio.run(_served(savers)), lambda: _rate(number, savers.theirs))
        threads = pairs(lambda: _rate(number, savers.waits), lambda: _rate(number, savers.theirs))
    name = f"append, {number} savers: ledger / app.save"
    return [
        more(name, ratio(serving), "×", asked, f"{middle(serving)} saves/s"),
        told(f"{name}, by threads", ratio(threads), "×", f"{middle(threads)} saves/s"),
    ]


async def _served(savers: _Savers) -> float:
    """Saves per second of so many requests of one event loop."""
    begun = time.perf_counter()

    async def run(saver: int) -> int:
        done = 0
        while time.perf_counter() < begun + _SECONDS:
            await savers.asks(saver)
            done += 1
        return done

    async with savers.ledger.log.attended():
        begun = time.perf_counter()
        done = await asyncio.gather(*map(run, range(len(savers.homes))))
    return sum(done) / (time.perf_counter() - begun)


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
