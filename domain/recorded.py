"""Recorded (記帳): a fact in its place in the log, with who recorded it and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import UUID

from domain.events.addressed import Address
from domain.events.base import Fact
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.values import Author

CORRECTIONS: frozenset[type[Fact]] = frozenset({FactCorrected, MisfiledRecordWithdrawn})
"""From here on earlier facts of the stream read otherwise."""


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
    words: int | None = None
    """The version whose text it is, where a correction replaced the fact."""

    @property
    def kind(self) -> type[Fact]:
        return type(self.fact)


class Skimmed(Recorded):
    """拾い読み: of a fact that says little decisions ask for, only that little.

    That is its place, its author, whose it is to know of and, for some kinds, the id in it.
    Whatever else is asked of it is read then, and only then found to be unreadable: by a decision
    about that very fact, by a correction, by a history, and by the projections in any case.
    """

    __slots__ = ("_decode", "_row", "key", "kind", "writer")

    writer: Address
    key: UUID | None
    kind: type[Fact]
    _decode: Callable[[Any], Recorded]
    _row: Any

    def __init__(  # noqa: PLR0913, PLR0917 - made by the thousand: each name would cost
        self,
        version: int,
        recorded_at: datetime,
        author: Author,
        kind: type[Fact],
        writer: Address,
        key: UUID | None,
        row: Any,
        decode: Callable[[Any], Recorded],
    ) -> None:
        put = object.__setattr__  # frozen, as all that is recorded
        put(self, "version", version)
        put(self, "recorded_at", recorded_at)
        put(self, "author", author)
        put(self, "kind", kind)
        put(self, "writer", writer)
        put(self, "key", key)
        put(self, "_row", row)
        put(self, "_decode", decode)
        put(self, "words", None)

    def read(self) -> Recorded:
        """The whole of it; UnknownFact when this version cannot read it."""
        return self._decode(self._row)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.read(), name)


class State(Protocol):
    """What the facts of one stream add up to; only what decisions ask.

    A state to which many facts say little may name their kinds in `skims`, each with the one id it
    asks for or None, and is told of them by `skim`, a run at a time.
    """

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
    return type(fact) in CORRECTIONS


def effective(history: Sequence[Recorded]) -> list[Recorded]:
    """The history as it reads now: corrected facts replaced where they stand, voided and misfiled
    ones left out.
    """
    replaced: dict[int, tuple[Fact | None, int]] = {}
    for recorded in history:
        if recorded.kind not in CORRECTIONS:
            continue
        match recorded.fact:
            case FactCorrected(of=of, replacement=replacement) if of < recorded.version:
                replaced[of] = replacement, recorded.version
            case MisfiledRecordWithdrawn(facts=facts):
                gone = (of for of in facts if of < recorded.version)
                replaced |= dict.fromkeys(gone, (None, recorded.version))
            case _:
                pass
    if not replaced:
        return list(history)
    return [told for recorded in history if (told := _as_it_reads(recorded, replaced))]


def _as_it_reads(
    recorded: Recorded, replaced: Mapping[int, tuple[Fact | None, int]]
) -> Recorded | None:
    if recorded.version not in replaced:
        return recorded
    fact, words = replaced[recorded.version]
    whole = recorded.read() if isinstance(recorded, Skimmed) else recorded
    return replace(whole, fact=fact, words=words) if fact else None


S = TypeVar("S", bound=State)


def fold(state: S, news: Sequence[Recorded]) -> S:
    """Bring a state up to date; the caller hands the whole history when `news` corrects what was
    folded.
    """
    for reading, run in groupby(effective(news), type):
        if reading is Skimmed:
            state = state.skim(list(run))  # type: ignore[attr-defined]
            continue
        for recorded in run:
            state = state.evolve(recorded)
    return state
