"""Possible duplicates (名寄せの候補), in memory, from opened identities: for 名寄せ担当 alone."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from domain.gate import Reader
from domain.values import Role
from projections.spelling import plain_phone, whole

_BLOCK = re.compile(r"(\d)(?:丁目|番地の?|番|号)(?=\d|$)|(\d)(?:丁目|番地|番|号)")
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_CHOME = re.compile(r"[〇一二三四五六七八九]+(?=丁目|番|号)")
_LONG_ENOUGH = 9


class Reason(StrEnum):
    """Why two people may be one; each counts by itself, more of them weigh more."""

    KANA_AND_BIRTH = "kana-and-birth"  # 氏名カナと生年月日
    KANA_AND_ADDRESS = "kana-and-address"  # 氏名カナと住所
    PHONE = "phone"  # 電話番号
    BIRTH_AND_ADDRESS = "birth-and-address"  # 生年月日と住所


@dataclass(frozen=True, slots=True)
class Opened:
    """A person's identity as opened at the edge, in memory only."""

    person: UUID
    kana: str | None = None
    birth_date: str | None = None
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two people, the smaller id first, and why they may be one."""

    one: UUID
    other: UUID
    reasons: tuple[Reason, ...]


def plain_address(text: str) -> str:
    """一丁目2番3号, 1丁目２−３ and 1-2-3 are the same place."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _CHOME.sub(lambda found: found[0].translate(_KANJI_DIGITS), plain)
    plain = _BLOCK.sub(lambda found: f"{found[1] or found[2]}-", plain)
    plain = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", plain)
    return re.sub(r"[\s\-‐‑‒–—―−ー－ｰ]+", "-", plain).strip("-")


def _marks(person: Opened) -> Iterable[tuple[Reason, str]]:
    kana = whole(person.kana) if person.kana else ""
    birth = person.birth_date or ""
    places = [plain_address(address) for address in person.addresses if address]
    if kana and birth:
        yield Reason.KANA_AND_BIRTH, f"{kana} {birth}"
    for place in places:
        if kana:
            yield Reason.KANA_AND_ADDRESS, f"{kana} {place}"
        if birth:
            yield Reason.BIRTH_AND_ADDRESS, f"{birth} {place}"
    for phone in map(plain_phone, person.phones):
        if len(phone) >= _LONG_ENOUGH:
            yield Reason.PHONE, phone


def possible_duplicates(people: Iterable[Opened]) -> list[Pair]:
    """All pairs among these people, those with the most reasons first."""
    index = DuplicateIndex()
    for person in people:
        index.put(person)
    return index.all_pairs()


@dataclass(slots=True)
class DuplicateIndex:
    """Kept by the edge and brought up to date as people change; a city fits in memory."""

    position: int = 0
    _marks: dict[UUID, frozenset[tuple[Reason, str]]] = field(default_factory=dict)
    _found: dict[tuple[Reason, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def put(self, person: Opened) -> None:
        """Take in what is known of a person now, in place of what was known before."""
        self.drop(person.person)
        marks = self._marks[person.person] = frozenset(_marks(person))
        for mark in marks:
            self._found[mark].add(person.person)

    def drop(self, person: UUID) -> None:
        """Forget a person: absorbed by another, or no longer to be found."""
        for mark in self._marks.pop(person, ()):
            self._found[mark].discard(person)

    def all_pairs(self) -> list[Pair]:
        reasons: dict[tuple[UUID, UUID], set[Reason]] = defaultdict(set)
        for (reason, _), people in self._found.items():
            ordered = sorted(people)
            for place, one in enumerate(ordered):
                for other in ordered[place + 1 :]:
                    reasons[one, other].add(reason)
        return _ranked(reasons)

    def pairs(
        self,
        *,
        reader: Reader,
        aside: Container[UUID] = (),
        after: tuple[int, UUID, UUID] | None = None,
        limit: int = 100,
    ) -> list[Pair]:
        """What 名寄せ担当 is shown, page by page, without those they leave to another officer;
        nobody else learns that there is anything.
        """
        if reader.capacity.role is not Role.IDENTITY:
            return []
        told = (each for each in self.all_pairs() if after is None or place(each) > after)
        return list(islice((p for p in told if p.one not in aside and p.other not in aside), limit))


def place(pair: Pair) -> tuple[int, UUID, UUID]:
    """The cursor of a pair: where it stands in the ranking."""
    return (-len(pair.reasons), pair.one, pair.other)


def _ranked(reasons: Mapping[tuple[UUID, UUID], set[Reason]]) -> list[Pair]:
    pairs = (Pair(one, other, tuple(sorted(why))) for (one, other), why in reasons.items())
    return sorted(pairs, key=place)
