"""区間: what the facts of one stream say as rows, each with when it was so and when it was known.

Both clocks count days, Asia/Tokyo, and every interval takes in its first day and not its last;
an empty end means "still".

True time: a fact is so from the first day it can have happened (`precision` says whether that is
a day, a month or a year); one whose day nobody knows counts from the day it was recorded. What
was so on a day is what the facts that were so by then add up to, in the order in which they were
recorded, as everywhere in the ledger: today's rows are today's case view.

Known time: a row is known from the day its last missing fact was recorded. "Known on a day" means
at the end of that day, so what was recorded and corrected within one day was never known in
between, and neither the hour of a record nor its place in the log leaves the office. A correction
ends (`known_to`) the rows of what it corrects and begins others from its own day on; a record
withdrawn as misfiled or taken back only ends them. A late entry changes no row before its day. Two
records found to be of one person or one household stay two, and a row says which is now which, from
the day that was found out.

Streams are told one by one, whole: a row never rests on two of them, and none has to be kept in
mind beyond its own facts.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.recorded import Recorded
from domain.values import JST, UNKNOWN_DAY, earliest
from replays.extracts.tables import Row

DAY = timedelta(days=1)
_PRECISION = ("year", "month", "day")


class Told(NamedTuple):
    """A fact as it reads at a time; `on` is the first day it is so, `heard` when it was written."""

    version: int
    fact: Any
    on: date
    precision: str
    heard: date


class Span(NamedTuple):
    """What is so from a day until another."""

    row: Row
    since: date
    until: date | None
    precision: str


class Interval(NamedTuple):
    """A span, and from which day until which it was held to be so."""

    span: Span
    known_from: date
    known_to: date | None


Facts = Sequence[Told]
"""In the order in which they were recorded."""
Key = Callable[[Told], Iterable[Hashable]]


def last(facts: Facts, kind: type[Fact]) -> Told | None:
    """What was recorded last of that kind: the answer that counts."""
    return next((told for told in reversed(facts) if isinstance(told.fact, kind)), None)


@dataclass(frozen=True)
class Following:
    """Which facts a table follows: those with the same key are told together."""

    of: Mapping[type[Fact], Key]
    tell: Callable[[UUID, Facts], Iterable[Span]]


def whole(_: Told) -> tuple[None]:
    """The key where a table needs all its facts of a stream together."""
    return (None,)


def itself(told: Told) -> tuple[int]:
    """The key of facts that stand alone."""
    return (told.version,)


def by(name: str) -> Key:
    """The key is a field of the fact."""
    return lambda told: (getattr(told.fact, name),)


def lasting(
    rows: Callable[[UUID, Facts, date], Iterable[Row]],
    days: Callable[[Told], Iterable[date]] = lambda told: (told.on,),
) -> Callable[[UUID, Facts], list[Span]]:
    """States: what is so by a day, asked at each day on which that may change."""

    def tell(stream: UUID, facts: Facts) -> list[Span]:
        turns = sorted({day for told in facts for day in days(told)})
        if len(turns) == 1:
            said = dict.fromkeys(rows(stream, facts, turns[0]))
            return [Span(row, turns[0], None, facts[-1].precision) for row in said]
        precise = {told.on: told.precision for told in facts}
        found: list[Span] = []
        open_: dict[Row, date] = {}
        for day in turns:
            now = dict.fromkeys(rows(stream, [told for told in facts if told.on <= day], day))
            for row in [row for row in open_ if row not in now]:
                since = open_.pop(row)
                found.append(Span(row, since, day, precise.get(since, "day")))
            for row in now:
                open_.setdefault(row, day)
        still = (Span(row, day, None, precise.get(day, "day")) for row, day in open_.items())
        return [*found, *still]

    return tell


def done(row: Callable[[UUID, Facts], Row | None]) -> Callable[[UUID, Facts], list[Span]]:
    """Acts: one row of one day, that of the first fact; what came of it is said beside it."""

    def tell(stream: UUID, facts: Facts) -> list[Span]:
        told, first = row(stream, facts), facts[0]
        return [Span(told, first.on, first.on + DAY, first.precision)] if told else []

    return tell


@dataclass
class _Thread:
    following: Following
    facts: dict[int, Told] = field(default_factory=dict)
    held: dict[Span, date] = field(default_factory=dict)

    def news(self, stream: UUID, day: date) -> Iterator[Interval]:
        """What is no longer held from this day on; the rest is kept with what is new."""
        facts = [self.facts[version] for version in sorted(self.facts)]
        now = dict.fromkeys(self.following.tell(stream, facts)) if facts else {}
        for span in [span for span in self.held if span not in now]:
            yield Interval(span, self.held.pop(span), day)
        for span in now:
            self.held.setdefault(span, day)


class Intervals:
    """Tells the streams of a log, one after the other."""

    def __init__(self, followings: Iterable[Following]) -> None:
        self._by_kind: dict[type[Fact], list[Following]] = {}
        for following in followings:
            for kind in following.of:
                self._by_kind.setdefault(kind, []).append(following)

    def of(self, history: Sequence[Recorded]) -> Iterator[Interval]:
        """Every interval of one stream, from its whole history in order."""
        telling = _Telling(self._by_kind)
        for day, records in groupby(history, key=lambda recorded: day_of(recorded.recorded_at)):
            for recorded in records:
                telling.hear(recorded, day)
            yield from telling.news(history[0].stream, day)
        yield from telling.held()


class _Telling:
    """One stream, day by day."""

    def __init__(self, following: Mapping[type[Fact], list[Following]]) -> None:
        self._following = following
        self._threads: dict[tuple[int, Hashable], _Thread] = {}
        self._standing: dict[int, Told] = {}
        self._heard: dict[int, date] = {}
        self._touched: dict[int, _Thread] = {}

    def hear(self, recorded: Recorded, day: date) -> None:
        """As `domain.recorded.effective`: a fact reads otherwise, or is gone, where it stands."""
        version = recorded.version
        match recorded.fact:
            case FactCorrected(of=of, replacement=replacement) if of < version:
                self._put(of, replacement)
            case MisfiledRecordWithdrawn(facts=facts):
                for of in facts:
                    self._put(of, None)
            case fact:
                self._heard[version] = day
                self._put(version, fact)

    def _put(self, version: int, fact: Fact | None) -> None:
        before = self._standing.pop(version, None)
        for thread in self._concerned(before):
            del thread.facts[version]
        if fact is not None:
            told = self._standing[version] = _told(version, fact, self._heard[version])
            for thread in self._concerned(told):
                thread.facts[version] = told

    def _concerned(self, told: Told | None) -> Iterator[_Thread]:
        for following in self._following.get(type(told.fact), ()) if told else ():
            for key in following.of[type(told.fact)](told):  # type: ignore[union-attr, arg-type]
                thread = self._threads.setdefault((id(following), key), _Thread(following))
                self._touched[id(thread)] = thread
                yield thread

    def news(self, stream: UUID, day: date) -> Iterator[Interval]:
        for thread in self._touched.values():
            yield from thread.news(stream, day)
        self._touched = {}

    def held(self) -> Iterator[Interval]:
        """What is believed to the end."""
        for thread in self._threads.values():
            for span, known in thread.held.items():
                yield Interval(span, known, None)


def _told(version: int, fact: Fact, heard: date) -> Told:
    if fact.occurred_on == UNKNOWN_DAY:
        return Told(version, fact, heard, UNKNOWN_DAY, heard)
    day = fact.occurred_on
    return Told(version, fact, earliest(day), precision_of(day), heard)


def precision_of(occurred: str) -> str:
    return _PRECISION[occurred.count("-")]


def day_of(moment: datetime) -> date:
    """The Japanese calendar day."""
    return moment.astimezone(JST).date()
