"""The command line, as a clerk types it: what it does, and what it says when it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import tuple_row
from typer.testing import CliRunner

from api.commands import app
from api.serving import bookkeeper, projector
from domain.ledger import API, NotMigrated, Settings, beside, open_datastore, open_receipts
from tests.conftest import MakeDatabase
from tests.reading import TANAKA, page

FIRST = ["appoint", "--subject", "suma", "--name", "須磨", "--agency", "chiiki-fukushi"]
FIRST += ["--desk", "administration", "--start", "2025-04-01"]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys made here are not left in the working copy."""
    monkeypatch.setenv("SETAI_DATA", str(tmp_path))


def run(*arguments: str, **environment: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments, env=environment)
    return result.exit_code, result.output


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_a_database_without_a_ledger_is_told_so(bare_database: MakeDatabase) -> None:
    url = bare_database()
    code, said = run(*FIRST, SETAI_DATABASE_URL=url, SETAI_ISSUER="https://login.example.jp")
    assert code == 1
    assert "setai migrate" in said


def test_the_first_administrator_is_appointed_once(bare_database: MakeDatabase) -> None:
    given = {
        "SETAI_DATABASE_URL": bare_database(),
        "SETAI_ISSUER": "https://login.example.jp",
    }
    assert run("migrate", **given)[0] == 0
    assert run("migrate", **given)[0] == 0
    assert run(*FIRST, **given)[0] == 0
    assert run(*FIRST, **given)[0] == 0  # the same again changes nothing
    code, said = run(*[part.replace("suma", "someone") for part in FIRST], **given)
    assert code == 1
    assert "すでに任命されています" in said


def brought_up(url: str) -> bool:
    with closing(open_receipts(Settings(url))) as receipts:
        return receipts.commit(TANAKA, page(1)).version == 1


def test_the_log_of_reads_is_kept_beside_the_ledger(bare_database: MakeDatabase) -> None:
    url = bare_database()
    assert run("migrate", SETAI_DATABASE_URL=url)[0] == 0
    assert run("migrate", SETAI_DATABASE_URL=url)[0] == 0
    assert brought_up(beside(url, "_receipts"))


def test_the_log_of_reads_is_kept_where_it_is_said_to_be(bare_database: MakeDatabase) -> None:
    url, book = bare_database(), bare_database()
    assert run("migrate", SETAI_DATABASE_URL=url, SETAI_RECEIPTS_URL=book)[0] == 0
    assert brought_up(book)
    with pytest.raises(NotMigrated):
        open_receipts(Settings(beside(url, "_receipts")))


def test_its_tables_are_rebuilt_like_the_others(bare_database: MakeDatabase) -> None:
    url = bare_database()
    book = beside(url, "_receipts")
    assert run("migrate", SETAI_DATABASE_URL=url)[0] == 0
    assert brought_up(book)
    with bookkeeper(url, book) as keeper:
        keeper.catch_up()
    assert run("project", "--rebuild", "reads", SETAI_DATABASE_URL=url)[0] == 0
    with closing(open_datastore(Settings(url), API)) as tables:
        found = tables.read(who_read)
    assert found == [TANAKA.staff]


def who_read(connection: Connection[Any]) -> list[UUID]:
    with connection.cursor(row_factory=tuple_row) as cursor:
        rows = cursor.execute("SELECT staff FROM projections.receipts").fetchall()
    return [staff for (staff,) in rows]


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"SETAI_PORT": "many"}, "SETAI_PORT"),
        ({"SETAI_ISSUER": "http://login.example.jp"}, "https://"),
        ({"SETAI_ALGORITHMS": "HS256"}, "署名方式"),
        ({"SETAI_ALGORITHMS": "none"}, "署名方式"),
    ],
)
def test_wrong_settings_are_named(environment: Mapping[str, str], said: str) -> None:
    code, output = run("serve", **environment)
    assert code == 1
    assert said in output


def test_serving_needs_an_issuer() -> None:
    code, said = run("serve", SETAI_DATABASE_URL="postgresql://127.0.0.1:1/none")
    assert code == 1
    assert "SETAI_ISSUER" in said


def test_a_database_out_of_reach_is_told_so() -> None:
    code, said = run("migrate", SETAI_DATABASE_URL="postgresql://127.0.0.1:1/none")
    assert code == 1
    assert "SETAI_DATABASE_URL" in said


def test_where_a_database_is_that_nobody_can_read_is_told_so() -> None:
    code, said = run("as-of", "city", "--url", "あ")
    assert code == 1
    assert "データベースの場所として読めません" in said


@pytest.mark.parametrize("folder", ["/proc/nowhere", f"{__file__}/inside"])
def test_where_nothing_can_be_written_is_told_so(folder: str) -> None:
    code, said = run("synthesize", "--out", folder, "--households", "1")
    assert (code, "読み書きできません" in said) == (1, True), said


def test_a_demonstration_leaves_this_machine_for_nobody() -> None:
    code, said = run("demo", SETAI_HOST="0.0.0.0")  # noqa: S104 - that is the point
    assert code == 1
    assert "127.0.0.1" in said


def test_a_story_nobody_wrote_is_told_so() -> None:
    code, said = run("story", "atlantis")
    assert code == 1
    assert "ashiya" in said


def test_all_tables_are_rebuilt_at_once(bare_database: MakeDatabase) -> None:
    url = bare_database()
    assert run("migrate", SETAI_DATABASE_URL=url)[0] == 0
    with projector(url), bookkeeper(url, beside(url, "_receipts")):
        pass
    with psycopg.connect(url, autocommit=True) as owner:
        kept = owner.execute("SELECT oid FROM pg_class WHERE relname = 'timeline'").fetchone()
        code, said = run("project", "--rebuild", "all", "--afresh", SETAI_DATABASE_URL=url)
        assert (code, "timeline" in said, "reads" in said) == (0, True, True), said
        new = owner.execute("SELECT oid FROM pg_class WHERE relname = 'timeline'").fetchone()
    assert new
    assert new != kept


def test_a_table_nobody_has_is_told_so() -> None:
    assert run("project", "--rebuild", "nothing")[0] == 2


@contextmanager
def demo(url: str, data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "SETAI_DATABASE_URL": url,
        "SETAI_DATA": str(data),
        "SETAI_PORT": str(port),
        "SETAI_PROFILE": "koshu",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-c", "from api.commands import app; app()", "demo"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def until_served(process: subprocess.Popen[str]) -> str:
    """What was printed up to the line that says how to end."""
    said = ""
    assert process.stdout
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            return said
    raise AssertionError(said)


def test_the_demonstration_starts_stops_and_starts_again(
    bare_database: MakeDatabase, tmp_path: Path
) -> None:
    url, port = bare_database(), free_port()
    with demo(url, tmp_path, port) as process:
        said = until_served(process)
        token = said.split("Bearer ")[1].split("'")[0]
        headers = {"Authorization": f"Bearer {token}", "Setai-Purpose": "consultation"}
        answered = httpx.get(f"http://127.0.0.1:{port}/households", headers=headers)
        assert answered.status_code == 200
        assert answered.headers["setai-demonstration"] == "true"
        assert answered.json()["households"]
        issuer = httpx.get(f"http://127.0.0.1:{port}/dev-issuer/.well-known/openid-configuration")
        assert issuer.json()["jwks_uri"].endswith("/jwks.json")
        code, second = run("demo", SETAI_DATABASE_URL=url, SETAI_PORT=str(port))
        assert code == 1
        assert f"SETAI_PORT={port + 1}" in second
    assert process.returncode == 0
    started = time.monotonic()
    with demo(url, tmp_path, port) as process:
        until_served(process)
        assert httpx.get(f"http://127.0.0.1:{port}/ready").status_code == 200
    assert time.monotonic() - started < 30


def test_keys_are_wrapped_anew(bare_database: MakeDatabase, tmp_path: Path) -> None:
    given = {"SETAI_DATABASE_URL": bare_database(), "SETAI_ISSUER": "https://login.example.jp"}
    assert run("keys", "status", **given)[0] == 1
    assert run("migrate", **given)[0] == 0
    assert run(*FIRST, **given)[0] == 0
    assert "いま使っている鍵: 1" in run("keys", "status", **given)[1]
    code, said = run("keys", "rotate", **given)
    assert code == 0
    assert "いま使っている鍵: 2" in said
    assert "鍵 1 は、もう使われていません" in said
    assert "鍵 1" not in run("keys", "rotate", "--drop", **given)[1]
    assert [path.name for path in tmp_path.glob("keys/*/*.key")] == ["3.key"]
    assert run(*FIRST, **given)[0] == 0
    (path,) = tmp_path.glob("keys/*/*.key")
    path.unlink()
    code, said = run(*[part.replace("suma", "someone") for part in FIRST], **given)
    assert code == 1
    assert "鍵の保管庫" in said


def test_the_keys_are_kept_where_they_are_said_to_be(
    bare_database: MakeDatabase, tmp_path: Path
) -> None:
    url, keys = bare_database(), bare_database()
    given = {
        "SETAI_DATABASE_URL": url,
        "SETAI_KEYS_URL": keys,
        "SETAI_KEYS": str(tmp_path / "elsewhere"),
    }
    assert run("migrate", **given)[0] == 0
    assert list(tmp_path.glob("elsewhere/*/1.key"))
    assert run("keys", "status", **given)[0] == 0
    assert run("keys", "status", SETAI_DATABASE_URL=url)[0] == 1


def test_following_the_log_takes_no_key(bare_database: MakeDatabase, tmp_path: Path) -> None:
    """Neither the role of the sealer nor the file that unwraps the keys."""
    url = bare_database()
    given = {"SETAI_DATABASE_URL": url, "SETAI_ISSUER": "https://login.example.jp"}
    assert run("migrate", **given)[0] == 0
    assert run(*FIRST, **given)[0] == 0
    follower = f"follower_{uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute(f"CREATE ROLE {follower} LOGIN IN ROLE setai_projector")
        own = make_conninfo(url, user=follower)
        with (
            psycopg.connect(beside(own, "_keys")) as outside,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            outside.execute("SELECT * FROM keys.keys")
        nowhere = {"SETAI_DATA": str(tmp_path / "no-keys"), "SETAI_KEYS_URL": "postgresql://::1:1"}
        with projector(own) as runner:
            runner.catch_up()
        code, said = run("project", "--rebuild", "staff", SETAI_DATABASE_URL=own, **nowhere)
        assert (code, said.count("鍵")) == (0, 0), said
        assert owner.execute("SELECT * FROM projections.quarantine").fetchall() == []
        assert owner.execute("SELECT count(*) FROM projections.staff").fetchone() == (2,)
        owner.execute(f"DROP OWNED BY {follower}")
        owner.execute(f"DROP ROLE {follower}")
