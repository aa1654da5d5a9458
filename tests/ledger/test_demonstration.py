"""Only a demonstration may be told the time, and even there it never goes back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from domain.ledger import (
    Item,
    Ledger,
    NotADemonstration,
    Outcome,
    Settings,
    ledger_in_memory,
    open_ledger,
    record_many,
)
from domain.ledger.batch import CommandRow, Unit
from domain.ledger.memory import MemoryRecorder
from tests.conftest import MakeDatabase
from tests.ledger.given import NOON, Visit, new, stamp, visit

DAY = timedelta(days=1)


@pytest.fixture(params=["postgres", "memory"])
def demonstration(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Ledger]:
    if request.param == "memory":
        yield ledger_in_memory(demonstration=True)
        return
    ledger = open_ledger(Settings(make_database(demonstration=True)))
    yield ledger
    ledger.close()


def test_the_time_given_is_the_time_recorded(demonstration: Ledger) -> None:
    outcome = demonstration.record(visit, Visit(), stamp(at=NOON), new())
    assert outcome.recorded_at == NOON
    assert demonstration.read(0, 1)[0].recorded_at == NOON


def test_the_time_never_goes_back(demonstration: Ledger) -> None:
    demonstration.record(visit, Visit(), stamp(at=NOON), new())
    assert demonstration.now(NOON - DAY) == NOON
    assert demonstration.now(NOON + DAY) == NOON + DAY
    outcome = demonstration.record(visit, Visit(), stamp(at=NOON - DAY), new())
    assert outcome.recorded_at == NOON


def test_without_a_demo_clock_it_is_now(demonstration: Ledger) -> None:
    assert datetime.now(UTC) - demonstration.now() < timedelta(minutes=1)


def test_many_at_once_each_have_their_own_time(demonstration: Ledger) -> None:
    times = [NOON, NOON + DAY, NOON - DAY, NOON + 2 * DAY]
    items = [Item(visit, Visit(), stamp(at=at), (new(),)) for at in times]
    done = [
        outcome.recorded_at
        for outcome in record_many(demonstration, items)
        if isinstance(outcome, Outcome)
    ]
    assert done == [NOON, NOON + DAY, NOON + DAY, NOON + 2 * DAY]


def test_nobody_tells_a_ledger_in_earnest_the_time() -> None:
    log = MemoryRecorder()
    command = CommandRow(None, b"", "", None, "{}", NOON, 0)
    with pytest.raises(NotADemonstration):
        log.append(Unit([command], []))
    kept = log.append(Unit([command._replace(clock=None)], [])).kept[0]
    assert (kept.position, log.commands) == (None, {})
