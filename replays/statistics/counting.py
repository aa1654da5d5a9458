"""数え方 (Measure): a name, a rule in plain Japanese, and the function that the rule describes."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from domain.values import Period
from replays.statistics.census import Place
from replays.statistics.view import View


class Way(StrEnum):
    """実か延か。"""

    DISTINCT = "distinct"  # 実
    TOTAL = "total"  # 延
    MEAN = "mean"  # 平均
    MEDIAN = "median"  # 中央値


WAYS = {Way.DISTINCT: "実", Way.TOTAL: "延", Way.MEAN: "平均", Way.MEDIAN: "中央値"}


class Hit(NamedTuple):
    """数えた一件: of whom or what, from which facts, under which codes; `days` where days count."""

    unit: Hashable
    places: tuple[Place, ...]
    codes: Mapping[str, tuple[str, ...]] = {}
    days: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """`by` are the ways it is broken down, each with the code list that names its codes."""

    id: str
    name: str
    unit: str
    way: Way
    rule: str
    hits: Callable[[View, Period], Iterable[Hit]]
    by: Mapping[str, str] = field(default_factory=dict)


Number = int | float | None


class Figure(NamedTuple):
    """数値とその内訳, with the hits behind each."""

    number: Number
    hits: tuple[Hit, ...]
    by: Mapping[str, Mapping[str, tuple[Hit, ...]]]


def count(measure: Measure, view: View, period: Period) -> Figure:
    hits = tuple(measure.hits(view, period))
    by: dict[str, dict[str, tuple[Hit, ...]]] = {}
    for name in measure.by:
        parts: dict[str, list[Hit]] = defaultdict(list)
        for hit in hits:
            for code in dict.fromkeys(hit.codes.get(name, ())):
                parts[code].append(hit)
        by[name] = {code: tuple(found) for code, found in parts.items()}
    return Figure(number(measure.way, hits), hits, by)


def number(way: Way, hits: Iterable[Hit]) -> Number:
    """A mean of nothing is no number."""
    found = list(hits)
    match way:
        case Way.DISTINCT:
            return len({hit.unit for hit in found})
        case Way.TOTAL:
            return len(found)
        case Way.MEAN:
            return round(sum(hit.days for hit in found) / len(found), 1) if found else None
        case Way.MEDIAN:
            return median(hit.days for hit in found) if found else None
