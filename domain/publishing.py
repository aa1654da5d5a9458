"""公表: a year's tables, safe by themselves and beside all that was published before (rule 27)."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field

from domain.events.publication import Known, PublishedCell, StatisticsPublished
from domain.labels import Category
from domain.publication import Publications, Release
from domain.refusals import InTheFuture, Refused
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.suppression import Counts, Shown, may_follow, suppressed
from domain.values import Day, Role

_MARCH = 3, 31


class PublishStatistics(CaseCommand):
    """`year` は年度。`known` が now なら、締め日の後に分かったことも入れる。"""

    usual_category: ClassVar[Category] = Category.ORGANISATION

    year: Annotated[int, Field(ge=2000, le=2200)]
    closing: Day
    known: Known = Known.CLOSED


class YearNotOver(Refused):
    """公表できるのは、終わった年度だけです。締め日は、年度の最後の日から今日までの日にしてください。"""


class NothingNewToPublish(Refused):
    """前に公表した表から、新しく示せるものはありません。少しの増減を示すと、前の表との差から人が分かるためです。"""


def publish_tables(
    publications: Publications,
    command: PublishStatistics,
    stamp: Stamp,
    *,
    tables: Mapping[str, Counts],
) -> list[StatisticsPublished]:
    """All tables of the year together, if each may follow every earlier version of it.

    Were some renewed alone, their wholes could be set off against those of the others.
    """
    stamp.requires(Role.ANALYST)
    if command.closing > stamp.today:
        raise InTheFuture
    if command.closing < date(command.year + 1, *_MARCH):
        raise YearNotOver
    safe = {
        name: _safe(counts, publications.of(command.year, name), stamp)
        for name, counts in sorted(tables.items())
    }
    may_follow_all = all(each.may_follow for each in safe.values())
    if not may_follow_all or not any(each.new for each in safe.values()):
        raise NothingNewToPublish
    return [_published(name, each, command, stamp) for name, each in safe.items()]


class _Safe(NamedTuple):
    """A table as it may be shown, beside its earlier versions; k never falls below what it was."""

    shown: Shown
    k: int
    may_follow: bool
    new: bool


def _safe(counts: Counts, earlier: tuple[Release, ...], stamp: Stamp) -> _Safe:
    strict = stamp.profile.settings(stamp.today).suppress_below
    k = max([strict, *(release.fact.k for release in earlier)])
    shown = suppressed(counts, k)
    may = all(may_follow(release.shown, shown, k) for release in earlier)
    return _Safe(shown, k, may, not earlier or shown != earlier[-1].shown)


def _published(
    table: str, safe: _Safe, command: PublishStatistics, stamp: Stamp
) -> StatisticsPublished:
    cells = tuple(PublishedCell(key=key, count=safe.shown[key]) for key in sorted(safe.shown))
    return stated(StatisticsPublished, command, stamp, table=table, k=safe.k, cells=cells)
