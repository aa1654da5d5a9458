"""Historical tables: of a growing city, and a month-end series over them."""

import json
import shutil
import subprocess
import sys
from typing import Any

from tests.bench.figures import Figure, less, told
from tests.bench.ground import DIRECTORY, Ground
from tests.bench.grown import MILLION, City, cities

_SECONDS, _MEMORY, _SERIES = 120.0, 1024.0, 1000.0


def measure(ground: Ground) -> list[Figure]:
    """What is asked of a million facts is asked of as many as there are, in proportion."""
    return [figure for city in cities(ground) for figure in _of(city)]


def _of(city: City) -> list[Figure]:
    found = _extracted(city.url)
    facts = found["facts"]
    seconds = _SECONDS * facts / MILLION
    rate = f"{facts / found['seconds']:,.0f} facts/s, {found['rows']:,} rows"
    of = f"of {facts:,} facts"
    return [
        told(f"load a city that is corrected, {of}", city.loaded, "facts/s"),
        less(f"historical tables {of}", found["seconds"], "s", seconds, rate),
        less(f"memory for them, {of}", found["peak_mib"], "MiB", _MEMORY),
        less(f"a month-end series {of}", found["series_ms"], "ms", _SERIES, "24 months, by area"),
    ]


def _extracted(url: str) -> dict[str, Any]:
    out = DIRECTORY / "extract"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "tests.bench.extracting", url, str(out)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found
