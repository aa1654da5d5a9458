"""The order of the log: dense, in the order of commits, and never back in time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic

import pytest

from domain.ledger import Ledger, Settings, listening, open_ledger
from domain.ledger.datastore import Datastore
from domain.ledger.recorder import LedgerRecorder
from domain.recorded import Recorded
from tests.ledger.given import Visit, new, stamp, text, visit

WRITERS = 8


@pytest.fixture
def ledgers(database_url: str) -> Iterator[list[Ledger]]:
    """Two processes' worth of writers: group commit orders within each, the lock between them."""
    opened = [open_ledger(Settings(database_url)) for _ in range(2)]
    yield opened
    for ledger in opened:
        ledger.close()


def test_a_reader_at_the_tail_of_eight_writers_misses_nothing(
    ledgers: list[Ledger], nightly: int
) -> None:
    written, over = 60 * nightly, Event()

    def write(writer: int) -> None:
        for number in range(written):
            long = text("長" * (10 if number % 3 else 20_000))
            command = Visit(note=long, times=1 + 20 * (number % 10 == 0))
            ledgers[writer % 2].record(visit, command, stamp(), new())

    def read() -> list[Recorded]:
        seen: list[Recorded] = []
        while not over.is_set() or ledgers[0].head() > len(seen):
            seen += ledgers[0].read(seen[-1].position if seen else 0, 50)
        return seen

    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reading = threads.submit(read)
        try:
            list(threads.map(write, range(WRITERS)))
        finally:
            over.set()
        seen = reading.result()
    assert [recorded.position for recorded in seen] == list(range(1, ledgers[0].head() + 1))
    moments = [recorded.recorded_at for recorded in seen]
    assert moments == sorted(moments)
    assert len({recorded.command_id for recorded in seen}) == WRITERS * written


def test_readers_are_woken_not_kept_polling(ledger: Ledger) -> None:
    assert isinstance(ledger.log, LedgerRecorder)
    ledger.record(visit, Visit(), stamp(), new())
    with listening(ledger.log.datastore) as bell:
        while bell.wait(0.05):
            pass
        begun = monotonic()
        ledger.record(visit, Visit(), stamp(), new())
        assert bell.wait(5)
        assert monotonic() - begun < 1


def test_a_reader_may_listen_as_any_role(ledger: Ledger, database_url: str) -> None:
    datastore = Datastore(database_url, role="setai_projector")
    with listening(datastore) as bell:
        ledger.record(visit, Visit(), stamp(), new())
        assert bell.wait(5)
    datastore.close()
