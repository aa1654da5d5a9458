"""How the past is printed: tables for people, JSON and CSV for machines."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import to_json
from rich.console import Console
from rich.table import Table

from api.naming import Named, Row, heading
from api.sheet import sheet
from domain.values import JST

_MANY = 8


class Answer(NamedTuple):
    """What is printed: tables by name; `plain` is the same for machines, and `columns` stand above
    a sheet that has no row.
    """

    plain: Any
    tables: Mapping[str, Sequence[Row]]
    columns: Sequence[str] = ()


def show(answer: Answer, named: Named, *, as_json: bool, as_csv: bool) -> None:
    if as_json:
        sys.stdout.write(to_json(answer.plain, indent=1).decode() + "\n")
        return
    for name, rows in answer.tables.items():
        if as_csv:
            sys.stdout.buffer.write(_sheet(rows, answer.columns))
        elif not rows:
            Console().print(f"{name}: なし")
        else:
            Console().print(_table(name, rows, named))


def _sheet(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    return sheet({name: itemgetter(name) for name in (rows[0] if rows else columns)}, rows)


def _table(title: str, rows: Sequence[Row], named: Named) -> Table:
    if len(rows) == 1 and len(rows[0]) > _MANY:
        return _upright(title, rows[0], named)
    table = Table(title=title)
    columns = _columns(rows)
    for name in columns:
        table.add_column(heading(name, rows[0]), overflow="fold")
    for row in rows:
        table.add_row(*(_text(named(column, row)) for column in columns))
    return table


def _columns(rows: Sequence[Row]) -> list[str]:
    """Whose records they are is said where they are of several."""
    alone = len({row.get("stream") for row in rows}) == 1
    return [name for name in rows[0] if name != "stream" or not alone]


def _upright(title: str, row: Row, named: Named) -> Table:
    table = Table("", "", title=title, show_header=False)
    for name in row:
        table.add_row(heading(name, row), _text(named(name, row)))
    return table


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, tuple | list):
        return "、".join(map(str, value))
    if isinstance(value, datetime):
        return f"{value.astimezone(JST):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
