"""仕事 (work): who did what for a household, who sat over it, who took somebody in; codes alone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.values import JST
from projections.reading import fetch

_DONE = """
    SELECT stream, recorded_at, said->>'name', (said#>>'{author,staff}')::uuid,
        said#>>'{author,capacity,agency}', said#>>'{author,capacity,desk}',
        coalesce(f->>'to_agency', f->>'of_agency', f->>'successor_agency', f->>'keeper_agency',
            f->>'agency'),
        coalesce(f->>'to_desk', f->>'successor_desk', f->>'keeper_desk', f->>'desk'),
        f->'agencies'
    FROM projections.timeline, LATERAL (SELECT left(told, -1)::jsonb AS said) s,
        LATERAL (SELECT said->'fact' AS f) g
    WHERE stream = ANY (%s) ORDER BY stream, position
"""
_SAT = """
    WITH items AS (
        SELECT sitting, item, household FROM projections.sittings WHERE household = ANY (%s)
    )
    SELECT i.household, p.at, seat.fact->>'agency', (seat.fact->>'staff')::uuid
    FROM items i
    JOIN projections.sittings p ON p.sitting = i.sitting AND p.item = i.item
        AND p.key LIKE 'presence:%%'
    JOIN projections.sittings s ON s.stream = p.stream
        AND s.key = 'attendee:' || (left(p.told, -1)::jsonb#>>'{fact,attendee}'),
        LATERAL (SELECT ('[' || left(s.told, -1) || ']')::jsonb#>'{0,fact}' AS fact) seat
    WHERE seat.fact->>'staff' IS NOT NULL AND seat.fact->>'agency' IS NOT NULL
        AND seat.fact->>'kind' <> 'person'
"""
_TAKEN_IN = """
    SELECT stream, recorded_at, (left(told, -1)::jsonb#>>'{author,staff}')::uuid
    FROM projections.timeline
    WHERE key LIKE 'ConsultationReceived:%%' AND recorded_at >= %s AND recorded_at < %s
"""


class Done(NamedTuple):
    """One thing done: which kind of fact, by whom; the agency and desk it names, if any; the
    agencies it brought along.
    """

    fact: str
    day: date
    staff: UUID
    agency: str
    desk: str
    to_agency: str | None
    to_desk: str | None
    agencies: tuple[str, ...]


class Sat(NamedTuple):
    """Somebody was present for an item about the household."""

    day: date
    agency: str
    staff: UUID


class TakenIn(NamedTuple):
    staff: UUID
    at: datetime
    household: UUID


def done(connection: Connection[Any], households: Sequence[UUID]) -> Mapping[UUID, list[Done]]:
    """In the order it was recorded, household by household."""
    found: dict[UUID, list[Done]] = defaultdict(list)
    for household, at, fact, *named, agencies in fetch(connection, _DONE, (list(households),)):
        found[household].append(Done._make((fact, _day(at), *named, tuple(agencies or ()))))
    return found


def sat(connection: Connection[Any], households: Sequence[UUID]) -> Mapping[UUID, list[Sat]]:
    found: dict[UUID, list[Sat]] = defaultdict(list)
    for household, at, agency, staff in fetch(connection, _SAT, (list(households),)):
        found[household].append(Sat(_day(at), agency, staff))
    return found


def taken_in(connection: Connection[Any], since: datetime, until: datetime) -> list[TakenIn]:
    """Who wrote a consultation down between these moments."""
    rows = fetch(connection, _TAKEN_IN, (since, until))
    return [TakenIn(staff, at, household) for household, at, staff in rows]


def _day(at: datetime) -> date:
    return at.astimezone(JST).date()
