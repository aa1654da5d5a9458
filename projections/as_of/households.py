"""One household at a point of both clocks: ケース, 支援経過."""

from collections.abc import Iterator
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Item, Reader
from domain.recorded import Recorded
from projections import timeline
from projections.as_of.folding import folded, row_item
from projections.as_of.histories import Histories
from projections.as_of.past_case import PastCase, past_case
from projections.belonging import told_of
from projections.case_view import CaseView, view_of
from projections.reading import grouped, readable
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


def items_as_of(
    connection: Connection[Any], household: UUID, *, reader: Reader, histories: Histories
) -> tuple[PastCase, list[tuple[Recorded, Item]]]:
    """Every record of the case that this reader may see, the oldest first; of those alone of whom
    they may know that they belong.
    """
    case = past_case(connection, histories, household, reader)
    homes = (household, *case.earlier(household))
    seen = {each: readable(case.of[each], reader, case.situation) for each in homes}
    known = (each for person in told_of(case, seen, reader) for each in case.ids(person))
    told = [each for stream in dict.fromkeys((*homes, *known)) for each in histories.then(stream)]
    told.sort(key=lambda recorded: recorded.position)
    return case, list(_readable(told, case, reader))


def _readable(
    told: list[Recorded], case: PastCase, reader: Reader
) -> Iterator[tuple[Recorded, Item]]:
    gate = case.situation
    for recorded in told:
        whole = grouped(recorded.stream, "", (row_item(recorded),))
        for group in readable([whole], reader, gate):
            yield recorded, group.items[0]
