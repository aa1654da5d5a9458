"""What savers hand to the log: units of commands and facts, recorded whole or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import NamedTuple
from uuid import UUID


class CommandRow(NamedTuple):
    """A command as kept: a hash of the request, its fields without personal text, its outcome."""

    id: UUID | None
    hash: bytes
    type: str
    clear: str | None
    versions: str
    clock: datetime | None
    facts: int


class FactRow(NamedTuple):
    stream: UUID
    version: int
    topic: str
    state: bytes


class Rested(NamedTuple):
    """A stream a decision rested on, at the version it saw."""

    stream: UUID
    version: int


class Kept(NamedTuple):
    """What the log says of one command of a unit: recorded now, or `known` from an earlier time."""

    known: bool
    hash: bytes | None
    versions: str | None
    position: int | None
    recorded_at: datetime


@dataclass(slots=True)
class Unit:
    """Commands with their facts in order, recorded together or not at all."""

    commands: list[CommandRow]
    facts: list[FactRow]
    rested: list[Rested] = field(default_factory=list)

    @property
    def writes(self) -> set[UUID]:
        """What no other unit of the same batch may touch: the streams it adds to, its commands."""
        own = (row.id for row in self.commands if row.id)
        return {row.stream for row in self.facts}.union(own)

    @property
    def reads(self) -> set[UUID]:
        """What others of the same batch may rest on too, but not write."""
        return {row.stream for row in self.rested}


class Answer(NamedTuple):
    """What became of a unit: one Kept per command; fewer when it was overtaken."""

    unit: Unit
    kept: dict[int, Kept]

    @property
    def overtaken(self) -> bool:
        return len(self.kept) < len(self.unit.commands)

    @property
    def known(self) -> bool:
        return any(kept.known for kept in self.kept.values())


def columns(units: list[Unit]) -> tuple[list[object], ...]:
    """The arguments of `ledger.append`, one array per column."""
    numbered = list(enumerate(units))
    commands = [(number, *row) for number, unit in numbered for row in unit.commands]
    rested = [(number, *row) for number, unit in numbered for row in unit.rested]
    every = chain.from_iterable(unit.facts for unit in units)
    counts = enumerate((row.facts for unit in units for row in unit.commands), 1)
    places = (place for place, count in counts for _ in range(count))
    facts = [(place, *row) for place, row in zip(places, every, strict=True)]
    return (*_turned(commands, 8), *_turned(rested, 3), *_turned(facts, 5))


def _turned(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[]] * width


def shared_out(units: list[Unit], rows: Iterable[tuple[int, Kept]]) -> list[Answer]:
    """Give each unit the rows of its commands, which are counted over the whole batch from 1."""
    kept = dict(rows)
    answers, first = [], 1
    for unit in units:
        places = range(first, first + len(unit.commands))
        answers.append(Answer(unit, {at - first: kept[at] for at in places if at in kept}))
        first += len(unit.commands)
    return answers
