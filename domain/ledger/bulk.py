"""Bulk (一括記録): many commands in one transaction, each deciding on what those before it did."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.ledger.batch import Unit
from domain.ledger.garbage import uncollected
from domain.ledger.ledger import Ledger
from domain.ledger.request import Decision, Outcome, Request, Stream
from domain.ledger.states import Key
from domain.recorded import Recorded, State, is_correction
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Command


class Item(NamedTuple):
    """What `Ledger.record` is given, one of many."""

    decide: Decision
    command: Command
    stamp: Stamp
    streams: tuple[Stream, ...]

    @property
    def request(self) -> Request:
        return Request(self.decide, self.command, self.stamp, self.streams)


def record_many(
    ledger: Ledger, items: Iterable[Item], *, at_once: int = 200
) -> Iterator[Outcome | Refused]:
    """The outcome of each item in the order given; what is refused does not stop the rest."""
    waiting = iter(items)
    while chunk := list(islice(waiting, at_once)):
        yield from _record(ledger, chunk)


def _record(ledger: Ledger, chunk: list[Item]) -> Iterator[Outcome | Refused]:
    """As many as can be decided together in one transaction; a doubtful one by itself."""
    while chunk:
        with uncollected():
            together = _Together(ledger, chunk)
            done = together.take(chunk)
            outcomes = together.outcomes()
        if outcomes is None:
            outcomes = [_alone(ledger, item) for item in chunk[:done]]
        yield from outcomes
        if done < len(chunk):
            yield _alone(ledger, chunk[done])
        chunk = chunk[done + 1 :]


def _alone(ledger: Ledger, item: Item) -> Outcome | Refused:
    try:
        return ledger.record(item.decide, item.command, item.stamp, *item.streams)
    except Refused as refused:
        return refused


class _Draft(NamedTuple):
    """A request decided on the states as they will be then, not yet written."""

    request: Request
    states: list[State]
    decided: list[tuple[UUID, Fact]]


class _Together:
    """One unit in the making, and the states as they will be once it is recorded."""

    def __init__(self, ledger: Ledger, chunk: list[Item]) -> None:
        self._ledger = ledger
        self._drafts: list[_Draft] = []
        first: dict[Key, Stream] = {}
        for stream in (stream for item in chunk for stream in item.streams):
            first.setdefault((stream.state, stream.id), stream)
        self._states: dict[Key, State] = ledger.states.expected(list(first.values()))

    def take(self, chunk: list[Item]) -> int:
        """Decide one after the other; how many until the first that is refused or corrects."""
        for done, item in enumerate(chunk):
            if not self._take(item):
                return done
        return len(chunk)

    def _take(self, item: Item) -> bool:
        request = item.request
        states = [self._states[stream.state, stream.id] for stream in item.streams]
        try:
            decided = request.decided(states)
        except Refused:
            return False
        if any(is_correction(fact) for _, fact in decided):
            return False
        self._drafts.append(_Draft(request, states, decided))
        for stream, state in zip(item.streams, states, strict=True):
            for recorded in request.news(state, decided):
                self._evolve(stream, recorded)
        return True

    def _evolve(self, stream: Stream, recorded: Recorded) -> None:
        key = (stream.state, stream.id)
        self._states[key] = self._states[key].evolve(recorded)

    def outcomes(self) -> list[Outcome | Refused] | None:
        """Record the unit; None when it rests on something that others have changed."""
        if not self._drafts:
            return []
        unit, versions = self._unit()
        answer = self._ledger.log.append(unit)
        self._ledger.states.forget(self._states)
        if answer.overtaken or answer.known:
            return None
        return [
            Outcome(kept.position, reached, False, kept.recorded_at)  # noqa: FBT003
            for kept, reached in zip(answer.kept.values(), versions, strict=True)
        ]

    def _unit(self) -> tuple[Unit, list[dict[UUID, int]]]:
        """All drafts as one unit; what they take from elsewhere is asked for at once."""
        ledger, whole = self._ledger, Unit([], [])
        ledger.mapper.ready(fact for draft in self._drafts for fact in draft.decided)
        reached: list[dict[UUID, int]] = []
        rested: set[UUID] = set()
        for request, states, decided in self._drafts:
            keeping = ledger.keeping(request)
            unit, versions = request.unit(states, decided, ledger.mapper, keeping)
            whole.commands += unit.commands
            whole.facts += unit.facts
            whole.rested += [row for row in unit.rested if row.stream not in rested]
            rested |= {row.stream for row in unit.rested}
            reached.append(versions)
        return whole, reached
