"""The ledger (台帳): recall what the facts add up to, let the domain decide, append the outcome."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from pydantic_core import from_json

from domain.events import Fact
from domain.ledger.batch import Answer, Kept, Rested
from domain.ledger.failures import (
    CommandIdReused,
    NotADemonstration,
)
from domain.ledger.log_reading import Log, LogReading
from domain.ledger.mapper import FactMapper
from domain.ledger.request import Attempt, Decision, Keeping, Outcome, Request, Stream, always
from domain.ledger.sealing import ClearSealer, Sealer
from domain.ledger.shelf import Shelf
from domain.ledger.states import States
from domain.recorded import Recorded, State
from domain.refusals import Overtaken, Refused
from domain.stamp import Stamp
from domain.values import Command

_ATTEMPTS = 3


class Ledger(LogReading):
    """世帯・本人・会議・職員・社会資源の記録。"""

    def __init__(
        self, log: Log, sealer: Sealer | None = None, *, states: int = 500, shelf: int = 5000
    ) -> None:
        """So many states and, of histories, so many facts are kept of those asked for last."""
        self.log = log
        self.sealer = sealer or ClearSealer()
        self.mapper = FactMapper(self.sealer)
        self.states = States(log.since, self.mapper, states)
        self.shelf = Shelf(log.since, self.mapper, shelf)

    def record(
        self,
        decide: Decision,
        command: Command,
        stamp: Stamp,
        *streams: Stream,
        unchanged: Callable[[], bool] = always,
    ) -> Outcome:
        """Decide and append; exactly once per command id, however often it is sent.

        `unchanged` says whether what the writer saw still holds (If-Match), else StaleView. It is
        asked between reading the streams and the append, which fails when they have moved since:
        then the decision is made again on the newer facts, and refused as Overtaken only when
        others are quicker every time.
        """
        request = Request(decide, command, stamp, streams, unchanged)
        if (attempt := self.likely(request)) and (outcome := self._appended(attempt)):
            return outcome
        return self.record_now(request)

    async def hand_in(self, request: Request, *, by: State | None = None) -> Outcome | None:
        """Decided at once and written by the running event loop, while it goes on with others'
        work; `by` as in `likely`. None where the log has to be asked first, or has answered that
        something moved: then `record_now` knows.
        """
        attempt = self.likely(request, by=by)
        return self.settled(attempt, await self.log.hand_in(attempt.unit)) if attempt else None

    def record_now(self, request: Request) -> Outcome:
        """Decide at the head of the log, and there only."""
        for _ in range(_ATTEMPTS):
            try:
                request.allowed()
                states = self.states.current(request.streams)
                decided = request.decided(states)
                outcome = self._appended(self._attempt(request, states, decided))
            except Refused as refused:
                informed = request.informed(refused, self.states.current)
                if informed is None:
                    return self._refused(request, refused)
                request, outcome = informed, None
            if outcome:
                return outcome
        return self._refused(request, Overtaken())

    def likely(self, request: Request, *, by: State | None = None) -> Attempt | None:
        """Decided on the states as last seen, on which a refusal says nothing yet.

        `by` is the writer as last seen; the append will tell whether that still holds as well. With
        it nobody is asked for anything: None where a key is not at hand.
        """
        states = self.states.likely(request.streams)
        if states is None:
            return None
        try:
            decided = request.decided(states)
        except Refused:
            return None
        if by is None:
            return self._attempt(request, states, decided)
        if not self.mapper.at_hand(decided):
            return None
        attempt = self._attempt(request, states, decided)
        attempt.unit.rested.append(Rested(by.id, by.version))
        return attempt

    def _attempt(
        self, request: Request, states: list[State], decided: list[tuple[UUID, Fact]]
    ) -> Attempt:
        keeping = self.keeping(request)
        unit, versions = request.unit(states, decided, self.mapper, keeping)
        return Attempt(request, states, decided, keeping.hash, unit, versions)

    def _appended(self, attempt: Attempt) -> Outcome | None:
        answer = self.log.append(attempt.unit)
        if answer.known:
            return _first(answer.kept[0], attempt.hash)
        return self.settled(attempt, answer)

    def settled(self, attempt: Attempt, answer: Answer) -> Outcome | None:
        """The outcome; None when others were quicker, or when the command was known before."""
        if answer.known or answer.overtaken:
            return None
        kept = answer.kept[0]
        for stream, state, news in attempt.news(kept):
            self.states.add(stream, state, news)
        return attempt.outcome(kept)

    def keeping(self, request: Request) -> Keeping:
        clock = request.stamp.at if self.log.demonstration else None
        return request.keeping(self.sealer, clock)

    def _refused(self, request: Request, refused: Refused) -> Outcome:
        """The first outcome if the command was recorded before; else the refusal, remembered."""
        keeping = self.keeping(request)
        if kept := self.log.command(request.stamp.command_id):
            return _first(kept, keeping.hash)
        command, code = type(request.command).__name__, type(refused).__name__
        self.log.refuse(request.stamp.command_id, command, code, keeping.clear)
        raise refused

    def recall(self, stream: Stream) -> State:
        """What the facts of the stream add up to at the head of the log."""
        return self.states.current([stream])[0]

    def shelved(
        self, streams: Iterable[UUID], kinds: Iterable[type[Fact]] | None = None
    ) -> Mapping[UUID, Sequence[Recorded]]:
        """As `histories`; whole ones by way of the shelf, for whoever asks again and again."""
        return self.shelf.histories(streams) if kinds is None else self.histories(streams, kinds)

    @property
    def demonstration(self) -> bool:
        return self.log.demonstration

    def now(self, demo_clock: datetime | None = None) -> datetime:
        """The time for a stamp; a demo clock only in a demonstration, where it never goes back."""
        if not self.demonstration:
            if demo_clock is not None:
                raise NotADemonstration
            return datetime.now(UTC)
        return max(demo_clock or datetime.now(UTC), self.log.last_recorded_at())

    def close(self) -> None:
        self.log.close()
        self.sealer.close()


def _first(kept: Kept, hashed: bytes) -> Outcome:
    """The outcome a command had when it was first recorded."""
    if kept.hash != hashed:
        raise CommandIdReused
    versions = {
        UUID(stream): version for stream, version in from_json(kept.versions or "{}").items()
    }
    return Outcome(kept.position, versions, True, kept.recorded_at)  # noqa: FBT003
