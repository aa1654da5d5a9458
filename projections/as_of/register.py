"""A sitting at a point of both clocks: what was learned in it stays with who was there."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events import Fact
from domain.events.sitting import AgendaItemAdded
from domain.gate import Reader, Situation
from projections.access import cases
from projections.as_of.folding import folded
from projections.as_of.histories import Histories
from projections.as_of.past_case import closed
from projections.reading import filled
from projections.sitting_rows import PROJECTION, SITTINGS
from projections.sittings import (
    LATEST,
    Line,
    SittingPage,
    SittingView,
    convened,
    homes_of,
    lines_of,
    own_of,
    place_of,
    view_of,
)


def sitting_as_of(
    connection: Connection[Any], sitting: UUID, *, reader: Reader, histories: Histories
) -> SittingView | None:
    """The sitting as it was recorded; None when it was not, or it is not theirs today."""
    today = lines_of(connection, [sitting])[sitting]
    streams = set(homes_of(today))
    streams |= {home for r in histories.whole(sitting) for home in _taken_up(r.fact)}
    histories.prepare(streams)
    lines = [line for each in (sitting, *sorted(streams)) for line in _lines(histories, each)]
    states = _states(connection, histories, streams, reader)
    states[sitting] = own_of(sitting, today, states)
    histories.gates |= states
    return view_of(sitting, [line for line in lines if line.sitting == sitting], states, reader)


def _taken_up(fact: Fact) -> tuple[UUID, ...]:
    return (fact.household,) if isinstance(fact, AgendaItemAdded) and fact.household else ()


def _lines(histories: Histories, stream: UUID) -> Iterable[Line]:
    for line in folded(PROJECTION, histories.then(stream), SITTINGS):
        yield Line(line.group, line.columns["sitting"], line.columns.get("at"))


def _states(
    connection: Connection[Any], histories: Histories, households: set[UUID], reader: Reader
) -> dict[UUID, Situation]:
    of = cases(connection, list(households), reader.today)
    return {each: closed(case.situation, histories, [each], reader) for each, case in of.items()}


def sittings_as_of(  # noqa: PLR0913 - as the live one
    connection: Connection[Any],
    *,
    reader: Reader,
    histories: Histories,
    body: str | None = None,
    before: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> SittingPage:
    """The sittings that had been recorded by then, those to come included."""

    def ask(place: tuple[date, UUID]) -> tuple[list[SittingView], tuple[date, UUID] | None]:
        found, last = convened(connection, reader, body, place, limit)
        histories.prepare(found)
        views = (
            sitting_as_of(connection, each, reader=reader, histories=histories) for each in found
        )
        return [view for view in views if view], last

    return SittingPage(*filled(ask, place_of, before or LATEST, limit))
