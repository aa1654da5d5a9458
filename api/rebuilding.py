"""作り直しの見える化: which read models to rebuild, how far it has come, how long it will take."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from projections.every import BOOK_NAMES, NAMES
from projections.rebuild import Rebuild
from projections.runner import Runner

ALL = "all"


class NoSuchTable(Exception):
    """この名前の表はありません。"""


def named(wanted: Iterable[str]) -> list[str]:
    """Each name once; `all` stands for every one; NoSuchTable for what is none."""
    every = (*NAMES, *BOOK_NAMES)
    names = [name for each in wanted for name in (every if each == ALL else (each,))]
    for name in names:
        if name not in every:
            raise NoSuchTable(f"表の名前は {', '.join((ALL, *every))} のどれかです。")
    return list(dict.fromkeys(names))


def rebuilt(
    console: Console, followers: Iterable[Runner], names: list[str], *, afresh: bool
) -> None:
    """What follows the same log is rebuilt together, and changes places at the same moment."""
    for follower in followers:
        mine = [follower.projections[name] for name in names if name in follower.projections]
        if not mine:
            continue
        said = "、".join(projection.name for projection in mine)
        with counted(console, f"{said} を作り直しています") as progress:
            work = Rebuild(follower.datastore, follower.ledger, *mine)
            work.run(progress, afresh=afresh)
        console.print(f"{said} を作り直し、入れ替えました。")


@contextmanager
def counted(console: Console, what: str) -> Iterator[Callable[[int, int], None]]:
    """How much of how much, and how long the rest will take."""
    columns: tuple[ProgressColumn, ...] = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("残り"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
