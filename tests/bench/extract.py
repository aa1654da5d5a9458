"""Historical tables: of a growing city, and a month-end series over them.

A city of about 100,000 facts; SETAI_BENCH_FACTS=1000000 makes the largest of them so large.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from typing import Any

from domain.ledger import open_ledger
from replays.loading import load
from replays.synthesis import synthesize
from tests.bench.figures import Figure, less, told
from tests.bench.ground import DIRECTORY, Ground

_SIZES = (10_000, 100_000)
_ASKED_OF = 1_000_000
FACTS_OF_A_HOUSEHOLD = 11.8
_SECONDS, _MEMORY, _SERIES = 120.0, 1024.0, 1000.0
_SEED = 7


def measure(ground: Ground) -> list[Figure]:
    """What is asked of a million facts is asked of as many as there are, in proportion."""
    return [figure for size in sizes() for figure in _of(ground, size)]


def sizes() -> list[int]:
    most = int(os.environ.get("SETAI_BENCH_FACTS", "0"))
    return [*_SIZES, *([most] if most > _SIZES[-1] else [])]


def _of(ground: Ground, size: int) -> list[Figure]:
    url = ground.database(demonstration=True)
    loading = _loaded(ground, url, round(size / FACTS_OF_A_HOUSEHOLD))
    found = _extracted(url)
    facts = found["facts"]
    seconds = _SECONDS * facts / _ASKED_OF
    rate = f"{facts / found['seconds']:,.0f} facts/s, {found['rows']:,} rows"
    of = f"of {facts:,} facts"
    return [
        told(f"load a city that is corrected, {of}", loading, "facts/s"),
        less(f"historical tables {of}", found["seconds"], "s", seconds, rate),
        less(f"memory for them, {of}", found["peak_mib"], "MiB", _MEMORY),
        less(f"a month-end series {of}", found["series_ms"], "ms", _SERIES, "24 months, by area"),
    ]


def _loaded(ground: Ground, url: str, households: int) -> float:
    directory = DIRECTORY / "growing"
    shutil.rmtree(directory, ignore_errors=True)
    synthesize(ground.profile, households, _SEED, directory, lambda _: None)
    begun = time.perf_counter()
    opening = partial(open_ledger, ground.settings(url))
    facts = load(opening, ground.profile, directory, lambda *_: None)
    return facts / (time.perf_counter() - begun)


def _extracted(url: str) -> dict[str, Any]:
    out = DIRECTORY / "extract"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "tests.bench.extracting", url, str(out)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found
