"""What a command says when it cannot go on: in Japanese, with what to do about it, and no trace."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psycopg
import typer
from rich.console import Console
from rich.markup import escape

from api.demo import NoStory, NotLoopback
from api.homes import WrongHomes
from api.keyless import NoDemonstration, NoTown
from api.problems import Problem
from api.serving import PortTaken
from api.settings import WrongSettings
from domain.ledger import (
    BookNotMigrated,
    CommandIdReused,
    LedgerUnavailable,
    NotMigrated,
    ReceiptsUnavailable,
    UnsafeSettings,
    WrongTokenKey,
)
from domain.profile import WrongProfile
from domain.refusals import Refused
from projections.applying import Standstill
from projections.rebuild import BeingRebuilt, StillRead
from replays.comparing import NotComparable
from replays.player import StoryFailed

_NO_FILE = (FileExistsError, FileNotFoundError, IsADirectoryError, NotADirectoryError)
_SPOKEN = (WrongSettings, WrongProfile, WrongHomes, StoryFailed)
_FAILED = (
    *_SPOKEN,
    BeingRebuilt,
    Standstill,
    StillRead,
    LedgerUnavailable,
    NoDemonstration,
    NoStory,
    NoTown,
    NotComparable,
    NotLoopback,
    PortTaken,
    Problem,
    PermissionError,
    ReceiptsUnavailable,
    Refused,
    UnsafeSettings,
    WrongTokenKey,
    httpx.ConnectError,
    psycopg.OperationalError,
    *_NO_FILE,
)
_WHERE = (
    "データベースの場所として読めません。--url や SETAI_DATABASE_URL は"
    " postgresql://利用者@機械/名前 のように書いてください。"
)


@contextmanager
def spoken(console: Console) -> Iterator[None]:
    try:
        yield
    except _FAILED as failed:
        console.print(f"[red]{escape(_words(failed))}[/red]", soft_wrap=True)
        raise typer.Exit(1) from None
    except psycopg.ProgrammingError as failed:
        if failed.sqlstate:
            raise
        console.print(f"[red]{_WHERE}[/red]", soft_wrap=True)
        raise typer.Exit(1) from None


def _words(failed: Exception) -> str:
    match failed:
        case BookNotMigrated():
            return "この台帳には閲覧簿がありません。先に `setai migrate` を実行してください。"
        case NotMigrated():
            return "このデータベースには台帳がありません。先に `setai migrate` を実行してください。"
        case UnsafeSettings():
            return f"このままでは記録が失われるおそれがあるため、起動しません: {failed}"
        case CommandIdReused():
            return "最初の管理者は、すでに任命されています。続く任命は台帳の中で行います。"
        case PortTaken(args=(port,)):
            return (
                f"ポート {port} は使われています。すでに動いていれば、そのまま使えます。"
                f"別のポートで動かすには SETAI_PORT={int(port) + 1} を付けてください。"
            )
        case BeingRebuilt():
            return f"{failed} は、ほかの処理が作り直しています。終わるのを待ってください。"
        case StillRead():
            return (
                "新しい表はできましたが、古い表を読み続けている処理があり、入れ替えられません。"
                "もう一度実行すれば、入れ替えから続きます。"
            )
        case Standstill(name=name, position=position):
            return (
                f"{name} は一件も抜かせないので、位置 {position:,} の読めない出来事で止まりました。"
                "もとの表はそのままです。この出来事を読める版にしてから、もう一度実行してください。"
            )
        case httpx.ConnectError():
            return "サーバーに接続できません。動いているか、--url が正しいかを確かめてください。"
        case OSError(filename=place):
            return f"読み書きできません。場所と権限を確かめてください。{place or ''}"
        case psycopg.OperationalError():
            return (
                f"データベースに接続できません。SETAI_DATABASE_URL を確かめてください。({failed})"
            )
        case Refused(details={"allowed": [*codes]}):
            return f"{type(failed).__doc__} 選べる値: {', '.join(map(str, codes))}"
        case NoDemonstration() | NoTown() | Refused() | Problem() | ReceiptsUnavailable():
            return str(type(failed).__doc__)
        case WrongHomes():
            return str(type(failed).__doc__)
        case NoStory() | NotComparable() | NotLoopback() | WrongTokenKey():
            return f"{type(failed).__doc__} {failed}"
        case LedgerUnavailable():
            return str(type(failed).__doc__)
        case _:
            return str(failed)
