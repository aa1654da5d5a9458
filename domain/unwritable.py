"""書けないもの: what no command may contain, whoever sends it."""

import re
import unicodedata
from typing import Any

_DIGITS_APART = re.compile(r"(?<!\d)\d(?:[\s\-‐‑–—―ー−]?\d){11}(?!\d|[\s\-‐‑–—―ー−]\d)")
_APART = " | "
"""Between texts looked at together: no number reaches across it."""
_AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def unwritable(given: Any) -> str | None:
    """Why this decoded JSON cannot be recorded; None when it can."""
    text = _APART.join(_texts(given))
    if "\0" in text:
        return "文字として保存できない符号 (NUL) が含まれています。"
    if holds_my_number(text):
        return "マイナンバー(個人番号)は記録できません。番号を消してください。"
    return None


def holds_my_number(text: str) -> bool:
    """個人番号 (12 digits with its check digit, 番号法施行令8条・総務省令), full-width or spaced
    alike.
    """
    plain = unicodedata.normalize("NFKC", text)
    for found in _DIGITS_APART.finditer(plain):
        digits = [int(char) for char in found[0] if char.isdigit()]
        weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
        rest = sum(d * w for d, w in zip(digits, weights, strict=False)) % 11
        if digits[11] == (0 if rest <= 1 else 11 - rest):
            return True
    return False


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
