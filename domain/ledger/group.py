"""Group commit: savers wait, one of them writes what all of them want in one transaction."""

from collections import deque
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from itertools import pairwise
from threading import Lock
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from domain.ledger.failures import OutcomeUnknown


class Wanted(Protocol):
    """What a saver wants written."""

    @property
    def writes(self) -> AbstractSet[UUID]:
        """What no other unit of the same batch may touch."""
        ...

    @property
    def reads(self) -> AbstractSet[UUID]:
        """What others of the same batch may rest on too, but not write."""
        ...


W = TypeVar("W", bound=Wanted)
W_co = TypeVar("W_co", bound=Wanted, covariant=True)
A = TypeVar("A")


class InLine(Protocol[W_co]):
    """Whoever wants something written, and waits for it in whichever way."""

    @property
    def unit(self) -> W_co: ...


T = TypeVar("T", bound=InLine[Wanted])


def together(waiting: deque[T], most: int) -> list[T]:
    """Those in line that disturb one another in nothing, taken out of it; the others wait a
    turn.
    """
    if len(waiting) == 1:
        return [waiting.popleft()]
    batch: list[T] = []
    later: list[T] = []
    read: set[UUID] = set()
    written: set[UUID] = set()
    while waiting and len(batch) < most:
        ticket = waiting.popleft()
        reads, writes = ticket.unit.reads, ticket.unit.writes
        disturbs = writes & read or (writes | reads) & written
        (later if disturbs else batch).append(ticket)
        read |= reads
        written |= writes
    waiting.extendleft(reversed(later))
    return batch


class _Waiting(Generic[W, A]):
    """A saver's place in the queue; `wake` is held until it is answered or has to lead."""

    __slots__ = ("answer", "following", "unit", "wake")

    def __init__(self, unit: W) -> None:
        self.unit = unit
        self.answer: A | Exception | None = None
        self.following: _Waiting[W, A] | None = None
        self.wake = Lock()
        self.wake.acquire()

    def sleep(self) -> None:
        """Until called; then the next one is woken."""
        self.wake.acquire()
        if self.following:
            self.following.called()

    def called(self) -> None:
        self.wake.release()


class GroupCommit(Generic[W, A]):
    """The first saver leads: it writes all that waits, then hands the lead to the next in line."""

    def __init__(self, write: Callable[[list[W]], list[A | Exception]], most: int = 256) -> None:
        self._write = write
        self._most = most
        self._lock = Lock()
        self._waiting: deque[_Waiting[W, A]] = deque()
        self._led = False

    def save(self, unit: W) -> A:
        ticket: _Waiting[W, A] = _Waiting(unit)
        if not self._leads(ticket):
            ticket.sleep()
        if ticket.answer is None:
            self._lead()
        if ticket.answer is None or isinstance(ticket.answer, Exception):
            raise ticket.answer or OutcomeUnknown
        return ticket.answer

    def _leads(self, ticket: _Waiting[W, A]) -> bool:
        """Stand in line; whether nobody leads yet."""
        with self._lock:
            self._waiting.append(ticket)
            leads, self._led = not self._led, True
        return leads

    def _lead(self) -> None:
        """Write one batch; the leader's own ticket is the first of it."""
        with self._lock:
            batch = together(self._waiting, self._most)
        answers: list[A | Exception] = [OutcomeUnknown() for _ in batch]
        try:
            answers = self._write([ticket.unit for ticket in batch])
        except Exception as accident:  # noqa: BLE001 - raised again by the first of the batch
            answers[0] = accident
        finally:
            for ticket, answer in zip(batch, answers, strict=True):
                ticket.answer = answer
            _wake(batch[1:])
            self._hand_over()

    def _hand_over(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            heir = self._waiting[0] if self._waiting else None
        if heir:
            heir.called()


def _wake(sleepers: list[_Waiting[W, A]]) -> None:
    """One after the other: twenty at once would only wait for one interpreter, and interrupt each
    other while they do (measured: 3,500 saves/s of 32 savers, and 4,000 this way).
    """
    for sleeper, following in pairwise(sleepers):
        sleeper.following = following
    if sleepers:
        sleepers[0].called()
