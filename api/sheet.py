"""表計算の表 (CSV): opened by a Japanese spreadsheet as it stands, and never run by it."""

import csv
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from api.showing import Later, Opened
from domain.values import JST

Columns = Mapping[str, Callable[[Any], Any]]
"""What a column is called, and what stands in it of a row."""

_BOM = "\ufeff"
_FORMULA = frozenset("=+-@")
_BREAKS = frozenset("\t\r\n")
_QUOTE = "'"


def sheet(columns: Columns, rows: Sequence[Any], opened: Opened | None = None) -> bytes:
    """UTF-8 with the mark by which a spreadsheet knows it; `opened` for what is sealed."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_cell(of(row), opened) for of in columns.values()] for row in rows)
    return (_BOM + text.getvalue()).encode()


def _cell(value: Any, opened: Opened | None) -> str:
    """A number was counted here, and nobody can write a formula into it."""
    text = _text(value, opened)
    return text if isinstance(value, int | float) else defused(text)


def _text(value: Any, opened: Opened | None) -> str:
    match value:
        case None:
            return ""
        case Later():
            return "" if opened is None else _text(value.write(opened), opened)
        case datetime():
            return f"{value.astimezone(JST):%Y-%m-%d %H:%M:%S}"
        case bool():
            return "はい" if value else "いいえ"
        case list() | tuple():
            return "、".join(_text(each, opened) for each in value)
        case _:
            return str(value)


def defused(text: str) -> str:
    """Text that a spreadsheet would take for a formula, full-width signs included, is quoted."""
    first = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return _QUOTE + text if first in _FORMULA or text[:1] in _BREAKS else text
