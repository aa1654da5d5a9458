"""書けないもの: what no command may contain, whoever sends it."""

import re
import unicodedata
from typing import Any

_HYPHEN = r"\-‐‑‒–—―ー−"
_BETWEEN = rf"[\s{_HYPHEN}・·•./_、,]{{0,5}}"
_KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")
_IN_KANJI = re.compile("[〇零一二三四五六七八九]{4}")
_MANY_DIGITS = re.compile(rf"\d(?:{_BETWEEN}\d){{11}}")
_IN_FOURS = re.compile(rf"(?<!\d)(?=(\d{{4}}){_BETWEEN}(\d{{4}}){_BETWEEN}(\d{{4}})(?!\d))")
"""As on the card or without a gap, whatever stands before and behind."""
_GAP = rf"[\s{_HYPHEN}]"
_ALONE = re.compile(rf"(?<!\d)(?<!\d{_GAP})\d(?:{_GAP}{{0,3}}\d){{11}}(?!{_GAP}{{0,3}}\d)")
"""In any other groups, where no more digits stand beside it."""
_UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Signs that take no room (Unicode Cf)."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Signs that act on whatever shows a text (a bell, colours, the direction of reading), so that it
reads otherwise than it is kept. Those that only part lines or words stay.
"""
_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TEN_OR_ELEVEN = rf"(?=[\d {_HYPHEN}]{{12,13}}(?!\d|-\d))"
_OTHER_NUMBERS = re.compile(
    rf"(?<![0-9a-f]){_ID}(?![0-9a-f])"
    rf"|(?<!\d)(?<!\d-){_TEN_OR_ELEVEN}0\d{{1,4}}([ {_HYPHEN}])\d{{1,4}}\1\d{{3,4}}"
    r"|(?<!\d)(?:19|20)\d\d([-/.])\d{1,2}\2\d{1,2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)",
    re.IGNORECASE,
)
"""Ids, telephone numbers and days, which may stand beside each other."""
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}(?!\d)")
_YEARS = range(1850, 2100)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5][05]")
"""A time of day as it is noted, 0930: to five minutes."""
_APART = " | "
"""Between texts looked at together: no number reaches across it."""
_AN_ID = re.compile(_ID, re.IGNORECASE)


def unwritable(given: Any) -> str | None:
    """Why this decoded JSON cannot be recorded; None when it can."""
    text = _APART.join(_texts(given))
    if found := _CONTROLS.search(text):
        sign = f"U+{ord(found[0]):04X}"
        return (
            f"目に見えない制御文字 ({sign}) が含まれています。"
            "打ち直すか、その文字を消してください。改行とタブは書けます。"
        )
    if holds_my_number(text):
        return "マイナンバー(個人番号)は記録できません。番号を消してください。"
    return None


def holds_my_number(text: str) -> bool:
    """個人番号 (12 digits with its check digit, 番号法施行令8条・総務省令), full-width, in groups
    or in 漢数字 alike; three years in a row are none, nor three times of a day, one after another.
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    if _IN_KANJI.search(plain):
        plain = plain.translate(_KANJI)
    if not _MANY_DIGITS.search(plain):
        return False
    rest = _OTHER_NUMBERS.sub("|", plain)
    in_fours = (found for found in _IN_FOURS.finditer(rest) if not _in_time(rest, found))
    if any(_checked("".join(found.groups())) for found in in_fours):
        return True
    alone = (found[0] for found in _ALONE.finditer(_MONTH.sub("|", rest)))
    return any(_checked(each) for each in alone if not _in_time(rest, _IN_FOURS.match(each)))


def _in_time(text: str, fours: re.Match[str] | None) -> bool:
    """Three years, or three times of a day, one after another; as one number they are none."""
    if not fours or "".join(fours.groups()) in text:
        return False
    first, second, third = fours.groups()
    times = first < second < third and all(map(_CLOCK.fullmatch, fours.groups()))
    return times or all(int(four) in _YEARS for four in fours.groups())


def _checked(written: str) -> bool:
    """Whether the last digit is the one that the others give."""
    digits = [int(char) for char in written if char.isdigit()]
    weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
    rest = sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
    return digits[11] == (0 if rest <= 1 else 11 - rest)


def _texts(given: Any) -> list[str]:
    """Every string inside a decoded JSON value, keys included; ids, which may hold twelve digits
    by chance, are no text.
    """
    found: list[str] = []
    waiting = [given]
    for part in waiting:
        if isinstance(part, str):
            if not _AN_ID.fullmatch(part):  # a text that is not read has no length
                found.append(part)
        elif isinstance(part, dict):
            waiting += part
            waiting += part.values()
        elif isinstance(part, list | tuple):
            waiting += part
    return found
