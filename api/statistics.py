"""統計 (Statistics): exact figures for a named recipient, on a recorded basis."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.callers import answer
from api.deps import CountingDep, Form
from api.problems import Problem
from api.sheet import sheet
from domain.profile import Profile
from domain.values import Code, Day, Period, Value
from replays.statistics import BadPeriod, read_period
from replays.statistics.telling import COLUMNS, rows

router = APIRouter(tags=["統計"])
_CSV = "text/csv"


class PeriodNotRead(Problem):
    """集計の期間を読めません。例: 2024（年度）、2024-06（月）、2024-04-01/2024-09-30"""

    status = 422


class ClosingAhead(Problem):
    """締め日がまだ来ていません。今日までの日を指定してください。"""

    status = 422


class ClosingTooEarly(Problem):
    """締め日が、集計の期間の初日より前です。"""

    status = 422


class PartNow(Value):
    """内訳。`closed` は締め日に分かっていた数、`now` はいま分かっている数。"""

    by: str
    code: str
    label: str
    closed: float | None
    now: float | None


class FigureNow(Value):
    """数値。`rule` は数え方。`target` は成果目標で、達したかは数と比べて分かる。"""

    id: str
    name: str
    unit: str
    counting: str
    rule: str
    closed: float | None
    now: float | None
    by: tuple[PartNow, ...]
    project: str | None = None
    target: int | None = None
    or_more: bool | None = None


class CutNow(Value):
    """どこまでの記録による数か。"""

    position: str
    at: datetime


class SpanNow(Value):
    """集計の期間（両日を含む）。"""

    start: date
    end: date


class StatisticsNow(Value):
    """統計の報告。`digest` は、渡した数の要約で、閲覧簿にも残る。"""

    profile: str
    recipient: str
    basis: str
    period: SpanNow
    closing: date
    closed: CutNow
    now: CutNow
    digest: str
    figures: tuple[FigureNow, ...]
    targets: tuple[FigureNow, ...]


_FORMS = {
    "period": "令和6年度、2024（年度）、2024-06、2024-04-01/2024-09-30",
    "closing": "この日の終わりに分かっていた数と、いま分かっている数を並べる",
}
Asked = Annotated[str, Query(max_length=40, description=_FORMS["period"])]
Closing = Annotated[Day, Query(description=_FORMS["closing"])]
To = Annotated[Code, Query(description="報告先（report-recipients）")]
On = Annotated[Code, Query(description="報告の根拠（report-bases）")]


@router.get(
    "/statistics",
    summary="統計と成果目標の数を、報告先と根拠を記録して渡す",
    response_model=StatisticsNow,
)
def report(  # noqa: PLR0913, PLR0917 - each is asked by itself
    counting: CountingDep,
    period: Asked,
    closing: Closing,
    recipient: To,
    basis: On,
    form: Form = "json",
) -> Response:
    span = period_in(period)
    check(counting.profile, span, closing, recipient, basis, counting.today)
    found = counting.services.counted.report(counting.profile, span, closing, counting.at)
    body = counting.tell(found, recipient, basis)
    if form == "csv" or _CSV in counting.headers.get("accept", ""):
        table = sheet(COLUMNS, list(rows(found)))
        return Response(table, 200, counting.receipted, media_type=_CSV)
    return answer(body, counting.receipted)


def period_in(text: str) -> Period:
    try:
        return read_period(text)
    except BadPeriod:
        raise PeriodNotRead from None


def check(  # noqa: PLR0913, PLR0917 - what a report is asked with
    profile: Profile, period: Period, closing: date, recipient: str, basis: str, today: date
) -> None:
    """Whether there is somebody to report to, on a basis, and the books can be closed that day."""
    profile.require("report-recipients", recipient, today)
    profile.require("report-bases", basis, today)
    check_closing(period, closing, today)


def check_closing(period: Period, closing: date, today: date) -> None:
    if closing > today:
        raise ClosingAhead
    if closing < period.start:
        raise ClosingTooEarly
