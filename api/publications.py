"""統計の公表: tables with small cells hidden, beside everything that was published before."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, cast

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from api.callers import answer
from api.deps import CallerDep, WriteDep
from api.writing import Write
from domain.events.publication import Known, StatisticsPublished
from domain.ledger import Stream
from domain.profile import Profile
from domain.publication import PUBLICATIONS, Publications, Release
from domain.publishing import PublishStatistics, publish_tables
from domain.stamp import Stamp
from domain.suppression import Counts, Path, rests
from domain.values import Role, Value
from replays.statistics.tables import TABLES, label

router = APIRouter(prefix="/statistics/publications", tags=["統計"])
OF_ALL = Stream(Publications, PUBLICATIONS, new=True)
HIDDEN = (
    "{k}に満たない区分と、そこから{k}に満たない数が割り出せる区分は、どの区分かを示さず、合わせた数だけを"
    "示します。名前のない区分は、0か、伏せた区分かのどちらかです。すべてを示した内訳の0はそのまま0です。"
    "内訳のないものは、内訳を示すと{k}に満たない数が割り出せるものです。"
)
_REST, _TOGETHER = "hidden", "伏せた区分（合わせて）"


class CellNow(Value):
    """区分。`key` が空なら総数で、`count` がなければ伏せた。`hidden` は伏せた区分を合わせた数。"""

    key: tuple[str, ...]
    labels: tuple[str, ...]
    count: int | None


class TableNow(Value):
    """公表した表。"""

    year: int
    table: str
    title: str
    unit: str
    parts: tuple[str, ...]
    rule: str
    hidden: str
    closing: date
    known: Known
    k: int
    cells: tuple[CellNow, ...]


class PublishedNow(Value):
    """公表したすべての表。同じ表の新しい版は、後にある。"""

    tables: tuple[TableNow, ...]


@router.post("", summary="年度の表を、小さな数を伏せて公表する")
async def publish(command: PublishStatistics, write: WriteDep) -> Response:
    tables = await run_in_threadpool(_counted, write, command)

    def publish_statistics(
        publications: Publications, command: PublishStatistics, stamp: Stamp
    ) -> list[StatisticsPublished]:
        """The numbers are not part of what is asked: sent again, it is the same request."""
        return publish_tables(publications, command, stamp, tables=tables)

    return await write(publish_statistics, command, OF_ALL)


def _counted(write: Write, command: PublishStatistics) -> Mapping[str, Counts]:
    if write.author.capacity.role is not Role.ANALYST:
        return {}
    day = command.closing if command.known is Known.CLOSED else None
    return write.services.counted.tables(command.year, day)


@router.get("", summary="公表した統計の表を読む", response_model=PublishedNow)
def published(caller: CallerDep, year: int | None = None) -> Response:
    _ = caller.author  # only who works here; outside, the papers that were published are read
    releases = cast("Publications", caller.ledger.recall(OF_ALL))
    return answer({"tables": list(told(releases, caller.profile, year))})


def told(
    publications: Publications, profile: Profile, year: int | None = None
) -> Iterator[dict[str, Any]]:
    for (of_year, table), releases in sorted(publications.releases.items()):
        if year in (None, of_year):
            for release in releases:
                yield _told(of_year, table, release, profile)


def _told(year: int, table: str, release: Release, profile: Profile) -> dict[str, Any]:
    kept = next(each for each in TABLES if each.id == table)
    fact = release.fact
    named = {key: count for key, count in release.shown.items() if count is not None or not key}
    together = {(*key, _REST): count for key, count in rests(release.shown).items()}

    def said(key: Path) -> list[str]:
        parts = zip(kept.parts, key, strict=False)
        return [
            _TOGETHER if code == _REST else label(part, code, profile, year) for part, code in parts
        ]

    cells = [
        {"key": key, "labels": said(key), "count": count}
        for key, count in sorted((named | together).items(), key=lambda cell: _placed(cell[0]))
    ]
    return {
        "year": year,
        "table": table,
        "title": kept.title,
        "unit": kept.unit,
        "parts": kept.parts,
        "rule": kept.rule,
        "hidden": HIDDEN.format(k=fact.k),
        "closing": fact.closing,
        "known": fact.known,
        "k": fact.k,
        "cells": cells,
    }


def _placed(key: Path) -> list[tuple[bool, str]]:
    """What is hidden stands behind what is named beside it."""
    return [(code == _REST, code) for code in key]
