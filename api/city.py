"""市町村全体のそのときの姿: every household in codes, and in numbers, for 分析担当 alone."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.callers import answer
from api.counting import Counting
from api.deps import CountingDep, Cursor, Limit
from api.past import KnownAt, TrueAt
from domain.clocks import Point
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


class LeadThen(Value):
    """主担当の機関ごとの世帯の数。`agency` がなければ、どの機関かを示さない世帯。"""

    agency: Code | None
    households: int


class StatusThen(Value):
    """状態ごとの世帯の数と、そのうち主担当の機関ごとの数。

    設定 `suppress_below` に満たない機関と、それを割り出せる機関は名を挙げず、`others` に合わせる。
    """

    status: Status
    households: int
    leads: tuple[LeadThen, ...]
    others: int


class TotalsThen(Value):
    """市町村全体の合計。統合された世帯は `merged` だけに数える。"""

    households: int
    merged: int
    members: int
    open_referrals: int
    consents_in_force: int
    plans_decided: int
    by_status: tuple[StatusThen, ...]


Totalled = Annotated[bool, Query(description="全体の合計も示す（初めのページだけ）")]


class CityThen(Value):
    """市町村全体の、その日のことを、その時点までの記録で。`totals` は求めたときだけ。"""

    true_at: date
    known_at: datetime
    totals: TotalsThen | None
    households: tuple[HomeThen, ...]
    next: str | None


@router.get(
    "/households",
    summary="市町村全体のそのときの姿を、世帯ごとにコードと仮名で読む",
    response_model=CityThen,
)
def households(  # noqa: PLR0913, PLR0917 - each is asked by itself
    counting: CountingDep,
    cursor: Cursor = None,
    limit: Limit = 200,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
    totals: Totalled = False,  # noqa: FBT002 - as the query has it
) -> Response:
    past = counting.at_point(true_at, known_at or counting.at).past
    assert past is not None  # noqa: S101 - one clock was named
    point, place = past.histories.point, counting.resume(cursor, UUID)
    after = place[0] if place else None
    found = counting.services.counted.homes(point, counting.name, after, limit + 1)
    shown = found[:limit]
    lines = [_line(each, counting) for each in shown]
    more = shown[-1].household if found[limit:] else None
    whole = _totals(counting, point) if totals and place is None else None
    body = {**past.said, "totals": whole, "households": lines, "next": counting.next_cursor(more)}
    return answer(body, counting.hand(body, [each.household for each in shown]))


def _totals(counting: Counting, point: Point) -> dict[str, Any]:
    k = counting.profile.settings(counting.today).suppress_below
    return asdict(counting.services.counted.totals(point, k))


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
