"""事後の点検 (reviews): what was shared, referred, asked or looked at without consent, and who
looked at that again. Codes, ids and days alone.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import Fact
from domain.events.consent import (
    InformationRequested,
    InformationRequestReviewed,
    InformationShared,
    ShareReviewed,
)
from domain.events.oversight import EmergencyAccessOpened, EmergencyAccessReviewed
from domain.events.referral import ReferralMade, ReferralReviewed
from domain.labels import ByConsent, OwnRecord, Urgent
from domain.ledger import Recorded
from domain.values import Capacity, Role
from projections.conflicts import Recused
from projections.projection import Projection
from projections.reading import fetch
from projections.table import Row, Table

REVIEWS = Table(
    "reviews",
    {
        "kind": "text",
        "id": "uuid",
        "version": "bigint",
        "position": "bigint",
        "at": "timestamptz",
        "staff": "uuid",
        "agency": "text",
        "desk": "text",
        "role": "text",
        "to_agency": "text",
        "to_desk": "text",
        "basis": "text",
        "due": "date",
        "proper": "boolean",
        "reviewed_at": "timestamptz",
        "reviewer": "uuid",
    },
    ("(position) WHERE reviewed_at IS NULL", "(position) WHERE reviewed_at IS NOT NULL"),
)
Columns = dict[str, Any]


def rows(recorded: Recorded) -> Iterable[Row]:
    tell = _TOLD.get(type(recorded.fact))
    return tell(recorded, recorded.fact) if tell else ()


def _shared(recorded: Recorded, fact: InformationShared) -> Iterable[Row]:
    return _handed(recorded, "share", fact.share, {"to_agency": fact.to_agency})


def _referred(recorded: Recorded, fact: ReferralMade) -> Iterable[Row]:
    to = {"to_agency": fact.to_agency, "to_desk": fact.to_desk}
    return _handed(recorded, "referral", fact.referral, to)


def _asked(recorded: Recorded, fact: InformationRequested) -> Iterable[Row]:
    return _handed(recorded, "request", fact.request, {"to_agency": fact.of_agency})


def _handed(recorded: Recorded, kind: str, key: UUID, to: Columns) -> Iterable[Row]:
    basis = recorded.fact.label.basis
    if isinstance(basis, ByConsent | OwnRecord):
        return
    due = basis.review_due if isinstance(basis, Urgent) else None
    more = {**to, "basis": basis.kind, "due": due}
    yield Row(REVIEWS, f"{kind}:{key}", {**_entered(recorded, kind, key), **more}, told=False)


def _looked(recorded: Recorded, fact: EmergencyAccessOpened) -> Iterable[Row]:
    more = {"basis": "location" if fact.location else "emergency", "due": fact.review_due}
    entered = _entered(recorded, "access", fact.access)
    yield Row(REVIEWS, f"access:{fact.access}", {**entered, **more}, told=False)


def _entered(recorded: Recorded, kind: str, key: UUID) -> Columns:
    capacity = recorded.author.capacity
    return {
        "kind": kind,
        "id": key,
        "version": recorded.version,
        "position": recorded.position,
        "at": recorded.recorded_at,
        "staff": recorded.author.staff,
        "agency": capacity.agency,
        "desk": capacity.desk,
        "role": str(capacity.role),
    }


def _reviewed(kind: str, name: str) -> Callable[[Recorded, Any], Iterable[Row]]:
    def told(recorded: Recorded, fact: Any) -> Iterable[Row]:
        by = recorded.author.staff
        done = {"reviewed_at": recorded.recorded_at, "reviewer": by, "proper": fact.proper}
        yield Row(REVIEWS, f"{kind}:{getattr(fact, name)}", done, told=False)

    return told


_TOLD: Mapping[type[Fact], Callable[[Recorded, Any], Iterable[Row]]] = {
    InformationShared: _shared,
    ReferralMade: _referred,
    InformationRequested: _asked,
    EmergencyAccessOpened: _looked,
    ShareReviewed: _reviewed("share", "share"),
    ReferralReviewed: _reviewed("referral", "referral"),
    InformationRequestReviewed: _reviewed("request", "request"),
    EmergencyAccessReviewed: _reviewed("access", "access"),
}
PROJECTION = Projection("reviews", 2, (REVIEWS,), rows, stops=True)


class Review(NamedTuple):
    """One thing to look at again; `due` where the fact itself says when."""

    household: UUID
    kind: str
    id: UUID
    version: int
    position: int
    at: datetime
    staff: UUID
    capacity: Capacity
    to: tuple[str, str | None] | None
    basis: str
    due: date | None
    proper: bool | None
    reviewed_at: datetime | None
    reviewer: UUID | None


_SELECT = """
    SELECT stream, kind, id, version, position, at, staff, agency, desk, role, to_agency, to_desk,
        basis, due, proper, reviewed_at, reviewer
    FROM projections.reviews
    WHERE kind IS NOT NULL AND stream <> ALL (%(recused)s::uuid[]) AND {state}
"""
_OPEN = _SELECT.format(state="reviewed_at IS NULL") + " ORDER BY position"
_DONE = _SELECT.format(state="reviewed_at IS NOT NULL AND position < %(before)s")
_NEWEST_FIRST = " ORDER BY position DESC LIMIT %(limit)s"
_NEWEST = 2**62


def waiting(connection: Connection[Any], *, recused: Recused) -> list[Review]:
    """All that nobody has looked at yet, oldest first: the queue is meant to be short."""
    given = {"recused": list(recused.households)}
    return [_review(*row) for row in fetch(connection, _OPEN, given)]


def done(
    connection: Connection[Any], *, recused: Recused, before: int | None, limit: int
) -> list[Review]:
    """What was looked at, the newest first."""
    page = {"before": _NEWEST if before is None else before, "limit": limit}
    given = {**page, "recused": list(recused.households)}
    return [_review(*row) for row in fetch(connection, _DONE + _NEWEST_FIRST, given)]


def _review(*row: Any) -> Review:
    household, kind, key, version, position, at, staff = row[:7]
    agency, desk, role, to_agency, to_desk = row[7:12]
    capacity = Capacity(agency=agency, desk=desk, role=Role(role))
    to = (to_agency, to_desk) if to_agency else None
    who = (household, kind, key, version, position, at, staff, capacity)
    return Review(*who, to, *row[12:])
