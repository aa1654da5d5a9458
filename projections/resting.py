"""根拠をたどる: who read on the strength of a fact, and who tried in vain; from the 閲覧簿."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.gate import ONCE, Place
from domain.values import Capacity, Role
from projections.book import COLUMNS, Read, read_of
from projections.reading import fetch

_RESTING = f"""{COLUMNS} FROM projections.reads
    WHERE (household = ANY (%(homes)s) OR item = %(stream)s) AND at >= %(since)s AND at <= %(until)s
        AND (facts @> %(place)s::text::jsonb OR item = %(stream)s) AND outcome = 'shown'
    ORDER BY position, line
"""
_TRIED = f"""{COLUMNS} FROM projections.reads
    WHERE (household = ANY (%(homes)s) OR named @> %(asked)s::text::jsonb) AND at > %(since)s
        AND outcome = 'refused'
    ORDER BY position, line
"""
_READERS = """
    SELECT staff, agency, desk, role, count(DISTINCT position),
        count(DISTINCT (item, item_version)), min(at), max(at)
    FROM projections.reads
    WHERE household = ANY (%(homes)s) AND outcome = 'shown' AND (
        facts @> ANY (%(places)s::text[]::jsonb[])
        OR (rule IN ('consent', 'referral') AND (item, item_version) IN (
            SELECT * FROM unnest(%(streams)s::uuid[], %(versions)s::int[])
        ))
    )
    GROUP BY staff, agency, desk, role ORDER BY min(at), staff
"""
_LOOKED = """
    SELECT facts FROM projections.reads WHERE household = ANY (%s) AND rule = %s AND at < %s
"""


class Resting(NamedTuple):
    """Who read on the strength of some fact: how often, how many records, from when to when."""

    staff: UUID
    capacity: Capacity
    reads: int
    records: int
    first: datetime
    last: datetime


def resting_on(
    connection: Connection[Any],
    stream: UUID,
    homes: Iterable[UUID],
    *,
    since: datetime,
    until: datetime,
) -> list[Read]:
    """What was read on the strength of a sitting, or of its own record; oldest first."""
    given = {"homes": list(homes), "stream": stream, "place": json.dumps([[str(stream)]])}
    found = fetch(connection, _RESTING, {**given, "since": since, "until": until})
    return [read_of(*row) for row in found]


def tried_after(
    connection: Connection[Any], stream: UUID, homes: Iterable[UUID], *, since: datetime
) -> list[Read]:
    """Who was refused a sitting, or the households it took up, after that moment; oldest first."""
    given = {"homes": list(homes), "asked": json.dumps([str(stream)])}
    found = fetch(connection, _TRIED, {**given, "since": since})
    return [read_of(*row) for row in found]


def readers_by(
    connection: Connection[Any], places: Iterable[tuple[UUID, int]], homes: Iterable[UUID]
) -> list[Resting]:
    """Everybody whose reading rested on one of these facts; a consent is read on its own strength,
    which its receipt need not name.
    """
    at = list(places)
    given = {
        "homes": list(homes),
        "places": [json.dumps([[str(stream), version]]) for stream, version in at],
        "streams": [stream for stream, _ in at],
        "versions": [version for _, version in at],
    }
    found = fetch(connection, _READERS, given)
    return [
        Resting(staff, Capacity(agency=agency, desk=desk, role=Role(role)), *rest)
        for staff, agency, desk, role, *rest in found
    ]


def looked_at(
    connection: Connection[Any], households: Iterable[UUID], until: datetime
) -> frozenset[Place]:
    """緊急閲覧 of a place that had its one view before then, among the facts it rested on."""
    found = fetch(connection, _LOOKED, (list(households), ONCE, until))
    return frozenset(Place(UUID(s), v) for (facts,) in found for s, v in facts or ())
