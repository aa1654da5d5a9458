"""Receipts: what one costs inside a read, beside what the disk takes, and how many a second."""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from domain.ledger import RECEIPTS, Receipts, Settings, migrate, open_receipts
from tests.bench.figures import Figure, less, more
from tests.bench.ground import DIRECTORY, Ground
from tests.reading import TANAKA, page

_TIMES, _BLOCK = 400, 8192
_READERS, _SECONDS = 16, 3.0


def measure(ground: Ground) -> list[Figure]:
    url = ground.bare()
    migrate(url, RECEIPTS)
    with closing(open_receipts(Settings(url, pool_size=2))) as receipts:
        receipts.commit(TANAKA, page())
        return [_span(receipts), _rate(receipts)]


def _span(receipts: Receipts) -> Figure:
    """In turn with the disk, so that a busy moment strikes both."""
    spans, syncs = [], []
    with (DIRECTORY / "sync").open("wb", buffering=0) as file:
        file.write(bytes(_BLOCK * 2000))
        os.fsync(file.fileno())
        for turn in range(_TIMES):
            spans.append(_took(lambda: receipts.commit(TANAKA, page())))
            file.seek(turn * _BLOCK)
            file.write(b"1" * _BLOCK)
            syncs.append(_took(lambda: os.fdatasync(file.fileno())))
    (DIRECTORY / "sync").unlink()
    sync, high = statistics.median(syncs), sorted(spans)[int(0.99 * _TIMES)]
    detail = f"disk sync {sync:.3g} ms, p99 {high:.3g} ms, 20 items"
    return less("receipt inside a read, p50", statistics.median(spans), "ms", 1.5, detail)


def _took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _rate(receipts: Receipts) -> Figure:
    begun = time.perf_counter()

    def read(_: int) -> int:
        done = 0
        while time.perf_counter() - begun < _SECONDS:
            receipts.commit(TANAKA, page())
            done += 1
        return done

    with ThreadPoolExecutor(_READERS) as readers:
        done = sum(readers.map(read, range(_READERS)))
    rate = done / (time.perf_counter() - begun)
    return more(f"receipts, {_READERS} readers", rate, "/s", 500, "one staff member, 20 items")
