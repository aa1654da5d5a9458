"""The index of names (名前の索引), in memory, from opened identities: it proposes who may be meant,
and shows nobody to anybody.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from projections.identities import Told
from projections.sought import APART, WHOLE, Token, born_letters, phone_letters
from projections.spelling import letters

_END = "\n"
_FRESH = 500


class Entry(NamedTuple):
    """What one fact says about somebody, in plain letters, which fact that is, and in which row of
    people it stands.
    """

    row: str
    version: int
    words: int
    text: str


def entry(row: str, told: Told, clear: Sequence[str]) -> Entry:
    """A fact with its texts opened, in their order."""
    found: list[str] = []
    born = str(told.birth_year or "")
    for name, text in zip(told.fields, clear, strict=True):
        match name:
            case "birth_date":
                born = text
            case "phone" | "phones":
                found.append(phone_letters(text))
            case _:
                found += letters(text)
    if born:
        found.append(born_letters(born))
    kept = APART.join(filter(None, found))
    return Entry(row, told.version, told.words, f"{APART}{kept}{APART}")


def met(texts: Sequence[str], tokens: Iterable[Token]) -> int | None:
    """How well what is known of somebody meets all that is sought: as its worst part does."""
    worst = WHOLE
    for token in tokens:
        rank = token.met(texts)
        if rank is None:
            return None
        worst = max(worst, rank)
    return worst


class _Haystack:
    """Everybody's texts in one string, which is searched in no time; never changed."""

    def __init__(self, known: dict[UUID, tuple[Entry, ...]]) -> None:
        self._texts = ["".join(each.text for each in entries) for entries in known.values()]
        self._whole = _END.join(self._texts)
        self._ends = list(accumulate(len(text) + len(_END) for text in self._texts))
        self._persons = list(known)

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, UUID]]:
        """Whoever has it all, by the part of it that is rarest."""
        rarest = max(tokens, key=lambda token: len(token.needles[0]))
        for place in {place for needle in rarest.needles for place in self._places(needle)}:
            rank = met(self._texts[place : place + 1], tokens)
            if rank is not None:
                yield rank, self._persons[place]

    def _places(self, needle: str) -> Iterator[int]:
        find, ends = self._whole.find, self._ends
        at = find(needle)
        while at >= 0:
            place = bisect_right(ends, at)
            yield place
            at = find(needle, ends[place])


@dataclass(slots=True)
class NameIndex:
    """Kept by the edge and brought up to date as people change; a city fits in memory."""

    position: int = 0
    _known: dict[UUID, tuple[Entry, ...]] = field(default_factory=dict)
    _fresh: set[UUID] = field(default_factory=set)
    _haystack: _Haystack = field(default_factory=lambda: _Haystack({}))

    def put(self, person: UUID, row: str, entries: tuple[Entry, ...]) -> None:
        """Take in what a row says of a person now, in place of what it said before."""
        if before := self._known.get(person):
            entries = (*(each for each in before if each.row != row), *entries)
        if entries:
            self._known[person] = entries
        elif before:
            del self._known[person]
        self._fresh.add(person)

    def forget(self, persons: Iterable[UUID]) -> None:
        """Nothing of them is kept, not even where nobody looks any more."""
        for person in persons:
            self._known.pop(person, None)
        self._haystack, self._fresh = _Haystack(self._known), set()

    def settle(self) -> None:
        """What was put in of late is looked at one by one, until there is too much of it."""
        if len(self._fresh) > _FRESH:
            self._haystack = _Haystack(self._known)
            self._fresh = set()

    def find(self, tokens: Sequence[Token]) -> list[tuple[int, UUID]]:
        """Who may be meant, and how well at best; nothing of it is for anybody's eyes."""
        if not tokens:
            return []
        fresh = self._fresh
        found = [each for each in self._haystack.find(tokens) if not fresh or each[1] not in fresh]
        ranks = ((self.rank(person, tokens), person) for person in fresh)
        return [*found, *((rank, person) for rank, person in ranks if rank is not None)]

    def rank(
        self,
        person: UUID,
        tokens: Iterable[Token],
        readable: Callable[[Entry], bool] | None = None,
    ) -> int | None:
        """How well a person is met by what a reader may read of them."""
        known = self._known.get(person, ())
        return met([each.text for each in known if readable is None or readable(each)], tokens)
