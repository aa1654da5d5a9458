"""The command line for invented cities: `setai synthesize` and `setai load`."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.keyless import town_name
from api.profiles import load_profile
from api.progress import failing, progress
from api.said import spoken
from api.serving import bring_up, database_url, stored
from api.settings import read_settings
from domain.ledger import open_ledger
from replays.loading import NotLoadable, load, read_manifest
from replays.synthesis import NotEmpty, synthesize

console = Console(stderr=True)


def add_to(app: typer.Typer) -> None:
    app.command("synthesize", help="架空のまちを作る（すべて架空の世帯・職員・会議の記録）")(city)
    app.command("load", help="架空のまちを、空のデモ用データベースに読み込む")(loaded)


def city(
    out: Annotated[Path, typer.Option(help="書き出すフォルダー（空であること）")],
    profile: Annotated[str, typer.Option(help="自治体の設定")] = "ashiya",
    households: Annotated[int, typer.Option(min=1, max=1_000_000, help="世帯の数")] = 40_000,
    seed: Annotated[int, typer.Option(help="同じ数からは、どこでも同じまちができる")] = 7,
) -> None:
    with spoken(console), failing(console, NotEmpty), progress(console, "世帯", households) as done:
        manifest = synthesize(load_profile(profile), households, seed, out, done)
    size = sum(file["bytes"] for file in (*manifest["files"], *manifest["read"]))
    acts, reads = manifest["commands"], manifest["read"][0]["lines"]
    told = f"{acts:,} の行為と {reads:,} の閲覧を {out} に書きました（{size / 1e6:,.0f} MB）。"
    console.print(told, markup=False, soft_wrap=True)


def loaded(
    directory: Annotated[
        Path, typer.Argument(metavar="フォルダー", help="synthesize が書いたフォルダー")
    ],
    url: Annotated[str | None, typer.Option(help="データベース（なければ組み込みのもの）")] = None,
) -> None:
    with spoken(console), failing(console, NotLoadable):
        manifest = read_manifest(directory)
        name = manifest["profile"]
        settings = read_settings(os.environ)
        where = url or database_url(settings, town_name(name))
        bring_up(settings, where, demonstration=True)
        opening = partial(open_ledger, stored(settings, where))
        with progress(console, "行為", manifest["commands"]) as done:
            facts = load(opening, load_profile(name), directory, lambda at, _: done(at))
    console.print(f"{facts:,} の事実を記録しました。", markup=False)
    if url:
        used = f"SETAI_PROFILE={name} SETAI_DATABASE_URL='{url}'"
        console.print(f"{used} で使えます。", markup=False, soft_wrap=True)
