"""答えられない問い合わせ: what was wrong with a question, in the words of the office."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import duckdb

Columns = Callable[[str], Sequence[str]]
"""The columns of a table."""
_README = "表と列の名前は、書き出しの README.md にあります。"
_AS_OF = "_as_of"
_AT_A_POINT = f"ある時点の表は「表の名前{_AS_OF}(いつのことか, いつまでの記録か)」"


class _Wrong(NamedTuple):
    """What DuckDB says, and what that means; its first group is the word that was wrong."""

    said: re.Pattern[str]
    means: str


_TABLE = re.compile(r'Table(?: Function)? with name "?([^"!\s]+)"? does not exist')
_COLUMN = re.compile(r'(?:Referenced column|does not have a column named) "([^"]+)"')
_FUNCTION = re.compile(r"Function with name (\S+) does not exist")
_SYNTAX = re.compile(r'syntax error at or near "([^"]+)"')
_GROUP = re.compile(r'column "([^"]+)" must appear in the GROUP BY')
_AMBIGUOUS = re.compile(r'Ambiguous reference to column name "([^"]+)"')
_VALUE = re.compile(r"""(?:Could not convert string|out of range:) ['"]([^'"]*)['"]""")
_EVERY = (
    _Wrong(_TABLE, "「{}」という表はありません。"),
    _Wrong(_COLUMN, "「{}」という列はありません。"),
    _Wrong(_FUNCTION, "「{}」という関数はありません。"),
    _Wrong(_SYNTAX, "「{}」のあたりで、SQL の書き方が違います。"),
    _Wrong(_GROUP, "列「{}」は、GROUP BY に書くか、count や any_value などでまとめてください。"),
    _Wrong(_AMBIGUOUS, "列「{}」は、いくつもの表にあります。「表の名前.{}」と書いてください。"),
    _Wrong(_VALUE, "「{}」は、日付や数として読めません。日付は DATE '2025-04-01' の形です。"),
)
_KINDS: tuple[tuple[type[duckdb.Error], str], ...] = (
    (duckdb.ParserException, "SQL の書き方が違います。引用符や括弧を閉じたかを確かめてください。"),
    (duckdb.PermissionException, "読めるのは、書き出したフォルダーの表だけです。"),
    (duckdb.OutOfMemoryException, "メモリーが足りません。期間や列を絞ってください。"),
    (
        duckdb.BinderException,
        "関数や演算に渡した値の種類か数が違います。CAST で合わせてください。",
    ),
    (duckdb.ConversionException, "日付や数の書き方を確かめてください。"),
)


def in_words(error: duckdb.Error, query: str, tables: Sequence[str], columns: Columns) -> str:
    """With the names there are, where a name was wrong."""
    return f"{_what(error)}{_there_are(error, query, tables, columns)}{_README}"


def _what(error: duckdb.Error) -> str:
    for said, means in _EVERY:
        if found := said.search(str(error)):
            return means.replace("{}", found[1])
    return next((means for kind, means in _KINDS if isinstance(error, kind)), "")


def _there_are(error: duckdb.Error, query: str, tables: Sequence[str], columns: Columns) -> str:
    if _TABLE.search(str(error)):
        return f"表: {'、'.join(tables)}（{_AT_A_POINT}）。"
    if not _COLUMN.search(str(error)):
        return ""
    words = {word.removesuffix(_AS_OF) for word in re.findall(r"\w+", query.lower())}
    asked = [table for table in tables if table in words]
    return "".join(f"{table} の列: {'、'.join(columns(table))}。" for table in asked)
