"""進み具合: how far a long command has come, and how long it still takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def failing(console: Console, kind: type[Exception]) -> Iterator[None]:
    """Its sentence and no more."""
    try:
        yield
    except kind as failed:
        console.print(str(failed) or str(type(failed).__doc__), style="red", markup=False)
        raise typer.Exit(1) from None


@contextmanager
def progress(console: Console, what: str, total: int) -> Iterator[Callable[[int], None]]:
    columns: tuple[Any, ...] = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda done: shown.update(task, completed=done)
