"""Facts one can remember: a mother and her son, a counsellor of the 社協, a nurse."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

from domain.events import Fact
from domain.labels import Category, Label, Paragraph
from domain.values import Author, Capacity, Personal, Role, StaffId
from tests.facts import AUTHOR

F = TypeVar("F", bound=Fact)

MOTHER, SON = UUID(int=0xA), UUID(int=0xB)
DAY = "2026-04-01"
TODAY = date(2026, 4, 10)
NURSE = Author(
    staff=StaffId(UUID(int=0x5)),
    capacity=Capacity(agency="hoken", desk="chiku", role=Role.COUNSELLOR),
)
SODAN = AUTHOR


def label(by: Author = SODAN, **more: Any) -> Label:
    capacity = by.capacity
    usual: dict[str, Any] = {"category": Category.CONSULTATION, **more}
    return Label(agency=capacity.agency, desk=capacity.desk, **usual)


def fact(kind: type[F], author: Author = SODAN, /, *, labelled: Any = None, **given: Any) -> F:
    """A fact of that day, with its label and whatever else it needs."""
    usual = {"occurred_on": DAY, "label": label(author, **(labelled or {}))}
    return kind(**{**usual, **given})


def paragraph(text: str, by: Author = SODAN, **labelled: Any) -> tuple[Paragraph, ...]:
    return (Paragraph(text=Personal(text), label=label(by, **labelled)),)


def new() -> UUID:
    return uuid4()
