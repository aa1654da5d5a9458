"""The ledger (台帳): recall what the facts add up to, let the domain decide, append the outcome."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from pydantic_core import from_json

from domain.events import Fact
from domain.ledger.batch import Answer, Kept, Unit
from domain.ledger.failures import (
    CommandIdReused,
    LedgerUnavailable,
    NotADemonstration,
    UnknownFact,
)
from domain.ledger.mapper import FactMapper
from domain.ledger.request import Decision, Outcome, Request, Stream
from domain.ledger.sealing import ClearSealer, Sealer
from domain.ledger.states import States
from domain.recorded import Recorded, State
from domain.refusals import Overtaken, Refused
from domain.stamp import Stamp
from domain.values import Command

_NOTHING: Mapping[UUID, int] = MappingProxyType({})
_ATTEMPTS = 3


class Log(Protocol):
    """What the ledger needs of a recorder, in PostgreSQL or in memory."""

    demonstration: bool

    def append(self, unit: Unit) -> Answer: ...

    def since(self, versions: Any) -> list[Any]: ...

    def page(self, after: int, limit: int) -> list[Any]: ...

    def command(self, command_id: UUID) -> Kept | None: ...

    def refuse(self, command_id: UUID, command: str, code: str) -> None: ...

    def position_at(self, known_at: datetime) -> int: ...

    def max_notification_id(self) -> int | None: ...

    def close(self) -> None: ...


class Ledger:
    """世帯・本人・会議・職員・社会資源の記録。"""

    def __init__(self, log: Log, sealer: Sealer | None = None, *, states: int = 2000) -> None:
        self.log = log
        self.sealer = sealer or ClearSealer()
        self.mapper = FactMapper(self.sealer)
        self._states = States(log.since, self.mapper, states)

    def record(
        self,
        decide: Decision,
        command: Command,
        stamp: Stamp,
        *streams: Stream,
        expected: Mapping[UUID, int] = _NOTHING,
    ) -> Outcome:
        """Decide and append; exactly once per command id, however often it is sent.

        `expected` are the versions the writer saw (If-Match): StaleView when they have moved.
        Without it the decision is made again on the newer facts, and refused as Overtaken only
        when others are quicker every time.
        """
        request = Request(decide, command, stamp, streams, expected)
        states = self._states.likely(streams)
        if states and (outcome := self._try(request, states)):
            return outcome
        for _ in range(_ATTEMPTS):
            states = self._states.current(streams)
            try:
                outcome = self._attempt(request, states)
            except Refused as refused:
                return self._refused(request, refused)
            if outcome:
                return outcome
        return self._refused(request, Overtaken())

    def _try(self, request: Request, states: list[State]) -> Outcome | None:
        """On states seen earlier a refusal says nothing yet."""
        try:
            return self._attempt(request, states)
        except CommandIdReused:
            raise
        except Refused:
            return None

    def _attempt(self, request: Request, states: list[State]) -> Outcome | None:
        """The outcome; None when other writers were quicker."""
        decided = request.decided(states)
        hashed = request.hash(self.sealer)
        clock = request.stamp.at if self.log.demonstration else None
        unit, versions = request.unit(states, decided, self.mapper, hashed, clock)
        answer = self.log.append(unit)
        if answer.known:
            return _first(answer.kept[0], hashed)
        if answer.overtaken:
            return None
        kept = answer.kept[0]
        self._remember(request, states, decided, kept)
        return Outcome(kept.position, versions, False, kept.recorded_at)  # noqa: FBT003

    def _remember(
        self,
        request: Request,
        states: list[State],
        decided: list[tuple[UUID, Fact]],
        kept: Kept,
    ) -> None:
        stamp = request.stamp
        first = (kept.position or 0) - len(decided) + 1
        for stream, state in zip(request.streams, states, strict=True):
            places = [(at, fact) for at, (to, fact) in enumerate(decided, first) if to == stream.id]
            news = [
                Recorded(stream.id, version, at, kept.recorded_at, stamp.command_id, stamp.author, fact)
                for version, (at, fact) in enumerate(places, state.version + 1)
            ]
            if news:
                self._states.add(stream, state, news)

    def _refused(self, request: Request, refused: Refused) -> Outcome:
        """The first outcome if the command was recorded before; else the refusal, remembered."""
        if kept := self.log.command(request.stamp.command_id):
            return _first(kept, request.hash(self.sealer))
        try:
            self.log.refuse(request.stamp.command_id, request.type, type(refused).__name__)
        except LedgerUnavailable:
            pass  # remembering a refusal is an extra; the refusal itself must reach its reader
        raise refused

    def recall(self, stream: Stream) -> State:
        """What the facts of the stream add up to at the head of the log."""
        return self._states.current([stream])[0]

    def history(self, stream: UUID, *, until: int | None = None) -> list[Recorded]:
        """The facts of one stream in order, up to a position of the log if one is given."""
        rows = self.log.since([(stream, 0)])
        return [self.mapper.decode(row) for row in rows if until is None or row[4] <= until]

    def read(
        self, after: int, limit: int, *, unknown: Callable[[UnknownFact], None] | None = None
    ) -> list[Recorded]:
        """The log from a position on; what this version cannot read goes to `unknown` or raises."""
        rows, decode = self.log.page(after, limit), self.mapper.decode
        if unknown is None:
            return [decode(row) for row in rows]
        facts = []
        for row in rows:
            try:
                facts.append(decode(row))
            except UnknownFact as fact:
                unknown(fact)
        return facts

    def head(self) -> int:
        return self.log.max_notification_id() or 0

    def position_at(self, known_at: datetime) -> int:
        """The last position recorded at or before that moment."""
        return self.log.position_at(known_at)

    @property
    def demonstration(self) -> bool:
        return self.log.demonstration

    def now(self, demo_clock: datetime | None = None) -> datetime:
        """The time for a stamp; a demo clock only in a database marked as a demonstration."""
        if demo_clock is not None and not self.demonstration:
            raise NotADemonstration
        return demo_clock or datetime.now(UTC)

    def close(self) -> None:
        self.log.close()


def _first(kept: Kept, hashed: bytes) -> Outcome:
    """The outcome a command had when it was first recorded."""
    if kept.hash != hashed:
        raise CommandIdReused
    versions = {UUID(stream): version for stream, version in from_json(kept.versions or "{}").items()}
    return Outcome(kept.position, versions, True, kept.recorded_at)  # noqa: FBT003
