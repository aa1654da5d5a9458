"""公表した統計: what was published stays known, so that nothing later can be set off against it."""

from enum import StrEnum

from domain.events.base import Fact
from domain.values import Code, Day, Value


class Known(StrEnum):
    """いつ分かっていた数か。"""

    CLOSED = "closed"  # 締め日に
    NOW = "now"  # 公表したときに


class PublishedCell(Value):
    """公表した区分: `count` がなければ伏せた。`key` が空なら総数。"""

    key: tuple[Code, ...]
    count: int | None


class StatisticsPublished(Fact):
    """統計を公表した。`k` より少ない人数の区分と、それを割り出せる区分は伏せてある。"""

    year: int
    table: Code
    closing: Day
    known: Known
    k: int
    cells: tuple[PublishedCell, ...]


PublicationFact = StatisticsPublished
