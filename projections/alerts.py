"""確かめた閲覧 (alerts): which unusual reads somebody has looked into, and with what result."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.oversight import UnusualReadLookedInto
from domain.ledger import Recorded
from projections.projection import Projection
from projections.reading import fetch
from projections.table import Row, Table

ALERTS = Table(
    "alerts",
    {
        "day": "date",
        "household": "uuid",
        "finding": "text",
        "at": "timestamptz",
        "looker": "uuid",
    },
    ("(day)",),
)
_LOOKED = """
    SELECT stream, day, household, finding, at, looker FROM projections.alerts
    WHERE day BETWEEN %s AND %s
"""


class About(NamedTuple):
    """Which alert: the reader, the day and the household; none where it was about many at once."""

    staff: UUID
    day: date
    household: UUID | None


class Look(NamedTuple):
    """The last that was said of it."""

    finding: str
    at: datetime
    by: UUID


def rows(recorded: Recorded) -> Iterable[Row]:
    fact = recorded.fact
    if isinstance(fact, UnusualReadLookedInto):
        what = {"day": fact.day, "household": fact.household, "finding": str(fact.finding)}
        who = {"at": recorded.recorded_at, "looker": recorded.author.staff}
        yield Row(ALERTS, f"{fact.day}:{fact.household or ''}", {**what, **who}, told=False)


PROJECTION = Projection("alerts", 2, (ALERTS,), rows)


def looked_into(connection: Connection[Any], since: date, until: date) -> dict[About, Look]:
    """Of reads on these days, both included."""
    found = fetch(connection, _LOOKED, (since, until))
    return {About(*row[:3]): Look(*row[3:]) for row in found}
