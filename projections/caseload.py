"""The caseload (担当一覧): the households somebody works on, overdue ones first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import KIND_OF, Fact
from domain.events.membership import HouseholdOpened, HouseholdsMerged
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.support import SupportClosed, SupportReopened, SupportSuspended
from domain.gate import Reader, addressed
from domain.household import Household
from domain.ledger import Recorded
from projections.access import Case, cases, members
from projections.asking import RENEWED, STAYS, WITHDRAWN
from projections.belonging import told_of
from projections.conflicts import sided_in
from projections.frame import Frame, framed
from projections.projection import Projection
from projections.reading import Group, fetch, filled, readable
from projections.table import Row, Table

CASELOAD = Table(
    "caseload",
    {
        "status": "text",
        "agency": "text",
        "desk": "text",
        "staff": "uuid",
        "cover": "uuid",
        "cover_desk": "text",
        "covered_until": "date",
        "ended": "bigint",
        "merged_into": "uuid",
    },
    (
        "(agency, desk) WHERE key = 'household'",
        "(agency) WHERE key <> 'household'",
        "(merged_into) WHERE merged_into IS NOT NULL",
    ),
)
NOBODY = UUID(int=0)
"""A column that is set stays set: nobody in particular leads."""
_COVERED_BY_NOBODY = {"cover": NOBODY, "cover_desk": ""}

_ENDED: Mapping[type[Fact], str] = {SupportClosed: "closed", SupportSuspended: "suspended"}
_OPENED = (HouseholdOpened, SupportReopened)
FRAMING: frozenset[type[Fact]] = frozenset(
    {*_ENDED, *_OPENED, LeadAgencyNamed, WorkHandedOver, HouseholdsMerged}
)
"""The facts by which a household stands in somebody's list."""


def rows(recorded: Recorded) -> Iterable[Row]:
    """One row for the household, and one for each agency that writes or is spoken to."""
    fact = recorded.fact
    if not _of_household(fact):
        return
    if columns := _columns(recorded):
        yield Row(CASELOAD, "household", columns, told=False)
    for agency in {fact.label.agency, *(to.agency for to in addressed(fact))}:
        yield Row(CASELOAD, f"agency:{agency}", {"agency": agency}, told=False)


def _columns(recorded: Recorded) -> dict[str, Any]:
    """Until the day, whoever hands their work over keeps it; naming the lead ends a 代行."""
    fact = recorded.fact
    match fact:
        case LeadAgencyNamed(agency=agency, desk=desk, staff=staff):
            return {"agency": agency, "desk": desk, "staff": staff or NOBODY, **_COVERED_BY_NOBODY}
        case WorkHandedOver(desk=desk, to_staff=staff, until=until) if until:
            return {"cover": staff, "cover_desk": desk, "covered_until": until}
        case WorkHandedOver(agency=agency, desk=desk, to_staff=staff, from_staff=before):
            kept = {"cover": before, "cover_desk": fact.label.desk}
            last = fact.effective_on - timedelta(days=1)
            return {"agency": agency, "desk": desk, "staff": staff, **kept, "covered_until": last}
        case HouseholdsMerged(source=source, target=target) if source == recorded.stream:
            return {"merged_into": target}
        case SupportClosed() | SupportSuspended():
            return {"status": _ENDED[type(fact)], "ended": recorded.version}
    return {"status": "open"} if isinstance(fact, _OPENED) else {}


def _of_household(fact: Fact) -> bool:
    return KIND_OF[type(fact)] == Household.kind


PROJECTION = Projection("caseload", 5, (CASELOAD,), rows)


class Scope(StrEnum):
    """Whose households."""

    STAFF = "staff"  # 自分の担当
    DESK = "desk"  # 係の担当
    AGENCY = "agency"  # 機関がかかわるすべて


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the caseload: codes and dates, and the rows that name who belongs to it, sealed;
    `found` are those by whom it was found, where somebody was sought.
    """

    household: UUID
    frame: Frame
    next_due: date | None
    people: dict[UUID, tuple[Group, ...]]
    found: tuple[UUID, ...] = ()

    def overdue(self, today: date) -> bool:
        return self.next_due is not None and self.next_due < today


class CaseloadPage(NamedTuple):
    """`more` is where the next page begins, None on the last."""

    cases: list[Line]
    more: tuple[date, UUID] | None


_FIRST = (date.min, NOBODY)
_CHOICE = {
    Scope.STAFF: "c.key = 'household' AND c.agency = %(agency)s AND (c.staff = %(staff)s"
    " OR (c.cover = %(staff)s AND c.covered_until >= %(today)s))",
    Scope.DESK: "c.key = 'household' AND c.agency = %(agency)s AND (c.desk = %(desk)s"
    " OR (c.cover_desk = %(desk)s AND c.covered_until >= %(today)s))",
    Scope.AGENCY: "c.key <> 'household' AND c.agency = %(agency)s",
}
_OURS = f"""
    t.done IS NOT TRUE AND t.kind IS NOT NULL AND t.since <= %(today)s
    AND t.stream <> ALL (%(sided)s)
    AND t.agency = %(agency)s AND coalesce(t.desk, %(desk)s) = %(desk)s
    AND coalesce(t.staff, %(staff)s) = %(staff)s AND t.role IS NULL AND t.plain
    AND NOT EXISTS (SELECT FROM projections.tasks l
        WHERE l.stream = t.stream AND l.key = 'tightened:' || t.version)
    AND NOT ({RENEWED}) AND NOT ({WITHDRAWN})
"""
_SELECT = """
    WITH RECURSIVE part (stream, kept) AS (
        SELECT stream, merged_into FROM projections.caseload
        WHERE merged_into IS NOT NULL AND status = 'open'
        UNION SELECT part.stream, m.merged_into FROM part JOIN projections.caseload m
            ON m.stream = part.kept AND m.key = 'household' AND m.merged_into IS NOT NULL
    ), came AS MATERIALIZED (
        SELECT part.kept, min(t.due) AS due FROM part
        JOIN projections.tasks t ON t.stream = part.stream
        WHERE {ours} AND t.kind = ANY (%(stays)s) GROUP BY part.kept
    )
    SELECT stream, due FROM (
        SELECT c.stream, coalesce(least(d.due, came.due), '9999-12-31'::date) AS sorted,
            least(d.due, came.due) AS due
        FROM projections.caseload c
        LEFT JOIN projections.caseload h ON h.stream = c.stream AND h.key = 'household'
        LEFT JOIN came ON came.kept = c.stream
        LEFT JOIN LATERAL (
            SELECT min(t.due) AS due FROM projections.tasks t
            WHERE t.stream = c.stream AND {ours} AND t.version > coalesce(h.ended, 0)
        ) d ON true
        WHERE {choice} AND (%(closed)s
            OR (coalesce(h.status, 'open') = 'open' AND h.merged_into IS NULL))
    ) listed
    WHERE (sorted, stream) > (%(due)s, %(after)s)
    ORDER BY sorted, stream LIMIT %(limit)s
"""
_QUERIES = {scope: _SELECT.format(choice=choice, ours=_OURS) for scope, choice in _CHOICE.items()}
_THESE = _SELECT.format(
    choice="c.key = 'household' AND c.stream = ANY (%(households)s)", ours=_OURS
)


def caseload(  # noqa: PLR0913 - each may be asked by itself
    connection: Connection[Any],
    *,
    reader: Reader,
    scope: Scope = Scope.DESK,
    closed: bool = False,
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> CaseloadPage:
    """The households of the reader's scope, the most urgent first.

    What some may not read puts no list in order, nor gives it a date: it is in the list of tasks
    of those who may.
    """
    given = {**_given(connection, reader), "closed": closed, "limit": limit}

    def ask(place: tuple[date, UUID]) -> tuple[list[Line], tuple[date, UUID] | None]:
        found = fetch(connection, _QUERIES[scope], {**given, "due": place[0], "after": place[1]})
        last = (found[-1][1] or date.max, found[-1][0]) if len(found) == limit else None
        return _cases(connection, found, reader), last

    return CaseloadPage(*filled(ask, _place, after or _FIRST, limit))


def lines(
    connection: Connection[Any], households: Sequence[UUID], *, reader: Reader
) -> dict[UUID, Line]:
    """The lines of these households, closed ones too, as far as they are the reader's to see."""
    given = {**_given(connection, reader), "closed": True, "households": list(households)}
    first = {"due": _FIRST[0], "after": _FIRST[1], "limit": len(households)}
    due = dict(fetch(connection, _THESE, {**given, **first}))
    found = [(household, due.get(household)) for household in households]
    return {line.household: line for line in _cases(connection, found, reader)}


def _given(connection: Connection[Any], reader: Reader) -> dict[str, Any]:
    return {
        "agency": reader.capacity.agency,
        "desk": reader.capacity.desk,
        "staff": reader.staff,
        "today": reader.today,
        "stays": list(STAYS),
        "sided": sided_in(connection, reader),
    }


def _place(case: Line) -> tuple[date, UUID]:
    return case.next_due or date.max, case.household


def _cases(
    connection: Connection[Any], found: list[tuple[UUID, date | None]], reader: Reader
) -> list[Line]:
    """Households of which the reader may see nothing are not there."""
    of = cases(connection, [household for household, _ in found], reader.today, all_kinds=True)
    listed = (line_of(of[household], household, due, reader) for household, due in found)
    return [line for line in listed if line]


def line_of(case: Case, household: UUID, due: date | None, reader: Reader) -> Line | None:
    """A household of the list; None when none of it is the reader's."""
    state = case.situation
    seen = readable(case.of[household], reader, state)
    earlier = (group for each in case.earlier(household) for group in case.of[each])
    if not seen and not readable(earlier, reader, state):
        return None
    survivors = dict.fromkeys(case.known_as(each)[0] for each in members(case.of[household]))
    theirs = {case.known_as(each)[0] for each in members(seen)}
    records = {
        person: tuple(readable(case.persons[person].groups, reader, state)) for person in survivors
    }
    told = told_of(case, {household: seen}, reader)
    named = {p: rows for p, rows in records.items() if p in theirs or (rows and p in told)}
    return Line(household, framed(case, household, seen, reader, state), due, named)
