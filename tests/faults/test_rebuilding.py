"""Read models rebuilt while others write, and killed at any moment: nothing is lost or repeated."""

import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.rows import tuple_row

from domain.events.rights import FactCorrected
from domain.events.support import ContactMade
from domain.labels import Category, Label, Paragraph
from domain.ledger import PROJECTOR, Ledger, Settings, open_ledger
from domain.ledger.datastore import Datastore
from domain.values import Personal
from projections import places
from projections.every import PROJECTIONS
from projections.rebuild import Rebuild
from projections.table import NEXT
from tests.conftest import MakeDatabase
from tests.faults.checking import behind
from tests.faults.clients import until
from tests.faults.conftest import StartChild
from tests.faults.processes import project, rebuild
from tests.projections.given import Told, oracle, rows

_STREAMS, _BEFORE, _A_SECOND, _KILLS = 60, 90, 50, 6
_LABEL = Label(agency="shakyo", desk="sodan", category=Category.PROGRESS)


@pytest.fixture
def url(make_database: MakeDatabase) -> str:
    return make_database()


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with closing(open_ledger(Settings(url))) as opened:
        yield opened


def contact(text: str) -> ContactMade:
    return ContactMade(
        occurred_on="2026-04-01",
        label=_LABEL,
        outreach=uuid4(),
        method="visit",
        met_person=True,
        consented=True,
        narrative=(Paragraph(text=Personal(text), label=_LABEL),),
    )


def correction(of: int) -> FactCorrected:
    """From here on what the stream said before reads otherwise."""
    return FactCorrected(
        occurred_on="2026-04-02",
        label=_LABEL,
        of=of,
        reason=Personal("聞きちがい"),
        replacement_kind="ContactMade",
        replacement=contact("正しい"),
    )


@contextmanager
def writing(told: Told, streams: list[UUID]) -> Iterator[list[int]]:
    """So many writes a second, every tenth of them a correction; the positions they were given."""
    stopping, written = Event(), list[int]()

    def write() -> None:
        due = time.monotonic()
        while not stopping.is_set():
            stream = streams[len(written) % len(streams)]
            mends = len(written) % 10 == 9
            written.append(told(stream, correction(1) if mends else contact("会えた。")))
            due += 1 / _A_SECOND
            stopping.wait(max(0.0, due - time.monotonic()))

    thread = Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        stopping.set()
        thread.join()


_REBUILDERS = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (
        SELECT oid FROM pg_database WHERE datname = current_database())
"""


def alone(read_models: Datastore) -> bool:
    with read_models.session() as connection, connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(_REBUILDERS).fetchone() == (0,)


def half_done(read_models: Datastore, url: str, start: StartChild) -> int:
    """How far a rebuild had come that was killed on its way."""
    while True:
        at_work = start(rebuild, url)
        until(lambda: begun(read_models) > 0)
        at_work.kill()
        until(lambda: alone(read_models))
        if stood := begun(read_models):
            return stood


def begun(read_models: Datastore) -> int:
    """How far the tables under construction have come; 0 where there are none."""
    with read_models.session() as connection:
        return places.positions(connection).get(f"case_view{NEXT.suffix}", 0)


def test_rebuilding_goes_on_where_it_was_killed_and_nothing_is_lost_or_repeated(
    ledger: Ledger, read_models: Datastore, url: str, start: StartChild, nightly: int
) -> None:
    chance, told = random.Random(23), Told(ledger)
    streams = [uuid4() for _ in range(_STREAMS)]
    for _ in range(_BEFORE):
        told.all([(stream, contact("会えた。")) for stream in streams])
    start(project, url)
    with writing(told, streams) as written:
        until(lambda: len(written) > _A_SECOND)
        for _ in range(_KILLS * nightly):
            at_work = start(rebuild, url)
            time.sleep(chance.random())  # not to wait for anything: any moment is as good
            at_work.kill()
        stood, reached = half_done(read_models, url, start), list[int]()
        with closing(open_ledger(Settings(url), role=PROJECTOR)) as keyless:
            work = Rebuild(read_models, keyless, *PROJECTIONS, batch=300)
            work.run(lambda at, _head: reached.append(at), patience=60)
        count = len(written)
        until(lambda: len(written) > count + 20)
    assert stood <= reached[0]
    head = ledger.head()
    until(lambda: caught_up(read_models, head))
    with psycopg.connect(url) as connection:
        assert rows(connection, PROJECTIONS) == oracle(PROJECTIONS, ledger, streams, head)


def caught_up(read_models: Datastore, head: int) -> bool:
    with read_models.session() as connection:
        found = behind(connection, head)
    return len(found) == len(PROJECTIONS) and not any(found.values())
