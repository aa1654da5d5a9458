"""出してよい形: in which shape a value leaves, by the type of its column."""

from collections.abc import Iterable
from enum import Enum
from typing import Annotated
from uuid import UUID


class Kept(Enum):
    """What becomes of a value on its way out."""

    PSEUDONYM = "仮名"
    TELLTALE = "秘匿のある世帯では空"


Id = Annotated[UUID, Kept.PSEUDONYM]
Place = Annotated[UUID | None, Kept.TELLTALE]
Telltale = Annotated[str | None, Kept.TELLTALE]
Telltales = Annotated[tuple[str, ...] | None, Kept.TELLTALE]
"""An agency, a desk, a district or a place: any of them may betray where a person is."""

Codes = tuple[str, ...]
"""Sorted, each once."""


def in_order(codes: Iterable[str]) -> Codes:
    return tuple(sorted(set(codes)))
