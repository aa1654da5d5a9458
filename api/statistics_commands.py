"""The command line for figures: `setai statistics`."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import typer
from pyarrow import parquet as pq
from pydantic_core import to_json
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from api.forms import only_one
from api.frame import Commands
from api.keyless import Demo, Given, OfProfile, Town, Url, Where, opened, written_down
from api.publications import OF_ALL, told
from api.said import spoken
from api.sheet import sheet
from api.statistics import check
from api.trace_commands import CLOSING, day_of, traced
from domain.profile import Profile
from domain.values import JST, Period
from replays.statistics import (
    BadPeriod,
    Cut,
    Report,
    Statistics,
    census_of,
    end_of,
    plain,
    read_period,
)
from replays.statistics.telling import COLUMNS, rows

console = Console(stderr=True)
_NEEDED = "--period、--closing、--recipient、--basis を示してください。"
_SHOWN = ("数値", "内訳", "数え方", "締め日", "いま", "単位", "目標", "達成")
_NUMBERS = frozenset({"締め日", "いま", "目標"})


def add_to(app: typer.Typer) -> None:
    told = "統計と成果目標の数を、報告先と根拠を記録して出す"
    statistics = Commands(help=told, invoke_without_command=True)
    statistics.callback()(figures)
    statistics.command("trace", help="一つの数の根拠を、コードと日付で示す")(traced)
    app.add_typer(statistics, name="statistics")
    app.command("publications", help="公表した統計の表を示す")(publications)


def figures(  # noqa: PLR0913, PLR0917 - each is an option of its own
    context: typer.Context,
    period: Annotated[
        str | None, typer.Option(help="令和6年度、2024、2024-06、2024-04-01/2024-09-30")
    ] = None,
    closing_day: Annotated[
        date | None, typer.Option("--closing", parser=day_of, metavar="日", help=CLOSING)
    ] = None,
    recipient: Annotated[
        str | None, typer.Option(help="報告先のコード（report-recipients）")
    ] = None,
    basis: Annotated[str | None, typer.Option(help="報告の根拠のコード（report-bases）")] = None,
    url: Url = None,
    profile: OfProfile = None,
    parquet: Annotated[Path | None, typer.Option(help="このファイルに Parquet で書く")] = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出す")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="表計算の表で出す")] = False,
    rules: Annotated[bool, typer.Option(help="数え方の説明も出す")] = False,
) -> None:
    if context.invoked_subcommand:
        return
    only_one(parquet=parquet, json=as_json, csv=as_csv)
    if not (period and closing_day and recipient and basis):
        raise typer.BadParameter(_NEEDED)
    if parquet and not (parquet.parent.is_dir() and not parquet.is_dir()):
        raise typer.BadParameter(
            f"--parquet には、あるフォルダーの中のファイルを示してください: {parquet}"
        )
    with spoken(console), opened(Where(url, profile, town, demo)) as given:
        span, day = _period(period), closing_day
        today = datetime.now(UTC).astimezone(JST).date()
        check(given.profile, span, day, recipient, basis, today)
        report = _counted(given, span, day)
        _written_down(given, report, recipient, basis)
        if parquet is not None:
            pq.write_table(as_columns(report), parquet)
            console.print(f"{parquet} に書きました。", markup=False)
        elif as_json:
            sys.stdout.write(to_json(plain(report), indent=1).decode() + "\n")
        elif as_csv:
            sys.stdout.buffer.write(sheet(COLUMNS, list(rows(report))))
        else:
            show(report, given.profile, rules=rules)


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except BadPeriod as bad:
        raise typer.BadParameter(str(bad)) from None


def _counted(given: Given, span: Period, day: date) -> Report:
    ledger, moment = given.ledger, end_of(day)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("記録を読んでいます", total=ledger.head())
        census = census_of(ledger, given.profile, lambda at: progress.update(task, completed=at))
    now = Cut(census.position, datetime.now(UTC))
    closed = Cut(min(ledger.position_at(moment), now.position), moment)
    return Statistics(census, given.profile, span).report(day, closed, now)


def _written_down(given: Given, report: Report, recipient: str, basis: str) -> None:
    asked = {
        "period": f"{report.period.start}/{report.period.end}",
        "closing": str(report.closing),
        "recipient": recipient,
        "basis": basis,
    }
    at = report.now.position
    written_down(given, "statistics", asked, position=at, digest=report.digest)


def as_columns(report: Report) -> pa.Table:
    found = list(rows(report))
    return pa.table({name: _typed([of(row) for row in found]) for name, of in COLUMNS.items()})


def _typed(values: list[object]) -> pa.Array:
    numbers = all(isinstance(value, int | float) or value is None for value in values)
    return pa.array(values, pa.float64() if numbers else pa.string())


def show(report: Report, profile: Profile, *, rules: bool) -> None:
    """A table that a person can read."""
    out = Console()
    period = report.period
    table = Table(
        title=f"{profile.name} 統計 {period.start}〜{period.end}（締め日 {report.closing}）",
        caption=f"要約 {report.digest[:16]}… 締め日の記録 {report.closed.position:,} 番まで、"
        f"いま {report.now.position:,} 番まで",
    )
    for name in _SHOWN:
        table.add_column(name, justify="right" if name in _NUMBERS else "left", overflow="fold")
    for row in rows(report):
        told = [_text(COLUMNS[name](row)) for name in _SHOWN]
        table.add_row(*(told if not row.part else ["", *told[1:]]))
    out.print(table)
    if rules:
        for line in (*report.lines, *report.targets):
            out.print(f"{line.name}: {line.rule}", markup=False)


def _text(value: object) -> str:
    return "" if value is None else f"{value:,}" if isinstance(value, int | float) else str(value)


def publications(  # noqa: PLR0913 - each is an option of its own
    year: Annotated[int | None, typer.Option(help="年度（なければすべて）")] = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出す")] = False,
) -> None:
    with spoken(console), opened(Where(url, profile, town, demo)) as given:
        released = given.ledger.recall(OF_ALL)
        tables = list(told(released, given.profile, year))  # type: ignore[arg-type]
        if as_json:
            sys.stdout.write(to_json(tables, indent=1).decode() + "\n")
            return
        for table in tables:
            _show_table(table)
        if not tables:
            console.print(
                "公表した表はありません。"
                if year is None
                else f"{year}年度に公表した表はありません。"
            )


def _show_table(told: dict[str, Any]) -> None:
    out = Console()
    table = Table(
        title=f"{told['year']}年度 {told['title']}（締め日 {told['closing']}）",
        caption=told["hidden"],
    )
    for name in (*told["parts"], told["unit"]):
        table.add_column(name, overflow="fold")
    for cell in told["cells"]:
        labels = [*cell["labels"], *[""] * (len(told["parts"]) - len(cell["labels"]))]
        count = "伏せた" if cell["count"] is None else f"{cell['count']:,}"
        table.add_row(*(labels if cell["labels"] else ["総数", *labels[1:]]), count)
    out.print(table)
    out.print(told["rule"], markup=False)
