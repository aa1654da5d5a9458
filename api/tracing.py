"""数の根拠: the facts behind one number of the statistics, in codes, for 分析担当 alone."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.callers import answer
from api.counting import Counting
from api.deps import CountingDep, Form
from api.naming import happened
from api.problems import Problem
from api.sheet import sheet
from api.statistics import Asked, Closing, SpanNow, check_closing, period_in
from domain.values import Code, Value
from replays.statistics import Cell, Ground, Trace, UnknownFigure, UnknownPart

router = APIRouter(prefix="/statistics", tags=["統計"])
_CSV = "text/csv"


class FigureUnknown(Problem):
    """この項目か内訳はありません。GET /statistics の id と、内訳の by・code で示してください。"""

    status = 422


class GroundNow(Value):
    """根拠の一行。`number` が同じものは、合わせて1と数える。

    `closed` は締め日の数に、`now` は今の数に入るか。`why` は片方だけにあるわけ: late は締めた後に
    記録、corrected は訂正、taken-back は取消し、regrouped は統合・名寄せなど。
    `pseudonym` は世帯・会議などの、読む人ごとの仮名。見せない定めのある記録、誤記録、支援会議が
    取り上げた世帯の記録と、それらと合わせて1と数える記録では `pseudonym` と `agency` が、
    支援措置の対象の人がいる世帯では `agency` が空。
    """

    number: int
    fact: str
    says: str
    pseudonym: str | None
    occurred_on: str
    recorded_on: date
    agency: Code | None
    days: int
    closed: bool
    now: bool
    why: str


class TraceNow(Value):
    """一つの数と、その根拠。"""

    figure: str
    name: str
    by: str
    code: str
    label: str
    unit: str
    counting: str
    rule: str
    period: SpanNow
    closing: date
    closed: float | None
    now: float | None
    facts: tuple[GroundNow, ...]


Figure = Annotated[Code, Query(description="項目（GET /statistics の id）")]
By = Annotated[Code | None, Query(description="内訳の種類（by）")]
Part = Annotated[Code | None, Query(description="内訳のコード（code）")]


@router.get("/trace", summary="統計の一つの数の根拠を、コードと仮名で読む", response_model=TraceNow)
def grounds(  # noqa: PLR0913, PLR0917 - which number, of which period
    counting: CountingDep,
    figure: Figure,
    period: Asked,
    closing: Closing,
    by: By = None,
    code: Part = None,
    form: Form = "json",
) -> Response:
    span = period_in(period)
    check_closing(span, closing, counting.today)
    cell = Cell(figure, by or "", code or "")
    if (by is None) != (code is None):
        raise FigureUnknown
    try:
        found = counting.services.counted.trace(counting.profile, span, closing, counting.at, cell)
    except (UnknownFigure, UnknownPart):
        raise FigureUnknown from None
    facts = [_line(ground, counting) for ground in found.grounds]
    number = {"period": span.model_dump(), "closing": closing, **_number(found, cell)}
    body = {**number, "facts": facts}
    headers = counting.hand(body, found.households)
    if form == "csv" or _CSV in counting.headers.get("accept", ""):
        columns = {name: _in(name) for name in GroundNow.model_fields}
        return Response(sheet(columns, facts), 200, headers, media_type=_CSV)
    return answer(body, headers)


def _in(name: str) -> Any:
    return lambda line: line[name]


def _number(found: Trace, cell: Cell) -> dict[str, Any]:
    line, part = found.line, found.part
    return {
        "figure": line.id,
        "name": line.name,
        "by": cell.by,
        "code": cell.code,
        "label": part.label if part else "",
        "unit": line.unit,
        "counting": str(line.way),
        "rule": line.rule,
        "closed": (part or line).closed,
        "now": (part or line).now,
    }


def _line(ground: Ground, counting: Counting) -> dict[str, Any]:
    place = ground.place
    return {
        "number": ground.number,
        "fact": ground.fact,
        "says": happened(ground.fact),
        "pseudonym": counting.name(place.stream) if place else None,
        "occurred_on": ground.occurred_on,
        "recorded_on": ground.recorded_on,
        "agency": ground.agency,
        "days": ground.days,
        "closed": ground.closed,
        "now": ground.now,
        "why": ground.why,
    }
