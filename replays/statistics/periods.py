"""集計の期間と締め日: as people write them, 令和6年度 or 2024-04/2024-09."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from domain.eras import iso
from domain.values import Period, earliest, latest

_FISCAL = re.compile(r"^(\d{4}|[^\d元]+(?:\d{1,2}|元))(?:年度)?$")
_EDGE = r"\d{4}-\d{2}(?:-\d{2})?"
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_RANGE = re.compile(rf"^({_EDGE})(?:/|\.\.|から)({_EDGE})(?:まで)?$")
APRIL, MARCH = 4, 3


class BadPeriod(ValueError):
    """期間として読めません。例: 令和6年度、2024（年度）、2024-06、2024-04-01/2024-09-30"""


def read_period(text: str) -> Period:
    plain = unicodedata.normalize("NFKC", text).strip().upper().replace(" ", "")
    try:
        if found := _FISCAL.match(plain):
            return year_of(int(iso(found[1])))
        if _MONTH.match(plain):
            return Period(start=earliest(plain), end=latest(plain))
        if found := _RANGE.match(plain):
            return Period(start=earliest(found[1]), end=latest(found[2]))
    except ValueError:
        raise BadPeriod(BadPeriod.__doc__) from None
    raise BadPeriod(BadPeriod.__doc__)


def year_of(year: int) -> Period:
    """年度."""
    return Period(start=date(year, APRIL, 1), end=date(year + 1, MARCH, monthrange(year + 1, 3)[1]))


def last_of(period: Period) -> date:
    return period.end or period.start
