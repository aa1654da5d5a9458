"""The command line: `setai`."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Event
from typing import Annotated, NoReturn

import httpx
import typer
from rich.console import Console

from api import logs
from api.app import create_app
from api.as_of_commands import add_to as add_as_of_to
from api.bearer import Tokens
from api.compare_commands import add_to as add_comparing_to
from api.comparing import nightly
from api.demo import Demo, demonstration, dev_issuer, story_named
from api.dev_issuer import DEV_ISSUER
from api.extract_commands import add_to as add_extracts_to
from api.first import appoint_administrator
from api.frame import Commands
from api.issuer import IssuerKeys
from api.key_commands import add_to as add_keys_to
from api.rebuilding import NoSuchTable, named, rebuilt
from api.rejudge_commands import add_to as add_rejudging_to
from api.said import spoken
from api.serving import (
    book_url,
    bookkeeper,
    bound,
    bring_up,
    database_url,
    projector,
    running,
    server,
    services,
)
from api.settings import Settings, WrongSettings, read_settings
from api.statistics_commands import add_to as add_statistics_to
from api.synthesis_commands import add_to as add_synthesis_to
from domain.appointment import AppointFirst
from projections.runner import Runner
from replays.player import play
from replays.stories import examples

app = Commands(
    help="世帯支援台帳", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
console = Console(stderr=True)
add_synthesis_to(app)
add_keys_to(app)
add_as_of_to(app)
add_extracts_to(app)
add_statistics_to(app)
add_comparing_to(app)
add_rejudging_to(app)


def _settings() -> Settings:
    return read_settings(os.environ)


def _interrupted(*_: object) -> NoReturn:
    raise KeyboardInterrupt


@app.command(help="データベースに台帳を用意する（新しい版にする）")
def migrate(
    *, demonstration: Annotated[bool, typer.Option(help="デモ用として、消えない印を付ける")] = False
) -> None:
    with spoken(console), console.status("台帳を用意しています…"):
        settings = _settings()
        bring_up(settings, database_url(settings), demonstration=demonstration)
    console.print("台帳の用意ができました。")


@app.command(help="最初の管理者を任命する（一度だけ）")
def appoint(
    subject: Annotated[str, typer.Option(help="認証基盤の利用者識別子 (sub)")],
    name: Annotated[str, typer.Option(help="氏名")],
    agency: Annotated[str, typer.Option(help="機関のコード")],
    desk: Annotated[str, typer.Option(help="係のコード")],
    start: Annotated[str | None, typer.Option(help="任命の初日（書かなければ今日）")] = None,
) -> None:
    with spoken(console):
        settings = _settings()
        first = AppointFirst.model_validate(
            {
                "issuer": _issuer(settings),
                "subject": subject,
                "name": name,
                "agency": agency,
                "desk": desk,
                "start": start or date.today().isoformat(),  # noqa: DTZ011 - the clerk's own day
            }
        )
        with services(settings, database_url(settings), _tokens(settings)) as served:
            appoint_administrator(served.ledger, served.profile, first, datetime.now(UTC))
    console.print(f"{name}さんを最初の管理者に任命しました。")


def _issuer(settings: Settings) -> str:
    if settings.issuer is None:
        raise WrongSettings("SETAI_ISSUER に認証基盤 (OIDC) の URL を指定してください。")
    return settings.issuer


def _tokens(settings: Settings) -> Tokens:
    return Tokens(IssuerKeys(_issuer(settings)), settings.audience, settings.algorithms)


@app.command(help="API を動かす")
def serve() -> None:
    logs.configure()
    with spoken(console):
        settings = _settings()
        tokens = _tokens(settings)
        listening = bound(settings.host, settings.port)
        with services(settings, database_url(settings), tokens) as served:
            console.print(f"http://{settings.host}:{settings.port} で応答しています。")
            application = create_app(served, examples=examples, threads=settings.threads)
            server(application).run(sockets=[listening])


@app.command(help="記録を読み取り用の表に反映し続ける")
def project(
    *,
    rebuild: Annotated[
        list[str] | None,
        typer.Option(help="この表を作り直して終わる（all ですべて。いくつでも書ける）"),
    ] = None,
    afresh: Annotated[
        bool, typer.Option(help="途中で止まった作り直しの続きからではなく、初めから作る")
    ] = False,
) -> None:
    logs.configure()
    try:
        names = named(rebuild or ())
    except NoSuchTable as wrong:
        raise typer.BadParameter(str(wrong)) from None
    signal.signal(signal.SIGTERM, _interrupted)
    with spoken(console), _followers() as (runner, keeper):
        if names:
            rebuilt(console, (runner, keeper), names, afresh=afresh)
            return
        console.print("反映を続けています。Ctrl-C で終わります。")
        with running(keeper), nightly(_settings().compare_at, (runner, keeper)):
            _until_interrupted(runner.run)


@contextmanager
def _followers() -> Iterator[tuple[Runner, Runner]]:
    """Of the ledger, and of the 閲覧簿."""
    settings = _settings()
    url = database_url(settings)
    with projector(url) as runner, bookkeeper(url, book_url(settings, url)) as keeper:
        yield runner, keeper


@app.command(help="デモを動かす（自治体の物語を読み込み、この機械の中だけで応答する）")
def demo() -> None:
    logs.configure(quiet=True)
    signal.signal(signal.SIGTERM, _interrupted)
    with spoken(console):
        settings = _settings()
        with demonstration(settings, settings.profile, console) as shown:
            shown.load()
            _welcome(shown)
            _until_interrupted(Event().wait)
    console.print("終わりました。記録は残っています。")


def _until_interrupted(work: object) -> None:
    try:
        work()  # type: ignore[operator]
    except KeyboardInterrupt:
        console.print()


def _welcome(shown: Demo) -> None:
    reader = shown.story.reader
    token = shown.issuer.mint(reader)
    out = Console(soft_wrap=True, highlight=False)
    out.print(f"\n[bold]世帯支援台帳（デモ） {shown.story.title}[/bold]")
    out.print(f"  開くページ      {shown.url}/docs")
    out.print("  ほかの職員の鍵  .venv/bin/setai token 名前")
    names = "、".join(f"{player.key}（{player.name}）" for player in shown.story.cast)
    out.print(f"  職員            {names}")
    out.print(f"\n{reader} さんの担当を読むには、別の端末でこのまま実行してください。")
    out.print(
        f"curl -s {shown.url}/households -H 'Setai-Purpose: consultation' "
        f"-H 'Authorization: Bearer {token}'",
        markup=False,
    )
    out.print("\nCtrl-C で終わります。")


@app.command(help="動いているデモの職員の鍵（トークン）を表示する")
def token(
    staff: Annotated[str | None, typer.Argument(metavar="職員", help="職員の名前")] = None,
) -> None:
    with spoken(console):
        settings = _settings()
        name = staff or story_named(settings.profile).reader
        sys.stdout.write(dev_issuer(settings).mint(name) + "\n")


@app.command(help="自治体の物語を、公開された API だけで演じる")
def story(
    name: Annotated[
        str, typer.Argument(metavar="物語", help="koshu, komaki, project-team-city, ashiya, …")
    ],
    url: Annotated[str | None, typer.Option(help="動いているデモの URL")] = None,
) -> None:
    logs.configure(quiet=True)
    told, out = None, Console()
    with spoken(console):
        settings, told = _settings(), story_named(name)
        issuer = dev_issuer(settings)
        if url is not None:
            with httpx.Client(base_url=url, timeout=30) as http:
                play(told, http, issuer.mint, issuer=DEV_ISSUER, console=out)
            return
        own = settings.model_copy(update={"port": 0})
        with (
            demonstration(own, name, console) as shown,
            httpx.Client(base_url=shown.url, timeout=30) as http,
        ):
            shown.open()
            play(told, http, issuer.mint, issuer=DEV_ISSUER, console=out)
