"""Values (値): small immutable things, equal by content."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, NewType, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    model_validator,
)
from pydantic.types import StringConstraints
from pydantic_core import CoreSchema, core_schema

from domain.eras import is_iso_day, iso, iso_day
from domain.unwritable import unwritable

JST = ZoneInfo("Asia/Tokyo")

HouseholdId = NewType("HouseholdId", UUID)
PersonId = NewType("PersonId", UUID)
SittingId = NewType("SittingId", UUID)
StaffId = NewType("StaffId", UUID)
ResourceId = NewType("ResourceId", UUID)

Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
AgencyId = Annotated[Code, "機関"]
"""The mark tells which fields of a fact name an agency."""
DeskId = Code
BodyId = Code


class Value(BaseModel):
    """The base of all; its errors never repeat the input, which may be personal."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _written(text: str, info: core_schema.SerializationInfo) -> str:
    """Text leaves through the sealer that the ledger passes as context; elsewhere as it is."""
    seal = (info.context or {}).get("seal")
    return seal(text) if seal else str(text)


def _stored(info: core_schema.ValidationInfo) -> bool:
    """What stands in the log stays readable, whatever may be written today."""
    return "sealed" in (info.context or ())


def _read(text: str, info: core_schema.ValidationInfo) -> "Personal":
    """What the ledger reads is sealed, whatever it looks like; what anybody writes never is."""
    return Sealed(text) if _stored(info) else Personal(_filled(text, info))


def _filled(text: str, info: core_schema.ValidationInfo) -> str:
    if not text.strip() and not _stored(info):
        raise ValueError("空白だけです。書くことがなければ、項目ごと省いてください。")
    return text


def _passed_on(given: Any, read: core_schema.ValidatorFunctionWrapHandler) -> "Personal":
    """Copied into another fact it stays as it is."""
    return given if isinstance(given, Sealed) else read(given)


class Personal(str):
    """個人に関する文字列: the mark that tells the ledger to seal it before it is stored."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(
        cls, _source: Any, _handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        text = core_schema.with_info_after_validator_function(
            _read, core_schema.str_schema(min_length=1)
        )
        return core_schema.json_or_python_schema(
            text,
            core_schema.no_info_wrap_validator_function(_passed_on, text),
            serialization=core_schema.plain_serializer_function_ser_schema(_written, info_arg=True),
        )


class Sealed(Personal):
    """封じた文字列: personal text as it was read from the log or from a read model.

    Only the edge can open it; copied into another fact it stays sealed.
    """

    __slots__ = ()


PlainText = Annotated[
    str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_filled)
]

READ: Mapping[str, bool] = MappingProxyType({"sealed": True})
"""The context for decoding what is stored: its personal text is sealed."""


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


OFFICES = frozenset({Role.PROTECTION, Role.IDENTITY, Role.PRIVACY})
"""支援措置・名寄せ・個人情報保護: their work reaches every household of the municipality."""


class DeskRef(Value):
    """ある機関のある係。"""

    agency: AgencyId
    desk: DeskId


class Capacity(Value):
    """資格: the desk, agency and role in which somebody acts or reads."""

    agency: AgencyId
    desk: DeskId
    role: Role

    def keeps(self, secretariat: DeskRef | None) -> bool:
        """事務局: whether they keep the record of its sittings, which no other desk does."""
        if secretariat is None or self.role is not Role.COORDINATOR:
            return False
        return (self.agency, self.desk) == (secretariat.agency, secretariat.desk)


class Author(Value):
    """記録者: kept in the envelope of every fact."""

    staff: StaffId
    capacity: Capacity


UNKNOWN_DAY = "unknown"


def _day(given: Any, info: core_schema.ValidationInfo) -> Any:
    return given if isinstance(given, date) or _stored(info) else iso_day(given)


def _occurred(given: Any, info: core_schema.ValidationInfo) -> Any:
    if isinstance(given, date):
        return given.isoformat()
    if not isinstance(given, str) or given == UNKNOWN_DAY or _stored(info):
        return given
    return given if is_iso_day(given) else iso(given)


Day = Annotated[date, BeforeValidator(_day)]
"""暦日 (Asia/Tokyo); 令和 and the other eras are accepted and normalised."""

Moment = AwareDatetime
"""時刻: of the clock that the ledger keeps, never without its time zone."""

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


class Command(Value):
    """An act (行為) as the request body states it; who acts never comes from the body.

    `only`: who may do it at all, asked before anything is looked up, so that the refusal tells
    nothing of what there is.
    """

    only: ClassVar[tuple[Role, ...]] = ()

    @property
    def asks_sides(self) -> bool:
        """Whether what is decided depends on for whom the writer acts, wherever that was
        recorded.
        """
        return False

    @model_validator(mode="before")
    @classmethod
    def _writable(cls, given: Any) -> Any:
        if wrong := unwritable(given):
            raise ValueError(wrong)
        return given
