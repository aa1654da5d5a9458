"""The command line for comparing: `setai compare`, once a night and whenever in doubt."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.keyless import Demo, OfProfile, Town, Url, Where, opened, written_down
from api.progress import failing
from api.rebuilding import NoSuchTable, counted, named
from api.said import spoken
from api.serving import book_url, bookkeeper, projector
from api.settings import read_settings
from projections.places import standing
from projections.runner import Runner
from replays.comparing import Comparison, Difference, compare

console = Console(stderr=True)


class NothingToCompare(Exception):
    """まだ何も反映していない表があり、突き合わせられません。`setai project` で反映してください。"""


_WHAT = {
    "missing": "行がない",
    "surplus": "余分な行がある",
    "changed": "列の値が違う",
    "aside": "よけてある・いないが違う",
}


def add_to(app: typer.Typer) -> None:
    app.command(
        "compare",
        help="読み取り用の表を、台帳から作り直したものと突き合わせる（違いがあれば 1 で終わる）",
    )(compared)


def compared(  # noqa: PLR0913 - each is an option of its own
    *,
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="表", help="表の名前（書かなければすべて）")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="違いを示す世帯などの数")] = 100,
    url: Url = None,
    profile: OfProfile = None,
    town: Town = False,
    demo: Demo = False,
    as_json: Annotated[bool, typer.Option("--json", help="機械が読む形で書く")] = False,
) -> None:
    try:
        names = named(tables or ["all"])
    except NoSuchTable as wrong:
        raise typer.BadParameter(str(wrong)) from None
    where = Where(url, profile, town, demo)
    with spoken(console), failing(console, NothingToCompare), _followers(where) as followers:
        if town:
            _catch_up(followers)
        found = [each for follower in followers for each in _of(follower, names, most)]
        with opened(where) as given:
            written_down(given, "compare", {"tables": " ".join(names)})
    if as_json:
        sys.stdout.write(json.dumps([_plain(each) for each in found], ensure_ascii=False) + "\n")
    else:
        _show(found)
    if any(each.differing for each in found):
        raise typer.Exit(1)


def _of(follower: Runner, names: list[str], most: int) -> list[Comparison]:
    """What follows one log is read once, and compared at one moment."""
    mine = [follower.projections[name] for name in names if name in follower.projections]
    if not mine:
        return []
    _must_follow(follower, [projection.name for projection in mine])
    with counted(console, "台帳から作り直しています") as progress:
        return compare(follower.datastore, follower.ledger, *mine, progress=progress, most=most)


def _catch_up(followers: Iterable[Runner]) -> None:
    """An invented town that was only loaded is followed by nobody."""
    with console.status("読み取り用の表に反映しています…"):
        for follower in followers:
            follower.catch_up()


def _must_follow(follower: Runner, names: list[str]) -> None:
    """Tables of nothing are as the log has them up to nothing: that would be no answer."""
    head = follower.ledger.head()
    with follower.datastore.fresh() as connection:
        reached = {name: standing(connection)[name][0] for name in names}
    if head and (empty := [name for name in names if not reached[name]]):
        raise NothingToCompare(f"{NothingToCompare.__doc__}（{'、'.join(empty)}）")
    behind = head - min(reached.values())
    if behind:
        console.print(f"まだ反映していない {behind:,} 件は確かめません。", markup=False)


@contextmanager
def _followers(where: Where) -> Iterator[tuple[Runner, Runner]]:
    settings = read_settings(os.environ)
    with (
        where.there(settings) as url,
        projector(url) as runner,
        bookkeeper(url, book_url(settings, url)) as keeper,
    ):
        yield runner, keeper


def _show(found: Sequence[Comparison]) -> None:
    out = Console()
    counts = Table(title="読み取り用の表と台帳の突き合わせ")
    for heading in ("表", "位置", "世帯など", "違うもの"):
        counts.add_column(heading, justify="left" if heading == "表" else "right")
    for table in found:
        colour = "red" if table.differing else "green"
        differing = f"[{colour}]{table.differing:,}[/{colour}]"
        counts.add_row(table.name, f"{table.position:,}", f"{table.streams:,}", differing)
    out.print(counts)
    differences = [first for each in found for first in each.differences]
    if differences:
        out.print("違い（世帯などごとに、初めの一つ）")
    for each in differences:
        out.print(f"  {each.stream}  {_told(each)}", soft_wrap=True, highlight=False)
    if differences:
        out.print("表を直した版にしてから `setai project --rebuild 表` で作り直してください。")


def _told(difference: Difference) -> str:
    column = f"{difference.table}.{difference.column}" if difference.column else difference.table
    places = [f"行 {difference.key}"] if difference.key else []
    places += [f"出来事 {difference.fact}"] if difference.fact else []
    where = f"（{'、'.join(places)}）" if places else ""
    return f"{column}: {_WHAT[difference.what]}{where}"


def _plain(found: Comparison) -> dict[str, Any]:
    differences = [{**each._asdict(), "stream": str(each.stream)} for each in found.differences]
    return {**found._asdict(), "differences": differences}
