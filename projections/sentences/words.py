"""Words (言葉): what a sentence needs besides its fact, given by the edge."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.events import Fact
from domain.household.support import Status
from domain.labels import Category
from domain.values import UNKNOWN_DAY, Personal, Role

ROLES: Mapping[Role, str] = {
    Role.COUNSELLOR: "相談支援員",
    Role.COORDINATOR: "多機関協働担当",
    Role.CONVENER: "招集権者",
    Role.CHIEF: "係長",
    Role.PROTECTION: "支援措置担当",
    Role.IDENTITY: "名寄せ担当",
    Role.PRIVACY: "個人情報保護担当",
    Role.ANALYST: "分析担当",
    Role.ADMINISTRATOR: "管理者",
}


NAMELESS = "世帯員"


class Words(Protocol):
    """Names on the day they are spoken of: a body renamed in R6 keeps its R5 name on R5 papers."""

    def open(self, text: Personal) -> str:
        """The text, unsealed."""
        ...

    def code(self, codes: str, code: str) -> str:
        """The label of a code of one of the profile's lists."""
        ...

    def agency(self, agency: str, desk: str | None = None) -> str: ...

    def body(self, body: str) -> str: ...

    def person(self, person: UUID, /) -> str:
        """山田 花子さん, or 世帯員 where the reader may not know the name."""
        ...

    def staff(self, staff: UUID, /) -> str:
        """山田 花子さん, or 職員 where there is no such name."""
        ...

    def number(self, version: int, /) -> str:
        """記録の番号, by which the reader may name another fact of the same stream."""
        ...


STATUSES: Mapping[str, str] = {
    Status.OPEN: "支援中",
    Status.CLOSED: "終結",
    Status.SUSPENDED: "中断",
}
_CATEGORIES = {
    Category.IDENTITY: "身元・住所",
    Category.CONSULTATION: "相談",
    Category.HEALTH: "健康・障害",
    Category.FINANCE: "経済",
    Category.FAMILY: "家族関係",
    Category.ABUSE: "虐待・DV",
    Category.SCHOOL_WORK: "就学・就労",
    Category.PROGRESS: "支援経過",
    Category.ORGANISATION: "庶務",
}


def happened(kind: type[Fact]) -> str:
    """出来事の名: what the catalogue says first of it."""
    said = kind.__doc__ or kind.__name__
    return said.strip().partition("。")[0].partition("（")[0]


def day(when: date | str) -> str:
    """2026年4月1日, 2026年4月, 2026年, or 時期不明."""
    text = when if isinstance(when, str) else when.isoformat()
    if text == UNKNOWN_DAY:
        return "時期不明"
    units = zip(text.split("-"), "年月日", strict=False)
    return "".join(f"{int(part)}{unit}" for part, unit in units)


def listed(parts: object) -> str:
    """Several things in one breath."""
    return "、".join(parts) if isinstance(parts, list | tuple) else str(parts)


def categories(given: tuple[Category, ...]) -> str:
    return listed([_CATEGORIES[category] for category in given])


def people(persons: tuple[UUID, ...], words: Words) -> str:
    """Those whose names the reader may not know come last, in one word."""
    told = [words.person(person) for person in persons]
    nameless = told.count(NAMELESS)
    rest = [NAMELESS if nameless == 1 else f"{NAMELESS}{nameless}人"] if nameless else []
    return listed([*(who for who in told if who != NAMELESS), *rest])


def codes(name: str, given: tuple[str, ...], words: Words) -> str:
    return listed([words.code(name, code) for code in given])


def remark(*pairs: tuple[str, str | None]) -> str:
    """（項目: 内容、…）: what is empty is left out."""
    said = [f"{name}: {text}" if name else text for name, text in pairs if text]
    return f"（{'、'.join(said)}）" if said else ""


def opened(text: Personal | None, words: Words) -> str | None:
    return words.open(text) if text else None
