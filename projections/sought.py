"""さがすことば: names in any spelling, a date of birth in any era, a number or its last digits."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from domain.values import UNKNOWN_DAY, Occurred
from projections.spelling import plain_phone, whole, words

APART = "\x01"
"""Before and behind each name, date and number."""
WHOLE, BEGINS, WITHIN = range(3)
"""How well something is met: as a whole, from its beginning, or somewhere inside."""
_BORN = str.maketrans({chr(ord("0") + n): chr(0xE000 + n) for n in range(10)} | {"-": "\ue00a"})
_PHONE = str.maketrans({chr(ord("0") + n): chr(0xE010 + n) for n in range(10)})
"""Dates and numbers have letters of their own, which no name is left with."""
_DATES: TypeAdapter[str] = TypeAdapter(Occurred)
_DIGITS = re.compile(r"[\d\s+()\-‐‑‒–—―−ー]+")
_EIGHT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_SINGLE = re.compile(r"[a-z0-9ァ-ヺ]")
_FEWEST = 4


class Token(NamedTuple):
    """One part of what is sought: texts that meet it, the best first, and those to look for, one
    of which is in every text that meets it.
    """

    ranked: tuple[tuple[int, str], ...]
    needles: tuple[str, ...]

    def met(self, texts: Sequence[str]) -> int | None:
        """How well the best of these texts meets it; None where none does."""
        for rank, wanted in self.ranked:
            for text in texts:
                if wanted in text:
                    return rank
        return None


def born_letters(born: str) -> str:
    return born.translate(_BORN)


def phone_letters(phone: str) -> str:
    return plain_phone(phone).translate(_PHONE)


def sought(text: str) -> tuple[Token, ...]:
    """The parts of what somebody typed; all of them have to be met."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _number(plain):
        return (_token(name=whole(plain), born=_born(plain), phone=plain),)
    return tuple(token for part in plain.split() for token in _tokens(part))


def _tokens(part: str) -> Iterator[Token]:
    born, number = _born(part), _number(part)
    if born or number:
        yield _token(name=whole(part), born=born, phone=part if number else "")
    else:
        yield from (_token(name=word) for word in words(part))


def _number(text: str) -> bool:
    return _DIGITS.fullmatch(text) is not None and len(plain_phone(text)) >= _FEWEST


def _born(text: str) -> str:
    """In ISO 8601; empty where it is no date."""
    bare = re.sub(r"(生まれ|生)$", "", text)
    try:
        born = _DATES.validate_python(_EIGHT.sub(r"\1-\2-\3", bare))
    except ValueError:
        return ""
    return "" if born == UNKNOWN_DAY else born


def _token(name: str = "", born: str = "", phone: str = "") -> Token:
    """A row of digits may be a date of birth and a number as well."""
    ranked, needles = [], []
    for wanted in filter(None, (name, phone_letters(phone))):
        ranked.append((WHOLE, f"{APART}{wanted}{APART}"))
        single = _SINGLE.fullmatch(wanted)  # one kana is in every other name; one kanji is a name
        ranked += [] if single else [(BEGINS, f"{APART}{wanted}"), (WITHIN, wanted)]
        needles.append(ranked[-1][1])
    if born:
        day = born_letters(born)
        less = [f"{APART}{born_letters(each)}{APART}" for each in _less(born)]
        ranked += [(WHOLE, f"{APART}{day}{APART}"), (BEGINS, f"{APART}{day}")]
        ranked += [(WITHIN, each) for each in less]
        needles += [f"{APART}{day}", *less]
    return Token(tuple(sorted(ranked)), tuple(needles))


def _less(born: str) -> list[str]:
    """The month and the year, for those of whom no more is known."""
    parts = born.split("-")
    return ["-".join(parts[:count]) for count in range(1, len(parts))]
