"""同一人とされた間: whom a name meant while two were taken for one person (名寄せ).

What was written meanwhile of the one may stand with the other. So from whom something was kept
then, and whoever somebody acted for, is each of them when they have been found to be two: until it
is written anew, nobody can tell which of them was meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import permutations
from operator import itemgetter
from typing import NamedTuple
from uuid import UUID

from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.gate.spoken import Item

_SAYING = (PersonsMerged, PersonsUnmerged)
NEVER = 1 << 62
"""Behind every position of the log."""


class Span(NamedTuple):
    """Taken for one with `other` from one position of the log until another."""

    other: UUID
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Oneness:
    """`same` says whom persons were found to be; `once` for whom those were taken who are not."""

    same: Mapping[UUID, UUID] = field(default_factory=dict)
    once: Mapping[UUID, tuple[Span, ...]] = field(default_factory=dict)

    def who(self, person: UUID) -> UUID:
        return self.same.get(person, person)

    def meant(self, persons: Iterable[UUID], of: Item) -> frozenset[UUID]:
        """Who these are, and whoever was taken for them when that was written: where a correction
        replaced it, at any time since.
        """
        named = tuple(persons)
        if not self.once:
            return frozenset(map(self.who, named))
        since, until = of.position, of.position if of.words == of.version else NEVER
        spans = (span for person in named for span in self.once.get(person, ()))
        taken = (span.other for span in spans if span.since <= until and since < span.until)
        return frozenset(map(self.who, (*named, *taken)))

    def beside(self, other: "Oneness") -> "Oneness":
        once = dict(self.once)
        for person, spans in other.once.items():
            once[person] = (*once.get(person, ()), *spans)
        return Oneness({**self.same, **other.same}, once)


def once(items: Iterable[Item]) -> dict[UUID, tuple[Span, ...]]:
    """By the records of both, or of one of them. Whoever absorbed others was not absorbed then: so
    those that one absorbed at a time were one with each other, too, and that is all.
    """
    found: dict[UUID, tuple[Span, ...]] = {}
    for one, span in _together(_mergers(items)):
        if span.since < span.until < NEVER:
            found[one] = (*found.get(one, ()), span)
    return found


def _together(mergers: Mapping[UUID, list[Span]]) -> Iterator[tuple[UUID, Span]]:
    for survivor, absorbed in mergers.items():
        for span in absorbed:
            yield survivor, span
            yield span.other, span._replace(other=survivor)
        for one, other in permutations(absorbed, 2):
            since, until = max(one.since, other.since), min(one.until, other.until)
            yield one.other, Span(other.other, since, until)


def _mergers(items: Iterable[Item]) -> dict[UUID, list[Span]]:
    """Whom each absorbed, and how long that stood."""
    began: dict[tuple[UUID, UUID], int] = {}
    found: dict[UUID, list[Span]] = {}
    told = [(i.position, i.fact) for i in items if isinstance(i.fact, _SAYING)]
    for at, fact in sorted(told, key=itemgetter(0)):
        pair = fact.absorbed, fact.survivor
        if isinstance(fact, PersonsMerged):
            began.setdefault(pair, at)
        else:
            span = Span(fact.absorbed, began.pop(pair, at), at)
            found.setdefault(fact.survivor, []).append(span)
    for (one, other), since in began.items():
        found.setdefault(other, []).append(Span(one, since, NEVER))
    return found
