"""気になる閲覧: what of the reads somebody should look into, with its rules and evidence."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api.audit.lines import TIME, Agent, At, Said, agent, ats
from api.audit.lookers import Lookers
from api.audit.reviews import State
from api.audit.span import in_order
from api.audit.watching import Watch
from api.auditing import Lines
from api.deps import AuditDep, Cursor, Limit, WriteDep
from api.problems import Problem
from api.sheet import Columns
from domain.alerts import LookIntoAlert, look_into_alert
from domain.events.oversight import Finding
from domain.household import Household
from domain.ledger import Stream
from domain.staff import Staff
from domain.unusual import Alert, Mark
from domain.values import JST, Capacity, Day, Value
from projections.alerts import About, Look, looked_into

router = APIRouter(tags=["監査"])
_A_YEAR = timedelta(days=366)
_FIRST = date(1900, 1, 1)
"""Before there were computers nobody read in a ledger."""
_FINDINGS: Mapping[str, str] = {
    Finding.WORK: "業務上の閲覧だった",
    Finding.MISTAKE: "開き間違いだった",
    Finding.IMPROPER: "業務によらない閲覧だった",
}
RULES: Mapping[str, str] = {
    "no-relation": "関わりのない世帯",
    "ended": "関わりが終わった世帯",
    "same-surname": "同じ姓",
    "same-address": "同じ街区",
    "own-colleague": "職員の世帯",
    "off-hours": "時間外",
    "crowd": "人だかり",
    "again": "くり返し",
    "burst": "まとめ読み",
}


class PeriodTooLong(Problem):
    """一度に調べられるのは一年分までです。from と to で期間を短くしてください。"""


class MarkLine(Value):
    """気づき: 規則とその名、点、根拠、その一文。"""

    rule: str
    name: str
    points: int
    sentence: str
    evidence: dict[str, str | int | float]
    receipts: tuple[At, ...]


class Looked(Value):
    """確かめた結果。"""

    at: datetime
    by: UUID
    finding: Finding


class AlertLine(Value):
    """確かめるものの一つ。だれも責めない: 何があったかを示し、判断は人がする。"""

    day: date
    rank: int
    by: Agent
    household: UUID | None
    score: int
    sentence: str
    marks: tuple[MarkLine, ...]
    receipts: tuple[At, ...]
    may_look: bool
    looked: Looked | None


class Alerts(Value):
    """待ち行列。古い日から、日ごとに点の高い順に20件まで。`more` は載りきらなかった件数。"""

    alerts: tuple[AlertLine, ...]
    more: int
    next: str | None


class Found(NamedTuple):
    alert: Alert
    look: Look | None


From = Annotated[
    Day | None, Query(alias="from", description="この日から（書かなければ一年前から）")
]
To = Annotated[Day | None, Query(alias="to", description="この日まで（書かなければ今日まで）")]


@router.get("/audit/alerts", summary="気になる閲覧の待ち行列を読む", response_model=Alerts)
def alerts(  # noqa: PLR0913, PLR0917 - each may be asked by itself
    request: Request,
    audit: AuditDep,
    state: State = State.OPEN,
    since: From = None,
    until: To = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Response:
    first, last = _days(since, until, audit.today)
    after = audit.resume(cursor, date.fromisoformat, int) or (date.min, 0)
    looking = Lookers(audit)
    found, left_out = _found(request.app.state.watch, looking, state, (first, last))
    rest = [each for each in found if _place(each) > after]
    page = rest if audit.as_sheet else rest[:limit]
    names = audit.names(each.alert.staff for each in page)
    told = [_line(each, names, looking) for each in page]
    more = sum(left_out.values())
    ends = _place(page[-1]) if len(page) < len(rest) else None
    body = {"alerts": told, "more": more, "next": audit.next_cursor(ends)}
    return audit.tell(
        body,
        Lines(_columns(Said(audit.profile), left_out), told),
        receipts=sum(len(each.alert.receipts) for each in page),
        households=[each.alert.household for each in page if each.alert.household],
        staff=[each.alert.staff for each in page],
    )


@router.post("/staff/{sid}/alert-findings", summary="気になる閲覧を確かめた結果を記録する")
async def look_into(sid: UUID, command: LookIntoAlert, write: WriteDep) -> Response:
    about = [Stream(Household, command.household)] if command.household else []
    staff = Stream(Staff, sid), Stream(Staff, write.staff)
    return await write(look_into_alert, command, *staff, *about)


def _days(since: date | None, until: date | None, today: date) -> tuple[date, date]:
    """Of days to come, and of those before the first, nothing is looked through."""
    last = until or today
    in_order(since or date.min, last)
    if since and last - since > _A_YEAR:
        raise PeriodTooLong
    last = max(min(last, today), _FIRST)
    return max(since or last - _A_YEAR, _FIRST), last


def _found(
    watch: Watch, looking: Lookers, state: State, days: tuple[date, date]
) -> tuple[list[Found], Mapping[date, int]]:
    """Those of that state, the oldest first; and how many found no room on each day."""
    audit = looking.audit
    lists, looks = watch.lists(audit, *days), audit.ask(looked_into, *days)
    every = [
        Found(
            alert, looking.settled(alert, looks.get(About(alert.staff, alert.day, alert.household)))
        )
        for each in lists
        for alert in each.alerts
    ]
    wanted = [each for each in every if (each.look is None) is (state is State.OPEN)]
    return wanted, {each.day: each.more for each in lists}


def _place(found: Found) -> tuple[date, int]:
    return found.alert.day, found.alert.rank


def _line(found: Found, names: Mapping[UUID, Any], looking: Lookers) -> dict[str, Any]:
    alert, look = found
    return {
        "day": alert.day,
        "rank": alert.rank,
        "by": agent(alert.staff, alert.first.capacity, names),
        "household": alert.household,
        "score": alert.score,
        "sentence": alert.sentence,
        "marks": [_mark(mark) for mark in alert.marks],
        "receipts": ats(alert.receipts),
        "may_look": looking.may_look(alert),
        "looked": look and look._asdict(),
    }


def _mark(mark: Mark) -> dict[str, Any]:
    given = {
        **mark._asdict(),
        "evidence": dict(mark.evidence),
        "receipts": ats(mark.receipts),
    }
    return {"name": RULES[mark.rule], **given}


def _columns(said: Said, left_out: Mapping[date, int]) -> Columns:
    def by(line: Mapping[str, Any]) -> Capacity:
        held: Capacity = line["by"]["capacity"]
        return held

    def at(line: Mapping[str, Any]) -> datetime:
        return datetime.combine(line["day"], time(12), JST)

    return {
        "日": lambda line: line["day"],
        "順位": lambda line: line["rank"],
        "職員": lambda line: line["by"]["name"],
        "職員ID": lambda line: line["by"]["staff"],
        "機関・係": lambda line: said.agency(by(line), at(line)),
        "役割": lambda line: said.role(by(line)),
        "世帯": lambda line: line["household"],
        "点": lambda line: line["score"],
        "規則": lambda line: [mark["name"] for mark in line["marks"]],
        "気づき": lambda line: line["sentence"],
        "根拠の控え": lambda line: line["receipts"],
        f"確かめた{TIME}": lambda line: line["looked"] and line["looked"]["at"],
        "確かめた職員ID": lambda line: line["looked"] and line["looked"]["by"],
        "結果": lambda line: line["looked"] and _FINDINGS[line["looked"]["finding"]],
        "その日に載りきらなかった件数": lambda line: left_out[line["day"]],
    }
