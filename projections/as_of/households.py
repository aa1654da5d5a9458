"""One household at a point of both clocks: ケース, 支援経過, 情報提供台帳."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Item, Reader
from domain.recorded import Recorded
from projections import disclosures, timeline
from projections.as_of.folding import folded, item_of
from projections.as_of.histories import Histories
from projections.as_of.past_case import PastCase, past_case
from projections.case_view import CaseView, view_of
from projections.disclosures import DisclosurePage, entries_of
from projections.reading import Group, readable
from projections.standing import consents
from projections.timeline import CHUNK, Line, TimelinePage, course_of

_NEWEST = 2**62


def case_as_of(
    connection: Connection[Any], household: UUID, *, reader: Reader, histories: Histories
) -> CaseView | None:
    """The household as it stood; None when there was none, or none of it is theirs today."""
    case = past_case(connection, histories, household, reader)
    return view_of(case, household, reader) if case.opened(household) else None


def course_as_of(  # noqa: PLR0913 - as the live one
    connection: Connection[Any],
    household: UUID,
    *,
    reader: Reader,
    histories: Histories,
    before: int | None = None,
    limit: int = 100,
) -> TimelinePage | None:
    """The course of support up to that day, as it was written by then."""
    case = past_case(connection, histories, household, reader)
    return course_of(case, household, reader, partial(_older, histories), before, limit)


def _older(histories: Histories, streams: list[UUID], before: int | None) -> list[Line]:
    lines = [
        Line(line.columns["position"], line.columns["recorded_at"], line.group)
        for stream in dict.fromkeys(streams)
        for line in folded(timeline.PROJECTION, histories.then(stream), timeline.TIMELINE)
    ]
    wanted = [line for line in lines if line.position < (_NEWEST if before is None else before)]
    return sorted(wanted, key=lambda line: line.position, reverse=True)[:CHUNK]


def disclosures_as_of(  # noqa: PLR0913 - as the live one
    connection: Connection[Any],
    *,
    reader: Reader,
    histories: Histories,
    household: UUID,
    before: int | None = None,
    limit: int = 100,
) -> DisclosurePage:
    """What had been told or asked by that day; in force on that day what rested on a consent."""
    case = past_case(connection, histories, household, reader)
    streams = (household, *case.earlier(household))
    rows = {
        each: folded(disclosures.PROJECTION, histories.then(each), disclosures.DISCLOSURES)
        for each in streams
    }
    given = {each: consents(line.group for line in rows[each]) for each in streams}
    lines = [
        (line.columns["position"], line.group)
        for each in streams
        for line in rows[each]
        if line.columns.get("position", _NEWEST) < (_NEWEST if before is None else before)
    ]
    lines.sort(key=lambda line: line[0], reverse=True)
    entries = list(entries_of(lines, dict.fromkeys(streams, case), given, reader))
    more = entries[limit - 1].position if entries[limit:] else None
    return DisclosurePage(entries[:limit], more)


def items_as_of(
    connection: Connection[Any], household: UUID, *, reader: Reader, histories: Histories
) -> tuple[PastCase, list[tuple[Recorded, Item]]]:
    """Every record of the case that this reader may see, the oldest first."""
    case = past_case(connection, histories, household, reader)
    streams = (household, *case.earlier(household), *case.persons)
    told = [each for stream in dict.fromkeys(streams) for each in histories.then(stream)]
    told.sort(key=lambda recorded: recorded.position)
    return case, list(_readable(told, case, reader))


def _readable(
    told: list[Recorded], case: PastCase, reader: Reader
) -> Iterator[tuple[Recorded, Item]]:
    gate = case.situation
    for recorded in told:
        whole = Group(recorded.stream, "", (item_of(recorded),))
        for group in readable([whole], reader, gate):
            yield recorded, group.items[0]
