"""Recorded (記帳): a fact in its place in the log, with who recorded it and when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from domain.events.base import Fact
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.values import Author


@dataclass(frozen=True, slots=True)
class Recorded:
    """`version` counts within the stream from 1, `position` within the whole log."""

    stream: UUID
    version: int
    position: int
    recorded_at: datetime
    command_id: UUID | None
    author: Author
    fact: Fact


class State(Protocol):
    """What the facts of one stream add up to; only what decisions ask."""

    kind: ClassVar[str]

    @property
    def id(self) -> UUID: ...

    @property
    def version(self) -> int: ...

    def evolve(self, recorded: Recorded) -> Self:
        """Fold in one fact; never refuse it, for it has already happened."""
        ...


def is_correction(fact: Fact) -> bool:
    """Whether earlier facts of the stream read otherwise from here on."""
    return isinstance(fact, FactCorrected | MisfiledRecordWithdrawn)


def effective(history: Sequence[Recorded]) -> list[Recorded]:
    """The history as it reads now: corrected facts replaced where they stand, voided and misfiled
    ones left out.
    """
    replaced: dict[int, Fact | None] = {}
    for recorded in history:
        match recorded.fact:
            case FactCorrected(of=of, replacement=replacement) if of < recorded.version:
                replaced[of] = replacement
            case MisfiledRecordWithdrawn(facts=facts):
                replaced |= dict.fromkeys(of for of in facts if of < recorded.version)
            case _:
                pass
    if not replaced:
        return list(history)
    return [
        replace(recorded, fact=fact)
        for recorded in history
        if (fact := replaced.get(recorded.version, recorded.fact)) is not None
    ]


S = TypeVar("S", bound=State)


def fold(state: S, news: Sequence[Recorded]) -> S:
    """Bring a state up to date; the caller hands the whole history when `news` corrects what was
    folded.
    """
    for recorded in effective(news):
        state = state.evolve(recorded)
    return state
