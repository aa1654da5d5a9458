"""情報提供台帳 at a point of both clocks: of one household, or of all of them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Reader
from projections.access import cases
from projections.as_of import folding
from projections.as_of.histories import Histories
from projections.as_of.past_case import PastCase, past_case
from projections.disclosures import (
    DISCLOSURES,
    PROJECTION,
    Disclosure,
    DisclosurePage,
    entered,
    entries_of,
)
from projections.reading import Group, fetch, filled, readable
from projections.standing import consents

Rows = Mapping[UUID, list[folding.Line]]
Lines = list[tuple[int, Group]]
_CHUNK, _NEWEST = 200, 2**62
_PLACES = """
    SELECT position, stream FROM projections.disclosures WHERE position < %s
    ORDER BY position DESC LIMIT %s
"""
_RETOLD = """
    SELECT DISTINCT stream FROM projections.timeline
    WHERE position > %s AND key LIKE 'FactCorrected:%%'
"""


def disclosures_as_of(  # noqa: PLR0913 - as the live one
    connection: Connection[Any],
    *,
    reader: Reader,
    histories: Histories,
    household: UUID | None = None,
    before: int | None = None,
    limit: int = 100,
) -> DisclosurePage:
    """What had been told or asked by that day; in force on that day what rested on a consent."""
    at = _NEWEST if before is None else before
    if household is None:
        return _everywhere(connection, reader, histories, at, limit)
    case = past_case(connection, histories, household, reader)
    rows = _rows(histories, (household, *case.earlier(household)))
    entries = _entries(rows, dict.fromkeys(rows, case), reader, _between(rows, 0, at))
    more = entries[limit - 1].position if entries[limit:] else None
    return DisclosurePage(entries[:limit], more)


def _everywhere(
    connection: Connection[Any], reader: Reader, histories: Histories, before: int, limit: int
) -> DisclosurePage:
    """Entry by entry back from the newest; one that was taken back since has no row any more, so
    households of which something was corrected are looked through besides.
    """
    retold = {row[0] for row in fetch(connection, _RETOLD, (histories.point.position,))}

    def ask(at: int) -> tuple[list[Disclosure], int | None]:
        found = fetch(connection, _PLACES, (at, _CHUNK))
        last = found[-1][0] if len(found) == _CHUNK else None
        rows = _rows(histories, sorted({row[1] for row in found} | retold))
        lines = _hopeful(connection, reader, _between(rows, last or 0, at))
        streams = dict.fromkeys(group.stream for _, group in lines)
        of = {each: past_case(connection, histories, each, reader) for each in streams}
        histories.forget()
        return _entries(rows, of, reader, lines), last

    start = min(before, histories.point.position + 1)
    return DisclosurePage(*filled(ask, lambda entry: entry.position, start, limit))


def _rows(histories: Histories, streams: Iterable[UUID]) -> Rows:
    streams = list(streams)
    histories.prepare(streams)
    return {each: folding.folded(PROJECTION, histories.then(each), DISCLOSURES) for each in streams}


def _between(rows: Rows, least: int, before: int) -> Lines:
    """The entries of a part of the log, the newest first."""
    lines = [
        (line.columns["position"], line.group)
        for each in rows.values()
        for line in each
        if least <= line.columns.get("position", _NEWEST) < before
    ]
    return sorted(lines, key=lambda line: line[0], reverse=True)


def _hopeful(connection: Connection[Any], reader: Reader, lines: Lines) -> Lines:
    """Those that today's gate might let through: the past is never shown more freely than that."""
    of = cases(connection, list({group.stream for _, group in lines}), reader.today)
    gates = {each: case.situation for each, case in of.items()}
    return [
        (position, whole)
        for position, whole in lines
        if any(entered(group) for group in readable([whole], reader, gates[whole.stream]))
    ]


def _entries(
    rows: Rows, of: Mapping[UUID, PastCase], reader: Reader, lines: Lines
) -> list[Disclosure]:
    given = {each: consents(line.group for line in rows[each]) for each in of}
    return list(entries_of(lines, of, given, reader))
