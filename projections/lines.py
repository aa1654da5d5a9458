"""閲覧の行 for whoever looks for unusual reads: one per receipt, with the households it names."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.values import Capacity, Role
from projections.book import Place
from projections.reading import fetch

_LINES = """
    SELECT stream, version, at, staff, agency, desk, role, purpose, view, outcome, households
    FROM projections.receipts
    WHERE at >= %s AND at < %s AND outcome IN ('shown', 'refused') ORDER BY position
"""


class Line(NamedTuple):
    """A read, or an attempt; a search that found nobody names no household."""

    receipt: Place
    at: datetime
    staff: UUID
    capacity: Capacity
    purpose: str
    view: str
    outcome: str
    households: tuple[UUID, ...]


def lines(connection: Connection[Any], since: datetime, until: datetime) -> list[Line]:
    """In the order of the 閲覧簿."""
    return [_line(*row) for row in fetch(connection, _LINES, (since, until))]


def _line(*row: Any) -> Line:
    stream, version, at, staff, agency, desk, role, purpose, view, outcome, households = row
    capacity = Capacity(agency=agency, desk=desk, role=Role(role))
    homes = tuple(map(UUID, households or ()))
    return Line(Place(stream, version), at, staff, capacity, purpose, view, outcome, homes)
