"""Cities that have grown: about 10,000 and 100,000 facts, and as many as SETAI_BENCH_FACTS says.

Each is made once, for all who measure it; they only read.
"""

import os
import shutil
import time
from functools import partial
from typing import NamedTuple

from domain.ledger import open_ledger
from replays.loading import load
from replays.synthesis import synthesize
from tests.bench.ground import DIRECTORY, Ground

MILLION = 1_000_000
_SIZES = (10_000, 100_000)
_FACTS_OF_A_HOUSEHOLD, _SEED = 11.4, 7


class City(NamedTuple):
    url: str
    facts: int
    loaded: float
    """Facts per second."""


_made: dict[int, City] = {}


def cities(ground: Ground) -> list[City]:
    """From the smallest to the largest."""
    return [_city(ground, size) for size in _sizes()]


def _sizes() -> list[int]:
    most = int(os.environ.get("SETAI_BENCH_FACTS", "0"))
    return [*_SIZES, *([most] if most > _SIZES[-1] else [])]


def _city(ground: Ground, size: int) -> City:
    if size not in _made:
        _made[size] = _grown(ground, round(size / _FACTS_OF_A_HOUSEHOLD))
    return _made[size]


def _grown(ground: Ground, households: int) -> City:
    url = ground.database(demonstration=True)
    directory = DIRECTORY / "growing"
    shutil.rmtree(directory, ignore_errors=True)
    synthesize(ground.profile, households, _SEED, directory, lambda _: None)
    begun = time.perf_counter()
    opening = partial(open_ledger, ground.settings(url))
    facts = load(opening, ground.profile, directory, lambda *_: None)
    rate = facts / (time.perf_counter() - begun)
    shutil.rmtree(directory)
    return City(url, facts, rate)
