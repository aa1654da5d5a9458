"""The caseload (担当一覧): the households somebody works on, overdue ones first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import KIND_OF, Fact
from domain.events.membership import HouseholdOpened, HouseholdsMerged
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.support import SupportClosed, SupportReopened, SupportSuspended
from domain.gate import Reader, Situation, addressed
from domain.household import Household
from domain.ledger import Recorded
from domain.values import Role
from projections.access import household_groups, members, situations
from projections.case import Frame, frame
from projections.people import people
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
        "covered_until": "date",
        "reopened": "bigint",
    },
    ("(agency, desk) WHERE key = 'household'", "(agency) WHERE key <> 'household'"),
)
NOBODY = UUID(int=0)
"""A column that is set stays set: nobody in particular leads."""

_STATUS: Mapping[type[Fact], str] = {
    HouseholdOpened: "open",
    SupportClosed: "closed",
    SupportSuspended: "suspended",
    SupportReopened: "open",
}


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
    fact = recorded.fact
    match fact:
        case LeadAgencyNamed(agency=agency, desk=desk, staff=staff):
            return {"agency": agency, "desk": desk, "staff": staff or NOBODY}
        case WorkHandedOver(to_staff=staff, until=until) if until:
            return {"cover": staff, "covered_until": until}
        case WorkHandedOver(agency=agency, desk=desk, to_staff=staff):
            return {"agency": agency, "desk": desk, "staff": staff}
        case HouseholdsMerged(source=source) if source == recorded.stream:
            return {"status": "merged"}
        case SupportReopened():
            return {"status": "open", "reopened": recorded.version}
    return {"status": _STATUS[type(fact)]} if type(fact) in _STATUS else {}


def _of_household(fact: Fact) -> bool:
    return KIND_OF[type(fact)] == Household.kind


PROJECTION = Projection("caseload", 1, (CASELOAD,), rows)


class Scope(StrEnum):
    """Whose households."""

    STAFF = "staff"  # 自分の担当
    DESK = "desk"  # 係の担当
    AGENCY = "agency"  # 機関がかかわるすべて


@dataclass(frozen=True, slots=True)
class Case:
    """A line of the caseload: codes and dates, and the rows that name who belongs to it, sealed."""

    household: UUID
    frame: Frame
    next_due: date | None
    people: dict[UUID, tuple[Group, ...]]

    def overdue(self, today: date) -> bool:
        return self.next_due is not None and self.next_due < today


class CaseloadPage(NamedTuple):
    """`more` is where the next page begins, None on the last."""

    cases: list[Case]
    more: tuple[date, UUID] | None


_FIRST = (date.min, NOBODY)
_CHOICE = {
    Scope.STAFF: "c.key = 'household' AND c.agency = %(agency)s AND (c.staff = %(staff)s"
    " OR (c.cover = %(staff)s AND c.covered_until >= %(today)s))",
    Scope.DESK: "c.key = 'household' AND c.agency = %(agency)s AND c.desk = %(desk)s",
    Scope.AGENCY: "c.key <> 'household' AND c.agency = %(agency)s",
}
_SELECT = """
    SELECT stream, due FROM (
        SELECT c.stream, coalesce(d.due, '9999-12-31'::date) AS sorted, d.due
        FROM projections.caseload c
        LEFT JOIN projections.caseload h ON h.stream = c.stream AND h.key = 'household'
        LEFT JOIN LATERAL (
            SELECT min(t.due) AS due FROM projections.tasks t
            WHERE t.stream = c.stream AND t.done IS NOT TRUE AND t.kind IS NOT NULL
                AND t.since <= %(today)s AND t.version > coalesce(h.reopened, 0)
                AND t.agency = %(agency)s AND coalesce(t.desk, %(desk)s) = %(desk)s
                AND coalesce(t.staff, %(staff)s) = %(staff)s AND t.role IS NULL
        ) d ON true
        WHERE {choice} AND (%(closed)s OR coalesce(h.status, 'open') = 'open')
    ) listed
    WHERE (sorted, stream) > (%(due)s, %(after)s)
    ORDER BY sorted, stream LIMIT %(limit)s
"""
_QUERIES = {scope: _SELECT.format(choice=choice) for scope, choice in _CHOICE.items()}


def caseload(  # noqa: PLR0913 - each may be asked by itself
    connection: Connection[Any],
    *,
    reader: Reader,
    scope: Scope = Scope.DESK,
    closed: bool = False,
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> CaseloadPage:
    """The households of the reader's scope, the most urgent first."""
    given = {
        "agency": reader.capacity.agency,
        "desk": reader.capacity.desk,
        "staff": reader.staff,
        "today": reader.today,
        "closed": closed,
        "limit": limit,
    }

    def ask(place: tuple[date, UUID]) -> tuple[list[Case], tuple[date, UUID] | None]:
        found = fetch(connection, _QUERIES[scope], {**given, "due": place[0], "after": place[1]})
        last = (found[-1][1] or date.max, found[-1][0]) if len(found) == limit else None
        return _cases(connection, found, reader), last

    return CaseloadPage(*filled(ask, _place, after or _FIRST, limit))


def _place(case: Case) -> tuple[date, UUID]:
    return case.next_due or date.max, case.household


def _cases(
    connection: Connection[Any], found: list[tuple[UUID, date | None]], reader: Reader
) -> list[Case]:
    """Households of which the reader may see nothing are not there."""
    of = household_groups(connection, [household for household, _ in found], all_kinds=True)
    states = situations(connection, of, reader.today)
    known = people(connection, (person for rows in of.values() for person in members(rows)))
    cases = []
    for household, due in found:
        every, state = of[household], states[household]
        if not readable(every, reader, state):
            continue
        named = {
            person: tuple(readable(known[person].groups, reader, state))
            for person in members(every)
        }
        cases.append(Case(household, _frame(every, state, reader), due, named))
    return cases


def _frame(every: list[Group], state: Situation, reader: Reader) -> Frame:
    hide = bool(state.concealed) and reader.capacity.role is not Role.PROTECTION
    return replace(frame(every), area=None) if hide else frame(every)
