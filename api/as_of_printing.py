"""How the past is printed: tables for people, JSON and CSV for machines."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import to_json
from rich.console import Console
from rich.table import Table

from api.sheet import sheet
from domain.values import JST

_MANY = 8
_HEADINGS = {
    "none": "なし",
    "true_at": "いつのことか",
    "position": "記録の位置",
    "household": "世帯",
    "households": "世帯の数",
    "withheld": "伏せた欄があるか",
    "status": "状態",
    "cycle": "期",
    "agency": "主担当",
    "desk": "係",
    "merged_into": "統合先",
    "members": "世帯員",
    "open_referrals": "回答待ちのつなぎ",
    "consents_in_force": "有効な同意",
    "plans_decided": "決定したプラン",
    "next_review": "次の見直し",
    "last_contact": "最後の接触",
    "number": "番号",
    "relation": "続柄",
    "membership": "種別",
    "since": "いつから",
    "left": "いつまで",
    "occurred_on": "起きた日",
    "recorded_at": "記録した日時",
    "stream": "流れ",
    "version": "番号",
    "fact": "出来事",
    "marks": "しるし",
    "what": "こと",
    "before": "前",
    "after": "後",
    "kind": "違い",
}
"""What a person reads above a column; machines get the names themselves."""


class Answer(NamedTuple):
    """What is printed: a title, and tables by name; `plain` is the same for machines."""

    plain: Any
    tables: Mapping[str, Sequence[Mapping[str, Any]]]


def show(answer: Answer, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        sys.stdout.write(to_json(answer.plain, indent=1).decode() + "\n")
        return
    for name, rows in answer.tables.items():
        if as_csv:
            sys.stdout.buffer.write(_sheet(rows))
        else:
            Console().print(_table(name, rows))


def _sheet(rows: Sequence[Mapping[str, Any]]) -> bytes:
    return sheet({name: itemgetter(name) for name in (rows[0] if rows else ())}, rows)


def _table(title: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    if len(rows) == 1 and len(rows[0]) > _MANY:
        return _upright(title, rows[0])
    table = Table(title=title)
    for name in rows[0] if rows else ("none",):
        table.add_column(_HEADINGS.get(name, name), overflow="fold")
    for row in rows:
        table.add_row(*(_text(value) for value in row.values()))
    return table


def _upright(title: str, row: Mapping[str, Any]) -> Table:
    table = Table("", "", title=title, show_header=False)
    for name, value in row.items():
        table.add_row(_HEADINGS.get(name, name), _text(value))
    return table


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, tuple | list):
        return "、".join(map(str, value))
    if isinstance(value, datetime):
        return f"{value.astimezone(JST):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
