"""Requests that ask the same moment share a round trip; nobody gets what was read earlier."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import UUID

import pytest

from api.turns import Turns
from domain.staff import Staff

ONE, OTHER = UUID(int=1), UUID(int=2)


def test_those_who_wait_are_asked_for_together() -> None:
    asked: list[list[UUID]] = []
    busy, go_on = Event(), Event()

    def ask(wanted: list[UUID]) -> Mapping[UUID, Staff]:
        asked.append(sorted(wanted))
        busy.set()
        go_on.wait(5)
        return {staff: Staff(id=staff, version=len(asked)) for staff in wanted}

    turns = Turns(ask)
    with ThreadPoolExecutor(9) as threads:
        first = threads.submit(turns.recall, ONE)
        busy.wait(5)
        later = [threads.submit(turns.recall, staff) for staff in (ONE, OTHER) * 4]
        while turns._gathering.wanted != {ONE, OTHER}:  # noqa: SLF001 - until all have joined
            pass
        go_on.set()
        assert first.result().version == 1
        assert {each.result().version for each in later} == {2}
    assert asked == [[ONE], [ONE, OTHER]]


def test_a_failure_is_everybodys_and_over_with_the_turn() -> None:
    failing = [True]

    def ask(wanted: list[UUID]) -> Mapping[UUID, Staff]:
        if failing:
            failing.clear()
            raise ConnectionError
        return {staff: Staff(id=staff) for staff in wanted}

    turns = Turns(ask)
    with pytest.raises(ConnectionError):
        turns.recall(ONE)
    assert turns.recall(ONE).id == ONE


def test_a_crowd_is_answered_whole() -> None:
    everybody = [UUID(int=n) for n in range(40)]
    turns = Turns(lambda wanted: {staff: Staff(id=staff) for staff in wanted})
    together = Barrier(40)

    def recall(staff: UUID) -> UUID:
        together.wait(5)
        return turns.recall(staff).id

    with ThreadPoolExecutor(40) as threads:
        assert list(threads.map(recall, everybody)) == everybody
