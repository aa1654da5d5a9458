"""市町村全体のそのときの姿: every household in codes, for 分析担当 alone."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.callers import answer
from api.counting import Counting
from api.deps import CountingDep, Cursor, Limit
from api.past import KnownAt, TrueAt
from domain.household.support import Status
from domain.values import Code, Value
from projections.as_of import MarkKind
from replays.as_of import HomeLine

router = APIRouter(prefix="/statistics", tags=["統計"])


class HomeThen(Value):
    """世帯の一行。`pseudonym` は読む人ごとの仮名で、どの時点でも同じ。`went_on_as` は統合先の仮名。

    `marks` は、この行のもとの記録に、遅れて書かれたもの・訂正されたものがあること。
    `agency` と `desk` は主担当。支援措置の対象の人がいる（いた）世帯では示さない。
    """

    pseudonym: str
    status: Status
    cycle: int
    agency: Code | None
    desk: Code | None
    went_on_as: str | None
    members: int
    open_referrals: int
    consents_in_force: int
    plans_decided: int
    next_review: date | None
    marks: tuple[MarkKind, ...]


class CityThen(Value):
    """市町村全体の、その日のことを、その時点までの記録で。"""

    true_at: date
    known_at: datetime
    households: tuple[HomeThen, ...]
    next: str | None


@router.get(
    "/households",
    summary="市町村全体のそのときの姿を、世帯ごとにコードと仮名で読む",
    response_model=CityThen,
)
def households(
    counting: CountingDep,
    cursor: Cursor = None,
    limit: Limit = 200,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    past = counting.at_point(true_at, known_at or counting.at).past
    assert past is not None  # noqa: S101 - one clock was named
    place = counting.resume(cursor, UUID)
    after = place[0] if place else None
    found = counting.services.counted.homes(past.histories.point, after, limit + 1)
    shown = found[:limit]
    lines = sorted((_line(each, counting) for each in shown), key=_told)
    more = shown[-1].household if found[limit:] else None
    body = {**past.said, "households": lines, "next": counting.next_cursor(more)}
    return answer(body, counting.hand(body, [each.household for each in shown]))


def _line(home: HomeLine, counting: Counting) -> dict[str, Any]:
    return {
        "pseudonym": counting.name(home.household),
        "status": home.status,
        "cycle": home.cycle,
        "agency": home.agency,
        "desk": home.desk,
        "went_on_as": home.merged_into and counting.name(home.merged_into),
        "members": home.members,
        "open_referrals": home.open_referrals,
        "consents_in_force": home.consents_in_force,
        "plans_decided": home.plans_decided,
        "next_review": home.next_review,
        "marks": home.marks,
    }


def _told(line: dict[str, Any]) -> str:
    """Within a page by what is told: the order of the ids would say who is who."""
    return str([value for name, value in line.items() if name not in {"pseudonym", "went_on_as"}])
