"""The request (依頼): a decision about to be made, and what will be kept of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Fact, On
from domain.ledger.batch import CommandRow, FactRow, Rested, Unit
from domain.ledger.failures import StaleView
from domain.ledger.mapper import FactMapper
from domain.ledger.sealing import Sealer
from domain.recorded import State
from domain.refusals import Unknown
from domain.stamp import Stamp
from domain.values import Command

Decision = Callable[..., Sequence[Fact | On]]
REMOVED = "■"
"""What stands for personal text in the part of a command that is kept in the clear."""


class Stream(NamedTuple):
    """A stream a decision rests on; `new` when it may not have begun."""

    state: type[State]
    id: UUID
    new: bool = False


class Outcome(NamedTuple):
    """What the log answers: the last position (none when nothing changed) and each stream's version."""

    position: int | None
    versions: dict[UUID, int]
    repeated: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    decide: Decision
    command: Command
    stamp: Stamp
    streams: tuple[Stream, ...]
    expected: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def type(self) -> str:
        return type(self.command).__name__

    def hash(self, sealer: Sealer) -> bytes:
        """Two requests are the same when the same person asks the same of the same streams."""
        decide: Any = self.decide
        bound = decide.keywords if isinstance(decide, partial) else {}
        asked = [
            getattr(decide, "func", decide).__name__,
            *(f"{name}={bound[name]}" for name in sorted(bound)),
            *(str(stream.id) for stream in self.streams),
            str(self.stamp.author.staff),
        ]
        return sealer.digest("\n".join(asked).encode() + self.command.model_dump_json().encode())

    def decided(self, states: Sequence[State]) -> list[tuple[UUID, Fact]]:
        """The facts with their streams; refused when one is hidden, absent or was seen otherwise."""
        for stream, state in zip(self.streams, states, strict=True):
            self._check(stream, state)
        own = self.streams[0].id
        return [
            (fact.stream, fact.fact) if isinstance(fact, On) else (own, fact)
            for fact in self.decide(*states, self.command, self.stamp)
        ]

    def _check(self, stream: Stream, state: State) -> None:
        if state.version == 0:
            if not stream.new:
                raise Unknown
        elif not getattr(state, "known_to", _anyone)(self.stamp.capacity):
            raise Unknown
        if self.expected.get(stream.id, state.version) != state.version:
            raise StaleView

    def unit(
        self,
        states: Sequence[State],
        decided: list[tuple[UUID, Fact]],
        mapper: FactMapper,
        hashed: bytes,
        clock: datetime | None,
    ) -> tuple[Unit, dict[UUID, int]]:
        """What to record, and the versions of all streams once it is."""
        versions = {state.id: state.version for state in states}
        rested = [Rested(*item) for item in versions.items()]
        envelope = mapper.envelope(self.stamp.author)
        facts = []
        for stream, fact in decided:
            versions[stream] += 1
            state = mapper.encode(envelope, fact)
            facts.append(FactRow(stream, versions[stream], type(fact).__name__, state))
        outcome = ",".join(f'"{stream}":{version}' for stream, version in versions.items())
        clear = self.command.model_dump_json(context={"seal": _removed})
        row = CommandRow(
            self.stamp.command_id, hashed, self.type, clear, f"{{{outcome}}}", clock, len(facts)
        )
        return Unit([row], facts, rested), versions


def _anyone(_: Any) -> bool:
    return True


def _removed(_: str) -> str:
    return REMOVED
