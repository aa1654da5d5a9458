"""The command line for keys: `setai keys status` and `setai keys rotate`."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from api.frame import Commands
from api.said import spoken
from api.serving import database_url, stored
from api.settings import read_settings
from domain.ledger.keys import FileKeys, KeyService, KeyStatus, KeyStore, drop_idle, open_store
from domain.ledger.keys import rotate as rotate_keys
from domain.ledger.keys import status as status_of
from domain.ledger.opening import API, open_datastore, tenant_of

console = Console(stderr=True)
keys = Commands(help="封の鍵を管理する", no_args_is_help=True)
"""Data keys stay as they are; what changes is the key that wraps them, which is in no database."""


def add_to(app: typer.Typer) -> None:
    app.add_typer(keys, name="keys")


@keys.command(help="鍵の状態を表示する")
def status() -> None:
    with spoken(console), _kept() as (store, service):
        _show(status_of(store, service))


@keys.command(help="鍵を包む鍵を新しくし、すべての鍵を包み直す（動いたままでよい）")
def rotate(
    *,
    drop: Annotated[
        bool, typer.Option(help="使わなくなった鍵を消す（古い控えの鍵は二度と開けない）")
    ] = False,
) -> None:
    with spoken(console), _kept() as (store, service):
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("鍵を包み直しています", total=None)
            rotate_keys(
                store, service, lambda at, of: progress.update(task, completed=at, total=of)
            )
        if drop:
            drop_idle(store, service)
        _show(status_of(store, service))


@contextmanager
def _kept() -> Iterator[tuple[KeyStore, KeyService]]:
    settings = read_settings(os.environ)
    where = stored(settings, database_url(settings))
    with closing(open_datastore(where, API)) as datastore:
        tenant = tenant_of(datastore)
    with closing(open_store(where, tenant)) as store:
        yield store, FileKeys(where.keys, tenant)


def _show(now: KeyStatus) -> None:
    console.print(f"いま使っている鍵: {now.current}", highlight=False)
    for kek, count in sorted(now.wrapped.items()):
        console.print(f"  鍵 {kek} で包んだ鍵: {count:,}", highlight=False)
    for kek in now.idle:
        console.print(f"  鍵 {kek} は、もう使われていません。", highlight=False)
