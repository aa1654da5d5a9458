"""画面: what was asked for, by the name that the route or the command has."""

from collections.abc import Iterable, Mapping

from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from api.receipts import SEARCH, view_of

_OTHERS: Mapping[str, str] = {
    SEARCH: "名前でさがす",
    "extract": "歴史表を書き出す（命令）",
    "as-of-household": "ケースのそのときの姿を読む（命令）",
    "as-of-sitting": "会議のそのときの姿を読む（命令）",
    "as-of-city": "市町村のそのときの姿を読む（命令）",
    "as-of-difference": "二つの時点のケースをくらべる（命令）",
    "rejudge": "過去の操作を判断し直す（命令）",
    "compare": "読み取り用の表を台帳と突き合わせる（命令）",
}
"""What no route is called."""


def names(routes: Iterable[BaseRoute]) -> Mapping[str, str]:
    """Of each view of the 閲覧簿; one that is left out stands for itself."""
    found = (each for each in routes if isinstance(each, APIRoute))
    asked = (each for each in found if each.methods and "GET" in each.methods)
    called = {view_of(each.path): each.summary for each in asked if each.summary}
    return {**called, **_OTHERS}
