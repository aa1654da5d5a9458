"""The command line for analysts: `setai extract`, and `setai ask` of what it wrote."""

import csv
import signal
import sys
from datetime import datetime
from functools import partial
from getpass import getuser
from pathlib import Path
from typing import Annotated

import typer
from pydantic_core import to_json
from rich.console import Console
from rich.table import Table

from api import logs
from api.forms import only_one
from api.keyless import Demo, Given, OfProfile, Town, Url, Where, opened, written_down
from api.progress import failing, progress
from api.said import spoken
from domain.values import JST
from replays.extracts import USES, Commission, Form, NotEmpty, Use, extract
from replays.extracts.asking import Answer, NoExtract, NotAnswerable, ask
from replays.extracts.manifest import RULE
from replays.extracts.writing import Tables

console = Console(stderr=True)
_USES = f"使う仕事（{'、'.join(f'{use} {said}' for use, said in USES.items())}）。閲覧簿に残る"


def add_to(app: typer.Typer) -> None:
    told = "歴史表を書き出す（コードと日付と仮名だけ。庁外に持ち出さない）"
    app.command("extract", help=told)(extracted)
    app.command("ask", help="書き出した歴史表に SQL で尋ねる")(asked)


def extracted(  # noqa: PLR0913, PLR0917 - each is an option of its own
    out: Annotated[Path, typer.Option(help="書き出すフォルダー（空であること）")],
    use: Annotated[Use, typer.Option("--for", help=_USES)],
    form: Annotated[Form, typer.Option("--format", help="書き出す形")] = Form.PARQUET,
    by: Annotated[
        str | None, typer.Option(help="書き出す人（なければ、いまの利用者の名前）")
    ] = None,
    url: Url = None,
    profile: OfProfile = None,
    *,
    town: Town = False,
    demo: Demo = False,
) -> None:
    logs.configure(quiet=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    where = Where(url, profile, town, demo)
    with spoken(console), failing(console, NotEmpty), opened(where) as given:
        made_by = by or getuser()
        commission = Commission(given.profile.id, form, made_by, datetime.now(JST), use)
        with progress(console, "出来事", given.ledger.head()) as done:
            position, rows = extract(
                given.ledger,
                out,
                commission,
                lambda at, _: done(at),
                partial(_written_down, given, commission),
            )
    _show_rows(rows)
    console.print(f"位置 {position:,} までを {out} に書き出しました。", markup=False)
    console.print(RULE, markup=False, soft_wrap=True)


def _written_down(given: Given, commission: Commission, position: int) -> None:
    """Before there is a file: who made it on which machine account, and for what work."""
    asked = {"for": commission.use, "form": commission.form, "by": commission.made_by}
    written_down(given, "extract", asked, position=position)


def _show_rows(rows: Tables) -> None:
    table = Table("表", "行")
    for name, count in rows.items():
        table.add_row(name, f"{count:,}")
    Console().print(table)


def asked(
    query: Annotated[
        str, typer.Argument(metavar="SQL", help="SQL。表の名前は書き出しの README.md にある")
    ],
    extract: Annotated[list[Path], typer.Option(help="書き出したフォルダー（いくつでも）")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出す")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV で出す")] = False,
) -> None:
    only_one(json=as_json, csv=as_csv)
    with failing(console, NoExtract), failing(console, NotAnswerable):
        answer = ask(extract, query)
    if as_json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        sys.stdout.write(to_json(rows, indent=1, fallback=str).decode() + "\n")
    elif as_csv:
        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    else:
        _show(answer)


def _show(answer: Answer) -> None:
    table = Table(*answer.columns)
    for row in answer.rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    Console().print(table)
