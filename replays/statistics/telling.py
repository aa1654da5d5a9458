"""見せ方: the figures as a table that a person can read, and as columns for machines."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from replays.statistics.counting import WAYS, Number
from replays.statistics.report import Line, Part, Report


class Row(NamedTuple):
    """One figure, or one part of it."""

    line: Line
    part: str
    code: str
    closed: Number
    now: Number
    by: str = ""


def rows(report: Report) -> Iterator[Row]:
    for line in (*report.lines, *report.targets):
        yield Row(line, "", "", line.closed, line.now)
        for part in line.parts:
            yield Row(line, part.label, part.code, part.closed, part.now, part.by)


def told_number(line: Line, part: Part | None = None) -> str:
    """新規相談受付・高齢: 締め日 3 世帯、いま 4 世帯"""
    name = f"{line.name}・{part.label}" if part else line.name
    both = ((part or line).closed, (part or line).now)
    closed, now = ("なし" if each is None else f"{each:,} {line.unit}" for each in both)
    return f"{name}: 締め日 {closed}、いま {now}"


def change(row: Row) -> Number:
    if row.closed is None or row.now is None:
        return None
    return round(row.now - row.closed, 1)


def reached(row: Row) -> str:
    """Whether the target was reached, as known now."""
    if row.line.target is None or row.now is None:
        return ""
    return "達成" if row.now >= row.line.target else "未達"


COLUMNS: Mapping[str, Callable[[Row], Any]] = {
    "数値": lambda row: row.line.name,
    "内訳": lambda row: row.part,
    "数え方": lambda row: WAYS[row.line.way],
    "単位": lambda row: row.line.unit,
    "締め日": lambda row: row.closed,
    "いま": lambda row: row.now,
    "増減": change,
    "目標": lambda row: row.line.target,
    "達成": reached,
    "事業": lambda row: row.line.project,
    "数え方の説明": lambda row: "" if row.part else row.line.rule,
    "項目": lambda row: row.line.id,
    "内訳の種類": lambda row: row.by,
    "内訳のコード": lambda row: row.code,
}
"""What a column is called, and what stands in it."""
