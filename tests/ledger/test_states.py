"""States seen earlier save a round trip, and are never believed without the log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID

import pytest

from domain.ledger import Ledger, LedgerUnavailable, Settings, ledger_in_memory, open_ledger
from domain.ledger.batch import Answer, Unit
from domain.ledger.memory import MemoryRecorder
from domain.ledger.recorder import LedgerRecorder
from domain.ledger.request import Stream
from domain.person import Person
from domain.recorded import Recorded
from domain.refusals import Unknown
from tests.ledger.given import Visit, Visits, known, new, nothing, stamp, visit, visit_both


class Counting(MemoryRecorder):
    """Counts how often the log is read."""

    reads = 0

    def since(self, versions: Mapping[UUID, int]) -> dict[UUID, list[tuple[Any, ...]]]:
        self.reads += 1
        return super().since(versions)


def test_a_household_at_work_is_written_without_reading_it_again() -> None:
    log, home = Counting(), new()
    ledger = Ledger(log)
    for _ in range(5):
        ledger.record(visit, Visit(), stamp(), home)
    ledger.record(visit, Visit(), stamp(), known(home.id))
    assert log.reads == 0
    assert ledger.recall(home).version == 6
    assert log.reads == 1


def test_only_so_many_states_are_kept() -> None:
    ledger = Ledger(MemoryRecorder(), states=2)
    homes = [new() for _ in range(4)]
    for home in homes:
        ledger.record(visit, Visit(), stamp(), home)
    assert list(ledger.states._seen) == [(Visits, home.id) for home in homes[2:]]  # noqa: SLF001
    assert [ledger.recall(known(home.id)).version for home in homes] == [1] * 4


def test_a_log_restored_to_an_earlier_day_is_believed_over_the_memory() -> None:
    ledger, home = ledger_in_memory(), new()
    for _ in range(3):
        ledger.record(visit, Visit(), stamp(), home)
    restored = Ledger(MemoryRecorder())
    restored.record(visit, Visit(), stamp(), home)
    ledger.log, ledger.states._since = restored.log, restored.log.since  # noqa: SLF001
    assert ledger.recall(known(home.id)).version == 1


@dataclass(frozen=True, slots=True)
class Count:
    """Another state over the same stream, hidden from nobody."""

    kind: ClassVar[str] = "household"

    id: UUID
    version: int = 0

    def evolve(self, recorded: Recorded) -> "Count":
        return replace(self, version=recorded.version)


def test_two_views_of_one_stream_are_brought_up_to_date_together() -> None:
    ledger, home = ledger_in_memory(), new()
    ledger.record(visit, Visit(), stamp(), home)
    count = Stream(Count, home.id)
    assert [state.version for state in ledger.states.current([known(home.id), count])] == [1, 1]
    ledger.record(visit, Visit(), stamp(), home)
    assert [state.version for state in ledger.states.current([home, count])] == [2, 2]


def test_a_state_that_hides_from_nobody_is_known_to_all() -> None:
    ledger, home = ledger_in_memory(), new()
    ledger.record(visit, Visit(method="hidden"), stamp(), home)
    outcome = ledger.record(nothing, Visit(), stamp(), Stream(Count, home.id))
    assert (outcome.position, outcome.versions) == (None, {})


def test_a_decision_may_rest_on_one_known_and_one_new_stream() -> None:
    ledger, home, other = ledger_in_memory(), new(), new()
    ledger.record(visit, Visit(), stamp(), home)
    stranger = Ledger(ledger.log)
    outcome = stranger.record(visit_both, Visit(), stamp(), known(home.id), other)
    assert outcome.versions == {home.id: 2, other.id: 1}


@pytest.fixture
def busy(database_url: str) -> Iterator[Ledger]:
    """A ledger that gives up soon."""
    ledger = open_ledger(Settings(database_url, pool_size=1, timeout=0.2))
    yield ledger
    ledger.close()


def test_no_connection_left_is_unavailable_and_recorded_nothing(busy: Ledger) -> None:
    assert isinstance(busy.log, LedgerRecorder)
    with busy.log.datastore.session(), pytest.raises(LedgerUnavailable):
        busy.record(visit, Visit(), stamp(), new())
    assert busy.record(visit, Visit(), stamp(), new()).position == 1


def test_a_lock_held_too_long_is_unavailable_for_the_whole_batch(busy: Ledger) -> None:
    assert isinstance(busy.log, LedgerRecorder)
    with busy.log.datastore.session() as session:
        session.execute("SET lock_timeout = '50ms'")
    with busy.log.datastore.fresh() as other:
        other.execute("SELECT pg_advisory_lock(7363837274)")
        with pytest.raises(LedgerUnavailable):
            busy.record(visit, Visit(), stamp(), new())
    assert busy.record(visit, Visit(), stamp(), new()).position == 1


def test_the_schema_is_not_the_recorders_to_make(busy: Ledger) -> None:
    assert isinstance(busy.log, LedgerRecorder)
    with pytest.raises(NotImplementedError):
        busy.log.create_table()


def test_the_bell_is_hung_once(busy: Ledger) -> None:
    assert isinstance(busy.log, LedgerRecorder)
    bell = busy.log._bell  # noqa: SLF001
    bell._start()  # noqa: SLF001
    thread = bell._thread  # noqa: SLF001
    bell._start()  # noqa: SLF001
    assert bell._thread is thread  # noqa: SLF001


def test_an_answer_shorter_than_its_unit_was_overtaken() -> None:
    assert not Answer(Unit([], []), {}).overtaken
    assert not Answer(Unit([], []), {}).known


def test_an_id_of_another_kind_is_unknown() -> None:
    ledger, home = ledger_in_memory(), new()
    ledger.record(visit, Visit(), stamp(), home)
    with pytest.raises(Unknown):
        ledger.recall(Stream(Person, home.id))
