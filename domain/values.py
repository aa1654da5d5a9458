"""Values (値): small immutable things, equal by content."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, NewType, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, model_validator
from pydantic.types import StringConstraints
from pydantic_core import CoreSchema, core_schema

JST = ZoneInfo("Asia/Tokyo")

HouseholdId = NewType("HouseholdId", UUID)
PersonId = NewType("PersonId", UUID)
SittingId = NewType("SittingId", UUID)
StaffId = NewType("StaffId", UUID)
ResourceId = NewType("ResourceId", UUID)

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
AgencyId = Code
DeskId = Code
BodyId = Code
PlainText = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Value(BaseModel):
    """The base of all; its errors never repeat the input, which may be personal."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _sealed(text: str, info: core_schema.SerializationInfo) -> str:
    """Text leaves through the sealer that the ledger passes as context; elsewhere as it is."""
    seal = (info.context or {}).get("seal")
    return seal(text) if seal else str(text)


class Personal(str):
    """個人に関する文字列: the mark that tells the ledger to seal it before it is stored."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.str_schema(min_length=1),
            serialization=core_schema.plain_serializer_function_ser_schema(_sealed, info_arg=True),
        )


class Sex(StrEnum):
    """性別 as the person states it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """役割: held at a desk, from and until a date, by appointment."""

    COUNSELLOR = "counsellor"  # 相談支援員
    COORDINATOR = "coordinator"  # 多機関協働担当・会議事務局
    CONVENER = "convener"  # 招集権者
    CHIEF = "chief"  # 係長
    PROTECTION = "protection"  # 支援措置担当
    IDENTITY = "identity"  # 名寄せ担当
    PRIVACY = "privacy"  # 個人情報保護担当
    ANALYST = "analyst"  # 分析担当
    ADMINISTRATOR = "administrator"  # 管理者


class Capacity(Value):
    """資格: the desk, agency and role in which somebody acts or reads."""

    agency: AgencyId
    desk: DeskId
    role: Role


class Author(Value):
    """記録者: kept in the envelope of every fact."""

    staff: StaffId
    capacity: Capacity


_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERAS |= {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
_ERA_DATE = re.compile(
    r"^(明治|大正|昭和|平成|令和|[MTSHR])\s*(元|\d{1,2})(?:年|\.|-|/)?"
    r"(?:(\d{1,2})(?:月|\.|-|/)?)?(?:(\d{1,2})日?)?$"
)
_ISO_DATE = re.compile(r"^(\d{4})(?:[-/.年](\d{1,2})月?)?(?:[-/.]?(\d{1,2})日?)?$")
UNKNOWN_DAY = "unknown"


def _iso(text: str) -> str:
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


def _is_iso_day(text: str) -> bool:
    """The usual case, decided without the patterns: stored facts are read by the thousand."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-04-01")


def _day(given: Any) -> Any:
    return _iso(given) if isinstance(given, str) and not _is_iso_day(given) else given


def _occurred(given: Any) -> Any:
    if isinstance(given, date):
        return given.isoformat()
    if not isinstance(given, str) or given == UNKNOWN_DAY or _is_iso_day(given):
        return given
    return _iso(given)


Day = Annotated[date, BeforeValidator(_day)]
"""暦日 (Asia/Tokyo); 令和 and the other eras are accepted and normalised."""

Occurred = Annotated[str, BeforeValidator(_occurred)]
"""起きた日: a day (2025-04-01), a month (2025-04), a year (2025), or "unknown"; staff write
things down days later.
"""


def earliest(occurred: str) -> date:
    """The first day it can have been; the first of all days when unknown."""
    if occurred == UNKNOWN_DAY:
        return date.min
    year, month, day = (*map(int, occurred.split("-")), 1, 1)[:3]
    return date(year, month, day)


def latest(occurred: str) -> date:
    """The last day it can have been; the last of all days when unknown."""
    if occurred == UNKNOWN_DAY:
        return date.max
    match [int(part) for part in occurred.split("-")]:
        case [year, month, day]:
            return date(year, month, day)
        case [year, month]:
            return date(year, month, monthrange(year, month)[1])
        case years:
            return date(years[0], 12, 31)


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Period(Value):
    """期間: both days included; no end means until further notice."""

    start: Day
    end: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("終わりの日が始まりの日より前です。")
        return self

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


_DIGITS_APART = re.compile(r"(?<!\d)\d(?:[\s\-‐‑–—―ー−]?\d){11}(?!\d|[\s\-‐‑–—―ー−]\d)")


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


_APART = " | "
"""Between texts looked at together: no number reaches across it."""
_AN_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _texts(given: Any) -> list[str]:
    """Every string inside a decoded JSON value, keys included; ids, which may hold twelve digits
    by chance, are no text.
    """
    match given:
        case str():
            return [] if _AN_ID.fullmatch(given) else [given]
        case dict():
            return [text for pair in given.items() for part in pair for text in _texts(part)]
        case list() | tuple():
            return [text for part in given for text in _texts(part)]
        case _:
            return []


class Command(Value):
    """An act (行為) as the request body states it; who acts never comes from the body."""

    @model_validator(mode="before")
    @classmethod
    def _writable(cls, given: Any) -> Any:
        text = _APART.join(_texts(given))
        if "\0" in text:
            raise ValueError("文字として保存できない符号 (NUL) が含まれています。")
        if holds_my_number(text):
            raise ValueError("マイナンバー(個人番号)は記録できません。番号を消してください。")
        return given
