"""元号: days as people write them down, in ISO 8601."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

FIRST_YEAR = 1850
"""Nobody whose life is written down today was born before."""
_ERAS = {
    "明治": (date(1868, 1, 25), date(1912, 7, 30)),
    "大正": (date(1912, 7, 30), date(1926, 12, 25)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (date(1989, 1, 8), date(2019, 12, 31)),
    "令和": (date(2019, 5, 1), date.max),
}
"""First and last day. 平成 ended on 30 April 2019, but papers printed before call the rest of that
year 平成31年, and people copy them; what lies beyond (平成32年 …) is more often a slip of the pen.
"""
_NAMES = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_NAMES |= {short: era for era in _ERAS for short in (era, era[0])}
_YEAR = (
    r"(?:(?P<era>明治?|大正?|昭和?|平成?|令和?|[MTSHR])\s*(?P<of>元|[0-9]{1,2})|(?P<year>[0-9]{4}))"
)
_FORMS = (
    rf"{_YEAR}年?",
    rf"{_YEAR}年(?P<month>[0-9]{{1,2}})(?:月(?:(?P<day>[0-9]{{1,2}})日?)?)?",
    rf"{_YEAR}(?P<apart>[-/.])(?P<month>[0-9]{{1,2}})(?:(?P=apart)(?P<day>[0-9]{{1,2}}))?",
    r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
)
"""A day only after a month, and nothing that could be read as two days: neither 202613 nor
2026-113.
"""
_READ = tuple(re.compile(form) for form in _FORMS)


def iso(text: str) -> str:
    """Western or Japanese era, a day, a month or a year, in ISO 8601; else ValueError."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = next((found for form in _READ if (found := form.fullmatch(plain))), None)
    if found is None:
        raise ValueError(
            "日付として読めません。2025-04-01、20250401、令和7年4月1日、R7.4.1 のように書きます。"
        )
    told = found.groupdict()
    era = _NAMES.get(told.get("era") or "")
    year = _year(era, told["of"]) if era else int(told["year"])
    parts = [int(told[name]) for name in ("month", "day") if told.get(name)]
    _check(era, year, *parts)
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in parts)])


def iso_day(given: object) -> str:
    """A whole day; a number is none, for it may count anything."""
    if not isinstance(given, str):
        raise ValueError("日付は文字列で書いてください。例: 2025-04-01、令和7年4月1日")  # noqa: TRY004 - pydantic
    day = given if is_iso_day(given) else iso(given)
    if not is_iso_day(day):
        raise ValueError("日まで書いてください。例: 2025-04-01、令和7年4月1日")
    return day


def _year(era: str, of: str) -> int:
    return _ERAS[era][0].year - 1 + (1 if of == "元" else int(of))


def _check(era: str | None, year: int, month: int | None = None, day: int | None = None) -> None:
    """Whether there is any such day: in the calendar, in the era, in the lives of people."""
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise ValueError("暦にない日付です。年・月・日を確かめてください。") from None
    if year < FIRST_YEAR:
        raise ValueError(f"{FIRST_YEAR}年より前の日付は書けません。年を確かめてください。")
    last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    if era and not (first <= _ERAS[era][1] and _ERAS[era][0] <= last):
        raise ValueError(f"{era}にない日付です。{era}で書けるのは{_span(era)}です。")


def _span(era: str) -> str:
    first, last = _ERAS[era]
    return f"{_said(first)}から" if last == date.max else f"{_said(first)}から{_said(last)}まで"


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def is_iso_day(text: str) -> bool:
    """The usual case, decided without the patterns: stored facts are read by the thousand."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-04-01") and "W" not in text and day.year >= FIRST_YEAR
