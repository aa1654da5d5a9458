"""点検の待ち行列: what left without consent, and 緊急閲覧, each with its clock."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.audit.lines import TIME, Agent, At, Said, agent, at, day_of
from api.auditing import Audit, Lines
from api.deps import AuditDep, Cursor, Limit
from api.sheet import Columns
from domain.profile import Profile
from domain.values import Capacity, Value
from projections.reviews import Review, done, waiting

router = APIRouter(prefix="/audit", tags=["監査"])
_ALL = 2**31 - 1
"""A table has no next page."""
_KINDS = {
    "share": "情報提供",
    "referral": "つなぎ",
    "request": "協力依頼",
    "access": "緊急閲覧",
}
_BASES = {
    "sitting": "支援会議の議題",
    "statute": "法令",
    "urgent": "急迫の危険",
    "emergency": "緊急閲覧",
    "location": "緊急閲覧（居場所）",
}


class State(StrEnum):
    """点検の状態。"""

    OPEN = "open"  # 点検待ち
    DONE = "done"  # 点検済み


class Receiver(Value):
    """渡した先。"""

    agency: str
    desk: str | None


class Reviewed(Value):
    """点検の結果。"""

    at: datetime
    by: UUID
    proper: bool


class ReviewLine(Value):
    """点検するもの。`may_close` は、照会した人が点検してよいこと（渡した人・係は点検できない）。"""

    household: UUID
    kind: str
    id: UUID
    fact: At
    at: datetime
    by: Agent
    to: Receiver | None
    basis: str
    due: date
    working_days_left: int
    overdue: bool
    may_close: bool
    reviewed: Reviewed | None


class Reviews(Value):
    """点検の待ち行列。期限を過ぎたもの、期限の近いものから。"""

    reviews: tuple[ReviewLine, ...]
    next: str | None


@router.get("/reviews", summary="点検の待ち行列を読む", response_model=Reviews)
def reviews(
    audit: AuditDep, state: State = State.OPEN, cursor: Cursor = None, limit: Limit = 100
) -> Response:
    more: tuple[Any, ...] | None
    limit = _ALL if audit.as_sheet else limit
    if state is State.OPEN:
        after = audit.resume(cursor, date.fromisoformat, int)
        found, more = _waiting(audit, after or (date.min, 0), limit)
    else:
        before = audit.resume(cursor, int)
        page = {"before": before and before[0], "limit": limit + 1}
        found = audit.ask(done, **page, recused=audit.recused)
        last = found[limit - 1].position if found[limit:] else None
        found, more = found[:limit], None if last is None else (last,)
    names = audit.names(review.staff for review in found)
    lines = [_line(review, names, audit) for review in found]
    body = {"reviews": lines, "next": audit.next_cursor(more)}
    return audit.tell(
        body,
        Lines(_columns(Said(audit.profile)), lines),
        households=[review.household for review in found],
    )


def _waiting(
    audit: Audit, after: tuple[date, int], limit: int
) -> tuple[list[Review], tuple[date, int] | None]:
    """The most urgent first: when each is due is told by the calendar, not by the log alone."""
    every = audit.ask(waiting, recused=audit.recused)
    clocks = [((due_on(each, audit.profile), each.position), each) for each in every]
    rest = sorted(clock for clock in clocks if clock[0] > after)
    more = rest[limit - 1][0] if rest[limit:] else None
    return [review for _, review in rest[:limit]], more


def due_on(review: Review, profile: Profile) -> date:
    """As the fact says, else so many working days after it was recorded."""
    day = day_of(review.at)
    days = profile.settings(day).review_working_days
    return review.due or profile.working_day_after(day, days)


def working_days(profile: Profile, today: date, due: date) -> int:
    """How many are left after today; below nought, how many it is late."""
    first, last = sorted((today, due))
    days = (first + timedelta(n) for n in range(1, (last - first).days + 1))
    count = sum(profile.is_working_day(day) for day in days)
    return count if due >= today else -count


def _line(review: Review, names: Mapping[UUID, Any], audit: Audit) -> dict[str, Any]:
    due, profile = due_on(review, audit.profile), audit.profile
    to = review.to and {"agency": review.to[0], "desk": review.to[1]}
    return {
        "household": review.household,
        "kind": review.kind,
        "id": review.id,
        "fact": at((review.household, review.version)),
        "at": review.at,
        "by": agent(review.staff, review.capacity, names),
        "to": to,
        "basis": review.basis,
        "due": due,
        "working_days_left": working_days(profile, audit.today, due),
        "overdue": review.reviewed_at is None and due < audit.today,
        "may_close": review.reviewed_at is None and _apart(review, audit),
        "reviewed": review.reviewed_at
        and {"at": review.reviewed_at, "by": review.reviewer, "proper": review.proper},
    }


def _apart(review: Review, audit: Audit) -> bool:
    """As the review itself will ask (domain/reviewing.py)."""
    own = audit.author.capacity
    desks = {(review.capacity.agency, review.capacity.desk), review.to}
    return review.staff != audit.staff and (own.agency, own.desk) not in desks


def _columns(said: Said) -> Columns:
    def by(line: dict[str, Any]) -> Capacity:
        held: Capacity = line["by"]["capacity"]
        return held

    def to(line: dict[str, Any]) -> str | None:
        to = line["to"]
        return to and said.named(to["agency"], to["desk"], day_of(line["at"]))

    return {
        "種類": lambda line: _KINDS[line["kind"]],
        "世帯": lambda line: line["household"],
        "記録": lambda line: line["fact"],
        TIME: lambda line: line["at"],
        "職員": lambda line: line["by"]["name"],
        "職員ID": lambda line: line["by"]["staff"],
        "機関・係": lambda line: said.agency(by(line), line["at"]),
        "役割": lambda line: said.role(by(line)),
        "渡した先": to,
        "根拠": lambda line: _BASES[line["basis"]],
        "点検の期限": lambda line: line["due"],
        "残りの開庁日": lambda line: line["working_days_left"],
        "期限を過ぎた": lambda line: line["overdue"],
        f"点検の{TIME}": lambda line: line["reviewed"] and line["reviewed"]["at"],
        "適切": lambda line: line["reviewed"] and line["reviewed"]["proper"],
    }
