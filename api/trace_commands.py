"""The command line for what is behind a number: `setai statistics trace`."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter
from rich.console import Console

from api.as_of_printing import Answer, show
from api.forms import only_one
from api.keyless import Demo, Given, OfProfile, Town, Url, Where, opened, written_down
from api.naming import naming
from api.said import spoken
from api.statistics import check_closing
from domain.values import JST, Day, Period
from replays.extracts.concealed import concealed_persons
from replays.statistics import (
    BadPeriod,
    Cell,
    Cut,
    Ground,
    Line,
    Statistics,
    Trace,
    UnknownFigure,
    census_of,
    end_of,
    read_period,
    trace,
)
from replays.statistics.counting import Way
from replays.statistics.telling import told_number

console = Console(stderr=True)
CLOSING = "締め日（2025-05-31、令和7年5月31日）"
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_COLUMNS = ("number", "fact", "stream", "version", *Ground._fields[3:6], *Ground._fields[7:])
_RULE = "一行が一件の表です。庁外に持ち出さず、公表せず、ほかの名簿と突き合わせないでください。"


def day_of(text: str) -> date:
    try:
        return _DAY.validate_python(text)
    except ValueError:
        raise typer.BadParameter(
            f"日付として読めません: {text}（例: 2025-05-31、令和7年5月31日）"
        ) from None


def traced(  # noqa: PLR0913, PLR0917 - each is an option of its own
    figure: Annotated[
        str, typer.Argument(metavar="数", help="数値の名前か項目（例: 新規相談受付、kpi-ibasho）")
    ],
    period: Annotated[str, typer.Option(help="令和6年度、2024、2024-06、2024-04-01/2024-09-30")],
    closing_day: Annotated[
        date, typer.Option("--closing", parser=day_of, metavar="日", help=CLOSING)
    ],
    part: Annotated[str | None, typer.Option(help="内訳の名前かコード（例: 高齢）")] = None,
    by: Annotated[str | None, typer.Option(help="同じ名前の内訳があるときの、内訳の種類")] = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出す")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="表計算の表で出す")] = False,
) -> None:
    only_one(json=as_json, csv=as_csv)
    with spoken(console), opened(Where(url, profile, town, demo)) as given:
        span, now = _period(period), datetime.now(UTC)
        check_closing(span, closing_day, now.astimezone(JST).date())
        found = _found(given, span, closing_day, (figure, by, part))
        asked = {
            "figure": found.line.id,
            "part": found.part.code if found.part else "",
            "period": f"{span.start}/{span.end}",
            "closing": str(closing_day),
        }
        written_down(given, "statistics-trace", asked, households=found.households)
        rows = [_row(ground, found.line) for ground in found.grounds]
        told = {**asked, **_number(found), "facts": rows}
        title = f"{told_number(found.line, found.part)}（締め日 {closing_day}）"
        named = naming(given.profile, closing_day)
        answer = Answer(told, {title: rows}, _COLUMNS)
        show(answer, named, as_json=as_json, as_csv=as_csv)
        console.print(_RULE, markup=False)


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except BadPeriod as bad:
        raise typer.BadParameter(str(bad)) from None


def _found(
    given: Given, span: Period, closing: date, wanted: tuple[str, str | None, str | None]
) -> Trace:
    ledger, moment = given.ledger, end_of(closing)
    with console.status("記録を読んでいます…"):
        census = census_of(ledger, given.profile)
        now = Cut(census.position, datetime.now(UTC))
        cuts = Cut(min(ledger.position_at(moment), now.position), moment), now
        statistics = Statistics(census, given.profile, span)
        cell = _cell(statistics, cuts, *wanted)
        protected = concealed_persons(ledger, census.position)
        return trace(statistics, cell, cuts, ledger, protected)


def _cell(
    statistics: Statistics, cuts: tuple[Cut, Cut], figure: str, by: str | None, part: str | None
) -> Cell:
    try:
        line = statistics.line(figure, *cuts)
    except UnknownFigure:
        names = "、".join(statistics.names)
        raise typer.BadParameter(f"この数値はありません。選べる名前: {names}") from None
    if part is None:
        return Cell(line.id)
    found = [p for p in line.parts if part in {p.code, p.label} and by in {None, p.by}]
    if len(found) == 1:
        return Cell(line.id, found[0].by, found[0].code)
    offered = "、".join(f"{each.label}（{each.by}）" for each in found or line.parts) or "なし"
    raise typer.BadParameter(f"--part と --by で一つにしてください。内訳: {offered}")


def _row(ground: Ground, line: Line) -> dict[str, Any]:
    row = ground._asdict()
    place = row.pop("place")
    if line.way not in {Way.MEAN, Way.MEDIAN}:
        row.pop("days")
    where = {"stream": place and str(place.stream), "version": place and place.version}
    return {"number": row.pop("number"), "fact": row.pop("fact"), **where, **row}


def _number(found: Trace) -> dict[str, Any]:
    number = found.part or found.line
    return {"rule": found.line.rule, "closed": number.closed, "now": number.now}
