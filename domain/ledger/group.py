"""Group commit: savers wait, one of them writes what all of them want in one transaction."""

from collections import deque
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from domain.ledger.failures import OutcomeUnknown


class Wanted(Protocol):
    """What a saver wants written."""

    def touches(self) -> Iterable[UUID | None]:
        """What nothing else of the same batch may touch."""
        ...


W = TypeVar("W", bound=Wanted)
A = TypeVar("A")


class _Ticket(Generic[W, A]):
    """A saver's place in the queue; `wake` is held until it is answered or has to lead."""

    __slots__ = ("answer", "unit", "wake")

    def __init__(self, unit: W) -> None:
        self.unit = unit
        self.answer: A | Exception | None = None
        self.wake = Lock()
        self.wake.acquire()


class GroupCommit(Generic[W, A]):
    """The first saver leads: it writes all that waits, then hands the lead to the next in line.

    No thread of its own: whoever waits for an answer does the work.
    """

    def __init__(self, write: Callable[[list[W]], list[A | Exception]], most: int = 256) -> None:
        self._write = write
        self._most = most
        self._lock = Lock()
        self._waiting: deque[_Ticket[W, A]] = deque()
        self._led = False

    def save(self, unit: W) -> A:
        ticket: _Ticket[W, A] = _Ticket(unit)
        with self._lock:
            self._waiting.append(ticket)
            leads, self._led = not self._led, True
        if not leads:
            ticket.wake.acquire()
        if ticket.answer is None:
            self._lead()
        if ticket.answer is None or isinstance(ticket.answer, Exception):
            raise ticket.answer or OutcomeUnknown
        return ticket.answer

    def _lead(self) -> None:
        """Write one batch; the leader's own ticket is the first of it."""
        with self._lock:
            batch = self._next()
        answers: list[A | Exception] = [OutcomeUnknown() for _ in batch]
        try:
            answers = self._write([ticket.unit for ticket in batch])
        finally:
            for ticket, answer in zip(batch, answers, strict=True):
                ticket.answer = answer
            for ticket in batch[1:]:
                ticket.wake.release()
            self._hand_over()

    def _next(self) -> list[_Ticket[W, A]]:
        """Those in line that touch nothing in common; the others wait a turn."""
        if len(self._waiting) == 1:
            return [self._waiting.popleft()]
        batch: list[_Ticket[W, A]] = []
        later: list[_Ticket[W, A]] = []
        taken: set[UUID | None] = set()
        while self._waiting and len(batch) < self._most:
            ticket = self._waiting.popleft()
            touched = set(ticket.unit.touches())
            (later if touched & taken else batch).append(ticket)
            taken |= touched
        self._waiting.extendleft(reversed(later))
        return batch

    def _hand_over(self) -> None:
        with self._lock:
            self._led = bool(self._waiting)
            heir = self._waiting[0] if self._waiting else None
        if heir:
            heir.wake.release()
