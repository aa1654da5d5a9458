"""The request (依頼): a decision about to be made, and what will be kept of it."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple, cast
from uuid import UUID

from pydantic_core import to_json

from domain.events import Fact, On
from domain.heard import NotHeardThere, agenda_of, heard_at, was_heard_there
from domain.household.former import Former
from domain.ledger.batch import CommandRow, FactRow, Kept, Rested, Unit
from domain.ledger.failures import StaleView
from domain.ledger.mapper import FactMapper, to_bytes
from domain.ledger.sealing import Sealer
from domain.recorded import Recorded, State
from domain.refusals import Refused, Unknown
from domain.sitting import Sitting
from domain.stamp import Shown, Stamp
from domain.values import Command

Decision = Callable[..., Sequence[Fact | On]]
Recall = Callable[[Sequence["Stream"]], list[State]]
"""What several streams add up to, read in one turn."""
REMOVED = "■"
"""What stands for personal text in the part of a command that is kept in the clear."""


class Stream(NamedTuple):
    """A stream a decision rests on; `new` when it may not have begun, `found` when whoever asks has
    not named it: it was come upon by looking, and may be another one the next time.
    """

    state: type[State]
    id: UUID
    new: bool = False
    found: bool = False


class Outcome(NamedTuple):
    """What the log answers: the last position, none when nothing changed, and the versions to which
    the streams have come.
    """

    position: int | None
    versions: dict[UUID, int]
    repeated: bool
    recorded_at: datetime


def always() -> bool:
    return True


def nothing() -> Container[UUID]:
    return ()


def nobody() -> Shown:
    return {}


@dataclass(frozen=True, slots=True)
class Request:
    """`hidden` are streams of which the writer must not know. It is asked anew at every attempt,
    whatever the streams turn out to be, so that absent and hidden take the same way. `shown` are
    those of the household whom the writer is shown; it is asked once, where somebody is named whom
    they cannot know by the log alone.
    """

    decide: Decision
    command: Command
    stamp: Stamp
    streams: tuple[Stream, ...]
    unchanged: Callable[[], bool] = always
    hidden: Callable[[], Container[UUID]] = nothing
    shown: Callable[[], Shown] = nobody

    def subject(self, streams: Iterable[Stream]) -> bytes:
        """What is asked apart from the command: which decision, of what, on which streams."""
        decide: Any = self.decide
        path = decide.keywords if isinstance(decide, partial) else {}
        asked = {
            "decision": getattr(decide, "func", decide).__name__,
            "path": path,
            "streams": [stream.id for stream in streams],
        }
        return to_json(asked)[:-1]

    @property
    def circumstances(self) -> bytes:
        """Who asked, when, and as what each stream was read: what it takes to judge it again."""
        states = [(stream.state.__name__, stream.new) for stream in self.streams]
        stamp = self.stamp
        told: dict[str, object] = {"by": stamp.author, "at": stamp.at, "states": states}
        if stamp.sides:
            told["sides"] = sorted(stamp.sides)
        if stamp.walled:
            told["walled"] = sorted(stamp.walled)
        if stamp.shown is not None:
            told["shown"] = sorted(stamp.shown)
            told["belong"] = {each: shown for each, shown in stamp.shown.items() if shown}
        if stamp.agenda:
            told["agenda"] = sorted(stamp.agenda, key=str)
        return to_json(told)[1:-1]

    def keeping(self, sealer: Sealer, clock: datetime | None) -> "Keeping":
        """Two requests are the same when the same person asks the same of the same streams."""
        whole = self.subject(self.streams)
        named = [stream for stream in self.streams if not stream.found]
        same = whole if len(named) == len(self.streams) else self.subject(named)
        asked = sealer.digest(same + self.stamp.author.staff.bytes + to_bytes(self.command))
        fields = to_bytes(self.command, _CLEAR)
        clear = b'%b,%b,"fields":%b}' % (whole, self.circumstances, fields)
        return Keeping(asked, clear.decode(), clock)

    def allowed(self) -> None:
        """RoleNeeded before anything is read, where the command is for some roles only."""
        if only := self.command.only:
            self.stamp.requires(*only)

    def decided(self, states: Sequence[State]) -> list[tuple[UUID, Fact]]:
        """The facts with their streams; refused when one is hidden or absent, or when the writer
        would be shown something else by now.
        """
        self.allowed()
        hidden = self.hidden()
        for stream, state in zip(self.streams, states, strict=True):
            self._check(stream, state, hidden)
        if not self.unchanged():
            raise StaleView
        own = self.streams[0].id
        decided = [
            (fact.stream, fact.fact) if isinstance(fact, On) else (own, fact)
            for fact in self.decide(*states, self.command, self.stamp)
        ]
        was_heard_there(self.command, self.stamp, states)
        return decided

    def informed(self, refused: Refused, recall: Recall) -> "Request | None":
        """The same of a writer who knows whom they are shown, and which items they were asked for;
        None where that changes nothing.
        """
        if isinstance(refused, NotHeardThere):
            agenda = agenda_of(self._sittings(recall), self.stamp.capacity, partial(_into, recall))
            informed = replace(self, stamp=replace(self.stamp, agenda=agenda))
            return informed if informed.stamp != self.stamp else None
        if not refused.rests_on_shown or self.stamp.shown is not None:
            return None
        return replace(self, stamp=replace(self.stamp, shown=self.shown()))

    def _sittings(self, recall: Recall) -> Iterator[Sitting]:
        for sitting in sorted({basis.sitting for basis in heard_at(self.command)}):
            with suppress(Unknown):
                yield from cast("list[Sitting]", recall([Stream(Sitting, sitting)]))

    def _check(self, stream: Stream, state: State, hidden: Container[UUID]) -> None:
        if not stream.new and (state.version == 0 or stream.id in hidden):
            raise Unknown
        known_to = getattr(state, "known_to", None)
        stranger = state.version and known_to and not known_to(self.stamp.capacity)
        if stranger and not getattr(self.command, "by_strangers", False):
            raise Unknown

    def unit(
        self,
        states: Sequence[State],
        decided: list[tuple[UUID, Fact]],
        mapper: FactMapper,
        kept: "Keeping",
    ) -> tuple[Unit, dict[UUID, int]]:
        """What to record, and what the versions of its streams will be."""
        versions = {state.id: state.version for state in states}
        rested = [Rested(*item) for item in versions.items()]
        envelope = mapper.envelope(self.stamp.author)
        mapper.ready(decided)
        facts = []
        for stream, fact in decided:
            versions[stream] += 1
            version = versions[stream]
            state = mapper.encode(envelope, stream, version, fact)
            facts.append(FactRow(stream, version, type(fact).__name__, state))
        grown = {stream: versions[stream] for stream, _ in decided}
        outcome = ",".join(f'"{stream}":{version}' for stream, version in grown.items())
        row = CommandRow(
            self.stamp.command_id,
            kept.hash,
            type(self.command).__name__,
            kept.clear,
            f"{{{outcome}}}",
            kept.clock,
            len(facts),
        )
        return Unit([row], facts, rested), grown

    def news(
        self, state: State, decided: list[tuple[UUID, Fact]], kept: Kept | None = None
    ) -> list[Recorded]:
        """The facts of one stream as recorded; before they are, without a place in the log."""
        stamp = self.stamp
        at = kept.recorded_at if kept else stamp.at
        first = (kept.position or 0) - len(decided) + 1 if kept else 0
        own = [(place, fact) for place, (to, fact) in enumerate(decided, first) if to == state.id]
        return [
            Recorded(state.id, version, place, at, stamp.command_id, stamp.author, fact)
            for version, (place, fact) in enumerate(own, state.version + 1)
        ]


class Attempt(NamedTuple):
    """A request as decided on certain states: what to append, and what is so once it is."""

    request: Request
    states: Sequence[State]
    decided: list[tuple[UUID, Fact]]
    hash: bytes
    unit: Unit
    versions: dict[UUID, int]

    def outcome(self, kept: Kept) -> Outcome:
        return Outcome(kept.position, self.versions, False, kept.recorded_at)  # noqa: FBT003

    def news(self, kept: Kept) -> Iterator[tuple[Stream, State, list[Recorded]]]:
        """What each stream has gained."""
        for stream, state in zip(self.request.streams, self.states, strict=True):
            if news := self.request.news(state, self.decided, kept):
                yield stream, state, news


class Keeping(NamedTuple):
    """What is kept of a request: its digest, itself without personal text, a demo clock's time."""

    hash: bytes
    clear: str
    clock: datetime | None


def _into(recall: Recall, household: UUID) -> UUID | None:
    return cast("Former", recall([Stream(Former, household)])[0]).household.people.merged_into


def _removed(_: str) -> str:
    return REMOVED


_CLEAR = {"seal": _removed}
