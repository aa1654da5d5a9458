"""夜の突き合わせ: the projecting process compares its tables with the log once a night."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import time
from threading import Event, Thread

import structlog

from projections.runner import Runner
from replays.comparing import Comparison
from replays.comparing.nightly import Nightly


@contextmanager
def nightly(at: time | str, followers: Sequence[Runner]) -> Iterator[None]:
    """Beside the projecting, in a thread that ends with the process; not at all where `never`."""
    if not isinstance(at, time):
        yield
        return
    stopping, night = Event(), Nightly(at, followers, told)
    Thread(target=night.run, args=(stopping,), name="nightly", daemon=True).start()
    try:
        yield
    finally:
        stopping.set()


def told(found: Sequence[Comparison] | Exception) -> None:
    """Into the log of the process; health has it from the tables."""
    log = structlog.get_logger()
    if isinstance(found, Exception):
        log.error("nightly comparison failed", error=f"{type(found).__name__}: {found}")
        return
    differing = {each.name: each.differing for each in found if each.differing}
    heard = log.error if differing else log.info
    heard("compared", tables=len(found), differing=differing)
