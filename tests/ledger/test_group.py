"""Savers who wait are written together, and each has an answer of its own."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from uuid import UUID, uuid4

import pytest

from domain.ledger import OutcomeUnknown
from domain.ledger.batch import Answer, FactRow, Rested, Unit
from domain.ledger.group import GroupCommit


class Slow:
    """Writes when it is let, and remembers what it was given at once."""

    def __init__(self) -> None:
        self.batches: list[list[Unit]] = []
        self.begun, self.go = Event(), Event()

    def write(self, units: list[Unit]) -> list[Answer | Exception]:
        self.batches.append(units)
        self.begun.set()
        assert self.go.wait(5)
        return [Answer(unit, {}) for unit in units]


def on(*streams: UUID, by: UUID | None = None) -> Unit:
    """Adds to its streams, and only rests on `by`."""
    rested = [Rested(stream, 1) for stream in (*streams, by) if stream]
    return Unit([], [FactRow(stream, 2, "", b"") for stream in streams], rested)


def saved(slow: Slow, units: list[Unit], most: int = 256) -> list[Future[Answer]]:
    """The first unit is being written while the others queue up in order."""
    group = GroupCommit(slow.write, most)
    with ThreadPoolExecutor(len(units)) as savers:
        saving = [savers.submit(group.save, units[0])]
        assert slow.begun.wait(5)
        for waiting, unit in enumerate(units[1:], 1):
            saving.append(savers.submit(group.save, unit))
            while len(group._waiting) < waiting:  # noqa: SLF001
                pass
        slow.go.set()
    return saving


def test_who_waits_is_written_together() -> None:
    slow, units = Slow(), [on(uuid4()) for _ in range(5)]
    answers = saved(slow, units)
    assert slow.batches == [units[:1], units[1:]]
    assert [answer.result().unit for answer in answers] == units


def test_a_batch_is_bounded() -> None:
    slow, units = Slow(), [on(uuid4()) for _ in range(6)]
    saved(slow, units, most=2)
    assert [len(batch) for batch in slow.batches] == [1, 2, 2, 1]


def test_two_on_one_stream_are_never_in_one_batch() -> None:
    slow, same = Slow(), uuid4()
    units = [on(uuid4()), on(same), on(same), on(uuid4()), on(same)]
    saved(slow, units)
    assert slow.batches == [[units[0]], [units[1], units[3]], [units[2]], [units[4]]]


def test_many_may_rest_on_what_none_of_them_writes() -> None:
    slow, staff = Slow(), uuid4()
    units = [on(uuid4()), on(uuid4(), by=staff), on(uuid4(), by=staff)]
    saved(slow, units)
    assert slow.batches == [units[:1], units[1:]]


def test_nobody_writes_what_another_of_the_batch_rests_on() -> None:
    slow, staff = Slow(), uuid4()
    units = [on(uuid4()), on(uuid4(), by=staff), on(staff), on(uuid4(), by=staff)]
    saved(slow, units)
    assert slow.batches == [[units[0]], [units[1]], [units[2]], [units[3]]]


class Accident(Slow):
    def write(self, units: list[Unit]) -> list[Answer | Exception]:
        super().write(units)
        raise ZeroDivisionError


def test_whoever_waited_behind_an_accident_knows_nothing() -> None:
    answers = saved(Accident(), [on(uuid4()) for _ in range(3)])
    kinds = [type(answer.exception()) for answer in answers]
    assert kinds == [ZeroDivisionError, ZeroDivisionError, OutcomeUnknown]


def test_each_saver_has_its_own_failure() -> None:
    class Picky(Slow):
        def write(self, units: list[Unit]) -> list[Answer | Exception]:
            answers = super().write(units)
            return [KeyError("this one"), *answers[1:]]

    answers = saved(Picky(), [on(uuid4()) for _ in range(3)])
    with pytest.raises(KeyError):
        answers[1].result()
    assert isinstance(answers[2].result(), Answer)
