"""手: one of several processes that decide the commands of their parts of a city, in order.

Parts share no stream, so a hand needs nothing of what the others decide.
"""

import gc
import marshal
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from domain.correction import History
from domain.events import Fact
from domain.household import Household
from domain.ledger import Ledger
from domain.ledger.batch import CommandRow, FactRow, Rested, Unit
from domain.ledger.request import Recall, Request, Stream
from domain.ledger.states import Key, begin
from domain.profile import Profile
from domain.recorded import CORRECTIONS, Recorded, State, fold
from domain.refusals import Refused
from replays.loading.lines import Manifest, every_line, is_retold, part_of, request_of

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
AT_ONCE = 1000
Opening = Callable[[], Ledger]


def work(  # noqa: PLR0913, PLR0917 - what a process is told at its start
    mine: int,
    hands: int,
    skip: int,
    directory: Path,
    manifest: Manifest,
    profile: Profile,
    opening: Opening,
    out: Connection,
) -> None:
    """Decide line after line and hand in what came of it, so many lines at once."""
    gc.disable()  # what is made here has no cycles, and stays
    ledger = opening()
    hand = Hand(ledger, profile, mine, hands)
    try:
        for chunk in _chunks(every_line(directory, manifest), skip):
            out.send_bytes(marshal.dumps(hand.decided(chunk)))
    except _Stopped as stopped:
        out.send_bytes(marshal.dumps(stopped.args))
    finally:
        ledger.close()
        out.close()


class _Stopped(Exception):
    """A command was refused: how far into the chunk, and the refusal's code and details."""


def _chunks(lines: Iterator[bytes], skip: int) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    for number, line in enumerate(lines):
        if number < skip:
            continue
        chunk.append(line)
        if len(chunk) == AT_ONCE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Draft(NamedTuple):
    """What a line of the chunk came to, not yet written."""

    place: int
    request: Request
    states: list[State]
    decided: list[tuple[UUID, Fact]]


class Hand:
    """Keeps the states it follows; one begun before this run is recalled from the log."""

    def __init__(self, ledger: Ledger, profile: Profile, mine: int, hands: int) -> None:
        self._ledger, self._profile = ledger, profile
        self._mine, self._hands = mine, hands
        self._states: dict[Key, State] = {}
        self._told: dict[UUID, list[Recorded]] = {}
        """All that was said in the streams of which something is corrected later on."""

    def decided(self, chunk: list[bytes]) -> dict[str, Any]:
        """The keys of all who are new in the chunk are asked for at once."""
        rested: dict[UUID, int] = {}
        drafts = [
            self._decide(place, line, rested)
            for place, line in enumerate(chunk)
            if part_of(line) % self._hands == self._mine
        ]
        self._ledger.mapper.ready(fact for draft in drafts for fact in draft.decided)
        streams = [(stream.bytes, version) for stream, version in rested.items()]
        commands = [(draft.place, *self._packed(draft)) for draft in drafts]
        return {"lines": len(chunk), "commands": commands, "rested": streams}

    def _decide(self, place: int, line: bytes, rested: dict[UUID, int]) -> _Draft:
        request = request_of(line, self._profile)
        if is_retold(line):
            self._remember(request.streams)
        keys: list[Key] = [(stream.state, stream.id) for stream in request.streams]
        states = [
            self._state(key, stream) for key, stream in zip(keys, request.streams, strict=True)
        ]
        try:
            request, decided = _decided(request, states, self._ledger.states.current)
        except Refused as refused:
            raise _Stopped(place, type(refused).__name__, str(refused.details)) from refused
        for state in states:
            rested.setdefault(state.id, state.version)
        if decided:
            self._follow(request, keys, states, decided)
        return _Draft(place, request, states, decided)

    def _packed(self, draft: _Draft) -> tuple[Any, ...]:
        keeping = self._ledger.keeping(draft.request)
        mapper = self._ledger.mapper
        unit, _ = draft.request.unit(draft.states, draft.decided, mapper, keeping)
        return _packed(unit)

    def _state(self, key: Key, stream: Stream) -> State:
        if stream.state is History:
            return fold(begin(stream), self._told[stream.id])
        state = self._states.get(key)
        if state is None:
            state = begin(stream) if stream.new else self._ledger.recall(stream)
            self._states[key] = state
        return state

    def _remember(self, streams: Sequence[Stream]) -> None:
        """A hand that goes on where another was broken off finds the rest in the log."""
        for stream in streams:
            if stream.state is Household and stream.id not in self._told:
                self._told[stream.id] = [] if stream.new else self._ledger.history(stream.id)

    def _follow(self, request: Request, keys: list[Key], states: list[State], decided: Any) -> None:
        for key, state in zip(keys, states, strict=True):
            news = request.news(state, decided)
            if key[0] is Household and state.id in self._told:
                self._told[state.id] += news
            if any(recorded.kind in CORRECTIONS for recorded in news):
                self._states[key] = fold(key[0](state.id), self._told[state.id])  # type: ignore[call-arg]
            else:
                self._states[key] = fold(state, news)


def _decided(
    request: Request, states: list[State], recall: Recall
) -> tuple[Request, list[tuple[UUID, Fact]]]:
    try:
        return request, request.decided(states)
    except Refused as refused:
        informed = request.informed(refused, recall)
        if informed is None:
            raise
    return informed, informed.decided(states)


def _packed(unit: Unit) -> tuple[Any, ...]:
    [row] = unit.commands
    clock = row.clock and (row.clock - _EPOCH) // _MICROSECOND
    key = row.id.bytes if row.id else b""
    facts = [(fact.stream.bytes, *fact[1:]) for fact in unit.facts]
    return key, row.hash, row.type, row.clear, row.versions, clock, facts


def unpacked(told: list[dict[str, Any]]) -> Unit:
    """What all hands made of the same lines, in the order of the lines, recorded as a whole."""
    unit = Unit([], [])
    rows = sorted((row for each in told for row in each["commands"]), key=lambda row: row[0])
    for _, key, hashed, act, clear, versions, clock, facts in rows:
        at = None if clock is None else _EPOCH + clock * _MICROSECOND
        row = CommandRow(UUID(bytes=key), hashed, act, clear, versions, at, len(facts))
        unit.commands.append(row)
        unit.facts += [FactRow(UUID(bytes=to), *fact) for to, *fact in facts]
    rested = {to: version for each in told for to, version in each["rested"]}
    unit.rested += [Rested(UUID(bytes=to), version) for to, version in rested.items()]
    return unit
