"""Turns (順番): many requests that ask the log the same moment share one round trip."""

from collections.abc import Callable, Mapping
from threading import Event, Lock
from uuid import UUID

from domain.staff import Staff

Ask = Callable[[list[UUID]], Mapping[UUID, Staff]]


class _Turn:
    __slots__ = ("done", "failed", "found", "wanted")

    def __init__(self) -> None:
        self.wanted: set[UUID] = set()
        self.done = Event()
        self.found: Mapping[UUID, Staff] = {}
        self.failed: Exception | None = None


class Turns:
    """Whoever comes first in a turn asks for all that joined while the turn before was asked.

    Nobody is answered with what was read before they came, so an appointment that ended is over
    for every request that begins afterwards.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._lock = Lock()
        self._asking = Lock()
        self._gathering = _Turn()

    def recall(self, staff: UUID) -> Staff:
        with self._lock:
            turn = self._gathering
            leads = not turn.wanted
            turn.wanted.add(staff)
        if leads:
            self._lead(turn)
        else:
            turn.done.wait()
        if turn.failed:
            raise turn.failed
        return turn.found[staff]

    def _lead(self, turn: _Turn) -> None:
        with self._asking:
            with self._lock:
                self._gathering = _Turn()
            try:
                turn.found = self._ask(list(turn.wanted))
            except Exception as failed:  # noqa: BLE001 - raised again by everybody who waits
                turn.failed = failed
            finally:
                turn.done.set()
