"""A story is played on a server of its own: no word of it is found in any byte that is kept."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from domain.ledger import Settings, beside, embedded, open_ledger, server
from domain.ledger.seals import REPLACEMENT
from domain.texts import texts
from replays.stories import STORIES

STORY = STORIES["koshu"]
_PLAYED = """
from api import logs
loud = logs.configure
logs.configure = lambda **_: loud()
from api.commands import app
app(["story", "koshu"])
"""
_SHORTEST = 5
"""Names of two or three characters are found by chance in any gigabyte."""


class Place(NamedTuple):
    """Where everything is kept, what was said on standard error, and what was told in the story."""

    directory: Path
    log: bytes
    words: frozenset[str]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    directory = Path(tempfile.mkdtemp(prefix="setai-"))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SETAI_")}
    played = subprocess.run(
        [sys.executable, "-c", _PLAYED],
        env={**environment, "SETAI_DATA": str(directory), "PYTHONUTF8": "1"},
        check=False,
        capture_output=True,
    )
    assert played.returncode == 0, played.stderr.decode()
    url = embedded(directory / "pg")
    yield Place(directory, played.stderr, _words(url, directory))
    data = directory / "pg" / "data"
    engine = server._engine(os.geteuid(), directory / "pg")  # noqa: SLF001
    server._call(engine, "pg_ctl", "stop", f"--pgdata={data}", "-m", "immediate")  # noqa: SLF001
    shutil.rmtree(directory, ignore_errors=True)


def _ledger_url(url: str) -> str:
    name = f"demo_{STORY.key.replace('-', '_')}_{STORY.edition}"
    return psycopg.conninfo.make_conninfo(url, dbname=name)


def _words(url: str, directory: Path) -> frozenset[str]:
    """Every personal text of the story, opened."""
    found: set[str] = set()
    with closing(open_ledger(Settings(_ledger_url(url), keys=directory / "keys"))) as ledger:
        opener = ledger.sealer.opener()
        for recorded in ledger.read(0, 100_000):
            replacement = getattr(recorded.fact, "replacement", None)
            for path, text in texts(recorded.fact):
                of = replacement if replacement and path.startswith(REPLACEMENT) else recorded.fact
                found.add(opener.open(text, recorded.stream, recorded.version, of.label.subjects))
    return frozenset(word for word in found if len(word) >= _SHORTEST)


def written(word: str) -> set[bytes]:
    """As text, and as JSON may escape it."""
    escaped = json.dumps(word)[1:-1]
    return {word.encode(), escaped.encode(), escaped.upper().replace("\\U", "\\u").encode()}


def found_in(kept: bytes, words: frozenset[str]) -> list[str]:
    return [word for word in words if any(form in kept for form in written(word))]


def test_no_word_stands_in_the_files_of_the_server(place: Place) -> None:
    """Tables, write-ahead log, the server's own log, keys."""
    url = embedded(place.directory / "pg")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    files = [path for path in place.directory.rglob("*") if path.is_file()]
    assert any("pg_wal" in path.parts for path in files)
    assert len(place.words) > 20
    for path in files:
        assert not found_in(_kept(path), place.words), path


def _kept(path: Path) -> bytes:
    """The server goes on meanwhile: what it has taken away is kept no longer."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def test_no_word_stands_in_a_dump(place: Place) -> None:
    url = _ledger_url(embedded(place.directory / "pg"))
    program = str(server._BIN / "pg_dump")  # noqa: SLF001
    for database in (url, beside(url, "_keys"), beside(url, "_receipts")):
        dumped = subprocess.run([program, database], check=True, capture_output=True).stdout
        assert not found_in(dumped, place.words)
    dumped = subprocess.run([program, url], check=True, capture_output=True).stdout
    assert found_in(dumped, frozenset({STORY.administrator.key}))  # what is in the clear is found


def test_no_word_stands_in_the_log_of_the_server(place: Place) -> None:
    assert place.log
    assert not found_in(place.log, place.words)
