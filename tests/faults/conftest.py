"""A town over an empty database, and whoever starts processes for it."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from api.dev_issuer import DevIssuer
from api.opaque import Opaque
from domain.ledger import (
    PROJECTOR,
    RECEIPTS,
    Ledger,
    Settings,
    beside,
    embedded,
    migrate,
    open_datastore,
    open_ledger,
    server,
)
from domain.ledger.datastore import Datastore
from tests.api.town import settle
from tests.conftest import BOOK
from tests.faults.processes import AUDIENCE, Child, children, free_port, opaque

StartChild = Callable[..., Child]


class Place(NamedTuple):
    """Where a server serves whom: database, issuer's keys, port, and a counsellor's headers."""

    database: str
    keys: Path
    port: int
    headers: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def opaque(self) -> Opaque:
        return opaque(str(self.keys))

    @property
    def served(self) -> tuple[Any, ...]:
        return (self.database, str(self.keys), self.port)


@pytest.fixture
def read_models(url: str) -> Iterator[Datastore]:
    """The tables of the database that the tests of a file call `url`."""
    with closing(open_datastore(Settings(url), PROJECTOR)) as opened:
        yield opened


@pytest.fixture
def start() -> Iterator[StartChild]:
    with children() as starting:
        yield starting


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    """A database server of its own, where no other run of the tests tightens the way to it."""
    own = Path(tempfile.mkdtemp(prefix="setai-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)  # after the server's own farewell
    embedded(own)
    yield own
    with suppress(OSError):
        pg_ctl(own, "stop", "-m", "immediate")


def pg_ctl(directory: Path, *words: str) -> None:
    data = directory / "data"
    words = (*words, f"--pgdata={data}", f"--log={data / 'server.log'}", "-w")
    server._run(server._engine(os.geteuid(), directory), "pg_ctl", *words)  # noqa: SLF001


def settled(database: str, keys: Path) -> Place:
    """Somebody works there, and their reads can be recorded."""
    migrate(beside(database, BOOK, made=True), RECEIPTS)
    ledger = open_ledger(Settings(database))
    settle(ledger)
    ledger.close()
    token = DevIssuer(keys, AUDIENCE).mint("tanaka")
    headers = {"Authorization": f"Bearer {token}", "Setai-Purpose": "consultation"}
    return Place(database, keys, free_port(), headers)


@pytest.fixture
def place(ledger: Ledger, database_url: str, tmp_path: Path) -> Place:
    assert ledger.head() == 0
    return settled(database_url, tmp_path)
