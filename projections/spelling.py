"""Spelling (表記): one name written in many ways comes to the same letters, here and nowhere else.

What is recorded, and what is shown, stays as it was written.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import jaconv

_COMMENT = "#"
_LONG = "ー"
_VOICED = "\u3099"
_VOWELS = {
    "ア": "アカガサザタダナハバパマヤラワ",
    "イ": "イキギシジチヂニヒビピミリ",
    "ウ": "ウクグスズツヅヌフブプムユルヴ",
    "エ": "エケゲセゼテデネヘベペメレ",
    "オ": "オコゴソゾトドノホボポモヨロ",
}
_VOWEL_OF = {letter: vowel for vowel, letters in _VOWELS.items() for letter in letters}
_DRAWS = "|".join(f"(?<=[{row}][{vowel}{_LONG}])" for vowel, row in _VOWELS.items())
_DRAWN_OUT = re.compile(f"[{''.join(_VOWELS)}{_LONG}](?:{_DRAWS})")
_LENGTHENED = {"ア": "ア", "イ": "イ", "ウ": "ウ", "エ": "イ", "オ": "ウ"}
"""ケーコ, ケエコ and ケイコ are one name, and so are コージ, コオジ and コウジ."""
_OLD_KANA = str.maketrans("ヰヱヲヂヅ", "イエオジズ")
_HIRAGANA = "".join(map(chr, range(0x3041, 0x3097)))
_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
_ACCENTS = range(0x300, 0x370)
_LATIN = re.compile("[\u00c0-\u036f\u1e00-\u1eff]")
_AGAIN = re.compile("[々ゝゞヽヾ]")
_APART = re.compile(r"[^\w\u30fc々ゝゞヽヾ]+|_+")
_NO_DIGITS = re.compile(r"\D+")
_LONG_ENOUGH = 9


def variants(table: str) -> dict[str, str]:
    """Each variant character with the one that stands for it."""
    lines = (line for line in table.splitlines() if line and not line.startswith(_COMMENT))
    return {variant: line[0] for line in lines for variant in line[1:]}


VARIANTS = variants((files("projections") / "variants.txt").read_text("utf-8"))
_KATAKANA = jaconv.hira2kata(_HIRAGANA)
_LARGE = jaconv.enlarge_smallkana(_KATAKANA).translate(_OLD_KANA)
_KANA = dict(zip(_HIRAGANA + _KATAKANA, _LARGE * 2, strict=True))
_USUAL = _OLD_KANA | str.maketrans({**VARIANTS, **_KANA}) | dict.fromkeys(_SELECTORS, "")
"""Variants of one character, hiragana, small and old kana, and the marks that choose among forms:
in one turn, for forty thousand people are read at every start.
"""


class _Part(NamedTuple):
    """What stands between two marks or spaces, and what its spelling comes to."""

    plain: str
    word: str


def words(text: str) -> tuple[str, ...]:
    """The words of a name, each as all its spellings come to."""
    return tuple([part.word for part in _parts(text) if part.word])


def whole(text: str) -> str:
    """The same without regard to where its words are parted."""
    return _whole(_parts(text))


def letters(text: str) -> tuple[str, ...]:
    """Each word, and the whole: somebody may be called by either."""
    parts = _parts(text)
    found = dict.fromkeys([*[part.word for part in parts], _whole(parts)])
    return tuple([each for each in found if each])


def _whole(parts: Sequence[_Part]) -> str:
    return parts[0].word if len(parts) == 1 else _word("".join([part.plain for part in parts]))


def _parts(text: str) -> list[_Part]:
    return [part for apart in text.split() for part in _known(apart)]


@lru_cache(maxsize=8192)
def _known(apart: str) -> tuple[_Part, ...]:
    """What stands between two spaces; most people share it with others."""
    return tuple(_Part(part, _word(part)) for part in _APART.split(_plain(apart)) if part)


def _plain(text: str) -> str:
    """Width, accents, case, and what is usual for each character."""
    if text.isascii():
        return text.casefold()
    usual = unicodedata.normalize("NFKC", text).casefold().translate(_USUAL)
    return _unaccented(usual) if _LATIN.search(usual) else usual


def _unaccented(text: str) -> str:
    return unicodedata.normalize("NFC", "".join(_bare(unicodedata.normalize("NFD", text))))


def _bare(text: str) -> Iterator[str]:
    """Without the accents of Latin letters, whatever other marks stand between."""
    latin = False
    for letter in text:
        if not unicodedata.combining(letter):
            latin = letter.isascii()
        elif latin and ord(letter) in _ACCENTS:
            continue
        yield letter


def _word(word: str) -> str:
    again = _repeated(word).translate(_OLD_KANA) if _AGAIN.search(word) else word
    return "".join(_lengthened(again)) if _DRAWN_OUT.search(again) else again


def _repeated(word: str) -> str:
    """佐々木 is 佐佐木, and ミスヾ is ミスズ; what has no voiced form is repeated as it is."""
    letters: list[str] = []
    for letter in word:
        before = letters[-1] if letters else ""
        if letter in "ゞヾ":
            voiced = unicodedata.normalize("NFC", before + _VOICED)
            letters.append(voiced if len(voiced) == 1 and before else before)
        else:
            letters.append(before if letter in "々ゝヽ" else letter)
    return "".join(letters)


def _lengthened(word: str) -> Iterator[str]:
    """A long vowel is written in one way, and stays apart from a short one."""
    before = ""
    for letter in word:
        vowel = _VOWEL_OF.get(before)
        long = vowel is not None and letter in {vowel, _LONG}
        before = _LENGTHENED[vowel] if vowel and long else letter
        yield before


def plain_phone(text: str) -> str:
    """Digits alone; the country code of Japan is a zero."""
    digits = _NO_DIGITS.sub("", unicodedata.normalize("NFKC", text))
    return "0" + digits[2:] if digits.startswith("81") and len(digits) > _LONG_ENOUGH else digits
