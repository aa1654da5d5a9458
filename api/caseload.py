"""担当一覧: the households somebody works on, overdue ones first."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import Cursor, Limit, ReadDep
from api.households import LeadNow
from api.showing import Shown
from domain.household.support import Status
from domain.values import Value
from projections.caseload import Scope, caseload

router = APIRouter(tags=["ケースを読む"])


class CaseLine(Value):
    """担当の一行。`people` は世帯員の身元などの記録。"""

    household: UUID
    status: Status
    lead: LeadNow | None
    area: str | None
    household_type: str | None
    next_due: date | None
    overdue: bool
    people: dict[UUID, tuple[Shown, ...]]


class Caseload(Value):
    """担当一覧。期限を過ぎたものから。"""

    households: tuple[CaseLine, ...]
    next: str | None


@router.get("/households", summary="担当する世帯を読む（期限の近い順）", response_model=Caseload)
def cases(
    read: ReadDep,
    scope: Scope = Scope.DESK,
    *,
    closed: bool = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    after = read.resume(cursor, date.fromisoformat, UUID)
    found = read(caseload, scope=scope, closed=closed, after=after, limit=limit)
    showing = read.showing
    lines = [
        {
            "household": each.household,
            "status": each.frame.status,
            "lead": each.frame.lead,
            "area": each.frame.area,
            "household_type": each.frame.household_type,
            "next_due": each.next_due,
            "overdue": each.overdue(read.today),
            "people": {
                person: [shown for group in groups for shown in showing.items_of(group.items)]
                for person, groups in each.people.items()
            },
        }
        for each in found.cases
    ]
    households = [each.household for each in found.cases]
    body = {"households": lines, "next": read.next_cursor(found.more)}
    return read.answer(body, households=households)
