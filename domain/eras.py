"""元号: days as people write them down, in ISO 8601."""

import re
import unicodedata
from datetime import date

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_ERA_DATE = re.compile(
    r"^(明治|大正|昭和|平成|令和|[MTSHR])\s*(元|\d{1,2})(?:年|\.|-|/)?"
    r"(?:(\d{1,2})(?:月|\.|-|/)?)?(?:(\d{1,2})日?)?$"
)
_ISO_DATE = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2})月?)?(?:[-/.]?(\d{1,2})日?)?$")


def iso(text: str) -> str:
    """Western or Japanese era, a day, a month or a year, in ISO 8601; else ValueError."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if found := _ERA_DATE.match(plain):
        year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
    elif found := _ISO_DATE.match(plain):
        year = int(found[1])
    else:
        raise ValueError("日付として読めません。例: 2025-04-01、令和7年4月1日")
    month, day = (found[2], found[3]) if found.re is _ISO_DATE else (found[3], found[4])
    try:
        date(year, int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError("暦にない日付です。") from None
    return "-".join([f"{year:04d}", *(f"{int(part):02d}" for part in (month, day) if part)])


def is_iso_day(text: str) -> bool:
    """The usual case, decided without the patterns: stored facts are read by the thousand."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-04-01")
