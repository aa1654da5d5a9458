"""The embedded server: found again, stopped by the last to leave, never run as root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.ledger import database, embedded, server

Leave = Callable[[], None]


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> list[Leave]:
    """What each caller would do when its process ends."""
    registered: list[Leave] = []
    monkeypatch.setattr(
        "atexit.register", lambda leave, *given: registered.append(lambda: leave(*given))
    )
    return registered


def answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_it_is_found_running_and_stopped_by_the_last_to_leave(
    tmp_path: Path, leaving: list[Leave]
) -> None:
    url = embedded(tmp_path / "pg")
    assert embedded(tmp_path / "pg") == url
    first, last = leaving
    first()
    assert answers(url)
    last()
    assert not answers(url)


def test_one_that_was_stopped_by_hand_is_left_alone(tmp_path: Path, leaving: list[Leave]) -> None:
    embedded(tmp_path / "pg")
    data = tmp_path / "pg" / "data"
    engine = server._engine(os.geteuid(), tmp_path / "pg")  # noqa: SLF001
    server._run(engine, "pg_ctl", "stop", f"--pgdata={data}", "-w")  # noqa: SLF001
    leaving[0]()


def test_one_whose_folder_is_gone_needs_no_farewell(tmp_path: Path, leaving: list[Leave]) -> None:
    embedded(tmp_path / "pg")
    leaving[0]()
    shutil.rmtree(tmp_path / "pg")
    leaving[0]()
    assert not (tmp_path / "pg").exists()


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(
    tmp_path: Path, leaving: list[Leave]
) -> None:
    url = embedded(tmp_path / ("日本語の長い名前" * 4) / "と 空白")
    sockets = Path(str(psycopg.conninfo.conninfo_to_dict(url)["host"]))
    assert answers(url)
    assert sockets.stat().st_mode & 0o077 == 0
    leaving[0]()


def test_a_database_is_made_once_however_many_ask(tmp_path: Path, leaving: list[Leave]) -> None:
    url = embedded(tmp_path / "pg")
    assert answers(database(url, "once"))
    assert answers(database(url, "once"))
    with psycopg.connect(url, autocommit=True) as connection:
        server._create(connection, "once")  # noqa: SLF001 - the other process was quicker
    leaving[0]()


def test_a_program_that_fails_says_why() -> None:
    me = pwd.getpwuid(os.geteuid())
    with pytest.raises(OSError, match="pg_ctl"):
        server._run(me, "pg_ctl", "nonsense")  # noqa: SLF001


class Root:
    """What root would do to the machine, written down instead of done."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.given: list[Path] = []
        self.ran: list[list[str]] = []
        self.me = pwd.getpwuid(os.geteuid())
        self.accounts: Iterator[KeyError | pwd.struct_passwd] = iter([])
        patch.setattr("os.geteuid", lambda: 0)
        patch.setattr("os.chown", lambda path, *_: self.given.append(Path(path)))
        patch.setattr("pwd.getpwnam", self._account)
        patch.setattr("subprocess.run", self._run)

    def _account(self, _: str) -> pwd.struct_passwd:
        found = next(self.accounts, self.me)
        if isinstance(found, KeyError):
            raise found
        return found

    def _run(self, words: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.ran.append(words)
        return subprocess.CompletedProcess(words, 0, "", "")


def other(me: pwd.struct_passwd) -> pwd.struct_passwd:
    return pwd.struct_passwd((me[0], me[1], me.pw_uid + 1, *me[3:]))


def test_root_hands_the_server_to_an_account_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Root(monkeypatch)
    root.accounts = iter([KeyError("setai-pg"), other(root.me)])
    tmp_path.chmod(0o700)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("18")
    server._engine(0, tmp_path)  # noqa: SLF001
    assert [words[0] for words in root.ran] == ["useradd"]
    assert root.given == [tmp_path / "data" / "PG_VERSION", tmp_path / "data"]
    assert tmp_path.stat().st_mode & 0o077 == 0o011


def test_what_belongs_to_the_account_already_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Root(monkeypatch)
    root.accounts = iter([root.me])
    server._engine(0, tmp_path)  # noqa: SLF001
    assert (root.ran, root.given) == ([], [])


def test_an_ordinary_user_runs_the_server_himself(tmp_path: Path) -> None:
    me = os.getuid() or 65534
    assert server._engine(me, tmp_path).pw_uid == me  # noqa: SLF001


def test_a_socket_folder_of_somebody_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, me = tmp_path / ("x" * 90), pwd.getpwuid(os.geteuid())
    for user in (0, me.pw_uid or 65534):
        monkeypatch.setattr("os.geteuid", lambda user=user: user)
        monkeypatch.setattr("os.chown", lambda *_: None)
        with pytest.raises(PermissionError):
            server._sockets(far, other(me))  # noqa: SLF001


@pytest.mark.parametrize("user", [0, 1000])
def test_only_root_changes_who_it_is(user: int, monkeypatch: pytest.MonkeyPatch) -> None:
    me, changed = pwd.getpwuid(os.geteuid()), []
    monkeypatch.setattr("os.geteuid", lambda: user)
    monkeypatch.setattr("subprocess.run", lambda *_, **given: changed.append(given["user"]))
    server._call(me, "pg_ctl")  # noqa: SLF001
    assert changed == [me.pw_uid if user == 0 else None]
