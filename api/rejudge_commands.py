"""The command line for judging again: `setai rejudge`, before a rule is changed."""

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.forms import only_one
from api.keyless import Demo, Town, Url, Where, opened, written_down
from api.profiles import load_profile
from api.rebuilding import counted
from api.said import spoken
from api.settings import read_settings
from domain.ledger import PROJECTOR, Ledger, Settings, open_datastore
from domain.profile import Profile
from domain.refusals import Refused
from replays.rejudging import Change, Judged, Summary, rejudge

console = Console(stderr=True)
_DOUBTS = {
    "text": "文面が要る（封じてあり、ここでは読めない）",
    "moment": "その時の行き違いによるお断りで、規則によらない",
    "recused": "だれのために務めていたかによるお断り（利益相反）かもしれず、控えからは分からない",
    "kept": "判断に要る控えがない（古い版で記録した）",
    "decision": "この版にない操作",
    "fields": "この版の項目として読めない",
    "unreadable": "この版では読めない出来事がある",
}
_FIELDS = ("id", "command", "at", "stream", "position", "was", "now", "doubt")


def add_to(app: typer.Typer) -> None:
    app.command("rejudge", help="過去の操作を、今の（または案の）規則で判断し直す（何も書かない）")(
        rejudged
    )


def rejudged(  # noqa: PLR0913 - each is an option of its own
    *,
    profile: Annotated[
        str | None, typer.Option(help="自治体の設定の案（.toml）。書かなければ今の設定")
    ] = None,
    examples: Annotated[int, typer.Option(min=0, max=1000, help="示す例の数")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="まとめと、変わる操作のすべて")] = False,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="変わる操作と、判断できない操作を一行ずつ")
    ] = False,
    url: Url = None,
    town: Town = False,
    demo: Demo = False,
) -> None:
    only_one(json=as_json, csv=as_csv)
    with spoken(console):
        settings = read_settings(os.environ)
        wanted = load_profile(profile or settings.profile)
        summary, told = Summary(examples), list[Judged]()
        where = Where(url, town=town, demo=demo)
        with (
            opened(where) as given,
            _judgements(given.ledger, where.url_of(settings), wanted) as judgements,
        ):
            written_down(given, "rejudge", {"profile": wanted.id})
            for judged in judgements:
                summary.add(judged)
                if (as_csv or as_json) and (judged.changed or judged.doubt):
                    told.append(judged)
    if as_csv:
        _write_csv(told)
    elif as_json:
        sys.stdout.write(json.dumps(_plain(summary, told), ensure_ascii=False) + "\n")
    else:
        _show(summary)


@contextmanager
def _judgements(ledger: Ledger, url: str, profile: Profile) -> Iterator[Iterator[Judged]]:
    """Without a key: what rests on the words is said to be in doubt."""
    with (
        closing(open_datastore(Settings(url, pool_size=4), PROJECTOR)) as datastore,
        counted(console, "判断し直しています") as progress,
    ):
        yield rejudge(ledger, datastore, profile, progress)


def _show(summary: Summary) -> None:
    out = Console()
    table = Table(title="過去の操作を判断し直した結果")
    table.add_column("操作")
    headings = ("件数", "断った", "今なら断る", "今なら認める", "断る理由が変わる", "判断できない")
    for heading in headings:
        table.add_column(heading, justify="right")
    whole = [0] * len(headings)
    for command, row in sorted(summary.rows.items()):
        counts = (row.asked, row.refused, row.now_refused, row.now_allowed, row.otherwise)
        told = (*counts, row.doubts.total())
        whole = [before + here for before, here in zip(whole, told, strict=True)]
        table.add_row(command, *(f"{count:,}" for count in told))
    table.add_row("合計", *(f"{count:,}" for count in whole))
    out.print(table)
    for change, count in summary.changes.most_common():
        _show_change(out, change, count, summary.examples.get(change, []))
    if not summary.changes:
        out.print("結果が変わる操作はありません。")
    if doubts := list(_doubts(summary)):
        out.print(_open(doubts))


def _open(doubts: Iterable[Sequence[str]]) -> Table:
    """What is not told by the numbers above, and why."""
    table = Table("操作", "件数", "わけ", title="判断できないもの")
    table.columns[1].justify = "right"
    for row in doubts:
        table.add_row(*row)
    return table


def _show_change(out: Console, change: Change, count: int, examples: list[Judged]) -> None:
    out.print(
        f"{change.command} {count:,} 件: {_outcome(change.was)} → {_outcome(change.now)}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )
    for each in examples:
        day = each.at.date().isoformat()
        out.print(f"  {day}  {each.stream}  {each.id}", soft_wrap=True, highlight=False)


def _outcome(code: str | None) -> str:
    return f"断る（{code} {sentences().get(code, '')}）" if code else "認める"


def sentences(kind: type[Refused] = Refused) -> dict[str, str]:
    """What each refusal says to the staff member."""
    found = {kind.__name__: str(kind.__doc__)}
    for each in kind.__subclasses__():
        found |= sentences(each)
    return found


def _doubts(summary: Summary) -> Iterator[tuple[str, str, str]]:
    """By command and reason, the most frequent first; then all of them."""
    every = Counter({(c, d): n for c, row in summary.rows.items() for d, n in row.doubts.items()})
    for (command, doubt), count in every.most_common():
        yield command, f"{count:,}", _DOUBTS.get(doubt, f"この版の判断が途中で止まる（{doubt}）")
    if every:
        yield "合計", f"{every.total():,}", ""


def _write_csv(told: list[Judged]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(_FIELDS)
    writer.writerows([_line(each)[name] for name in _FIELDS] for each in told)


def _line(judged: Judged) -> dict[str, Any]:
    stream = None if judged.stream is None else str(judged.stream)
    return {
        **judged._asdict(),
        "id": str(judged.id),
        "at": judged.at.isoformat(),
        "stream": stream,
    }


def _plain(summary: Summary, told: list[Judged]) -> dict[str, Any]:
    rows = [
        {
            "command": command,
            "asked": row.asked,
            "refused": row.refused,
            "now_refused": row.now_refused,
            "now_allowed": row.now_allowed,
            "otherwise": row.otherwise,
            "doubts": dict(row.doubts),
        }
        for command, row in sorted(summary.rows.items())
    ]
    changes = [{**change._asdict(), "count": count} for change, count in summary.changes.items()]
    return {"commands": rows, "changes": changes, "judged": [_line(each) for each in told]}
