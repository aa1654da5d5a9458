"""担当一覧・名前でさがす: the households somebody works on, overdue ones first; or those in which
somebody sought may be.
"""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import AfterValidator

from api.callers import Read
from api.deps import Cursor, Limit, ReadDep
from api.households import LeadNow, NextLead, lead_now, next_lead
from api.names import Names
from api.past import AsOf, KnownAt, TrueAt
from api.problems import Problem
from api.showing import Showing, Shown
from domain.household.support import Status
from domain.unwritable import unwritable
from domain.values import Personal, Value
from projections.as_of import caseload_as_of
from projections.caseload import CaseloadPage, Line, Scope, caseload
from projections.search import SearchPage, search
from projections.sought import sought

router = APIRouter(tags=["ケースを読む"])


def _writable(said: str) -> str:
    """It is kept, sealed, with the receipt."""
    if wrong := unwritable(said):
        raise ValueError(wrong)
    return said


Sought = Annotated[
    Annotated[str, AfterValidator(_writable)] | None,
    Query(
        min_length=1,
        max_length=100,
        description="氏名・ふりがな・通称、電話番号（下四桁でも）、生年月日。空けて並べると、すべてに当たる人",
    ),
]


class CaseLine(Value):
    """担当の一行。`people` は世帯員の身元などの記録、`found` はさがした言葉に当たった人。"""

    household: UUID
    status: Status
    lead: LeadNow | None
    next_lead: NextLead | None
    area: str | None
    household_type: str | None
    next_due: date | None
    overdue: bool
    found: tuple[UUID, ...]
    people: dict[UUID, tuple[Shown, ...]]


class SoughtToday(Problem):
    """名前でさがせるのは、いまのことだけです。true_at と known_at を外してください。"""


class Caseload(Value):
    """担当一覧は、期限を過ぎたものから。さがしたときは、よく当たるものから。"""

    households: tuple[CaseLine, ...]
    next: str | None
    as_of: AsOf | None = None


@router.get(
    "/households",
    summary="担当する世帯を読む（期限の近い順）・名前でさがす（q）",
    response_model=Caseload,
)
def cases(  # noqa: PLR0913 - each may be asked by itself
    request: Request,
    read: ReadDep,
    q: Sought = None,
    scope: Scope = Scope.DESK,
    *,
    closed: bool = False,
    cursor: Cursor = None,
    limit: Limit = 50,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    read.at_point(true_at, known_at)
    if q is not None:
        if read.past:
            raise SoughtToday
        return _searched(request.app.state.names, read, q, cursor, limit)
    after = read.resume(cursor, date.fromisoformat, UUID)
    listed = read.of(caseload, caseload_as_of)
    return _answered(read, read(listed, scope=scope, closed=closed, after=after, limit=limit))


def _searched(names: Names, read: Read, q: str, cursor: str | None, limit: int) -> Response:
    """Everything the reader may know of, whoever leads it, closed or not."""
    after = read.resume(cursor, int, UUID)
    found = read(search, names, sought(q), after=after, limit=limit)
    return _answered(read, found, Personal(q))


def _answered(
    read: Read, found: CaseloadPage | SearchPage, said: Personal | None = None
) -> Response:
    lines = [_line(each, read.showing, read.day) for each in found.cases]
    body = {"households": lines, "next": read.next_cursor(found.more)}
    return read.answer(body, households=[each.household for each in found.cases], sought=said)


def _line(case: Line, showing: Showing, today: date) -> dict[str, Any]:
    return {
        "household": case.household,
        "status": case.frame.status,
        "lead": lead_now(case.frame.lead, showing),
        "next_lead": next_lead(case.frame.next_lead, showing),
        "area": case.frame.area,
        "household_type": case.frame.household_type,
        "next_due": case.next_due,
        "overdue": case.overdue(today),
        "found": case.found,
        "people": {
            person: [shown for group in groups for shown in showing.items_of(group.items)]
            for person, groups in case.people.items()
        },
    }
