"""Killed writers and restarted servers: nothing told is lost, nothing is there twice."""

import asyncio
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread, Timer
from time import sleep
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.ledger import (
    Ledger,
    LedgerUnavailable,
    OutcomeUnknown,
    Settings,
    database,
    embedded,
    migrate,
    migrate_keys,
    open_ledger,
    server,
)
from tests.ledger.given import Visit, handed_in, known, new, stamp, unit, visit

ROOT = Path(__file__).parent.parent.parent


def killed(url: str, after: float) -> tuple[set[tuple[UUID, UUID]], set[tuple[UUID, UUID]]]:
    """What a writer had asked for, and what it had been told was recorded, when it was killed: so
    long after it was told something for the first time.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.writer", url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout
        lines = []
        for line in writer.stdout:
            lines.append(line)
            if line.startswith("told"):
                break
        Timer(after, writer.kill).start()
        lines += writer.stdout
    said: dict[str, set[tuple[UUID, UUID]]] = {"asked": set(), "told": set()}
    for line in lines:
        if line.endswith("\n"):
            what, command, home = line.split()
            said[what].add((UUID(command), UUID(home)))
    return said["asked"], said["told"]


def test_a_killed_writer_loses_nothing_told_and_doubles_nothing(
    ledger: Ledger, database_url: str, nightly: int
) -> None:
    chance = random.Random(7)
    for _ in range(3 * nightly):
        asked, told = killed(database_url, chance.random() / 3)
        assert told
        for command, home in told:
            assert [recorded.version for recorded in ledger.history(home)] == [1, 2, 3]
            assert ledger.record(visit, Visit(times=3), stamp(command), new(home)).repeated
        for command, home in asked - told:
            assert len(ledger.history(home)) in (0, 3)
            ledger.record(visit, Visit(times=3), stamp(command), new(home))
            assert len(ledger.history(home)) == 3
    positions = [recorded.position for recorded in ledger.read(0, 1_000_000)]
    assert positions == list(range(1, len(positions) + 1))


def test_connections_cut_by_the_server_are_replaced(
    ledger: Ledger, server_url: str, database_url: str
) -> None:
    home = new()
    ledger.record(visit, Visit(), stamp(), home)
    for _ in range(3):
        with psycopg.connect(server_url, autocommit=True) as admin:
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'setai_api' AND datname = %s",
                (conninfo_to_dict(database_url)["dbname"],),
            )
        assert ledger.recall(known(home.id)).version > 0
        ledger.record(visit, Visit(), stamp(), home)
    assert ledger.head() == 4


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Settings]:
    """A server of its own, to be stopped at will."""
    directory = tmp_path_factory.mktemp("server") / "pg"
    url = database(embedded(directory), "setai")
    settings = Settings(url, timeout=10, keys=directory.parent / "keys")
    migrate_keys(settings, migrate(url))
    return directory, settings


class Waiting:
    """Cancels, while it lasts, whoever waits for a standby."""

    def __init__(self, url: str) -> None:
        self._admin = psycopg.connect(url, autocommit=True)
        self._over = Event()
        self._thread = Thread(target=self._cancel)

    def __enter__(self) -> None:
        self._thread.start()

    def _cancel(self) -> None:
        while not self._over.wait(0.01):
            self._admin.execute(
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
            )

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        self._admin.close()


def crash_and_restart(directory: Path) -> None:
    """As after a power cut: no shutdown, then recovery from the write-ahead log."""
    data = directory / "data"
    words = ("restart", f"--pgdata={data}", f"--log={data / 'server.log'}", "-m", "immediate", "-w")
    server._run(server._engine(os.geteuid(), directory), "pg_ctl", *words)  # noqa: SLF001


def test_a_server_restarted_underneath_is_survived(own_server: tuple[Path, Settings]) -> None:
    directory, settings = own_server
    ledger = open_ledger(settings)
    told: list[UUID] = []

    def write(_: int) -> None:
        for _ in range(150):
            command, home = stamp(), new()
            while True:
                try:
                    ledger.record(visit, Visit(), command, home)
                    break
                except (OutcomeUnknown, LedgerUnavailable):
                    sleep(0.05)
            told.append(command.command_id)

    with ThreadPoolExecutor(4) as writers:
        writing = [writers.submit(write, number) for number in range(4)]
        while len(told) < 100:
            sleep(0.01)
        crash_and_restart(directory)
        for written in writing:
            written.result()
    recorded = [fact.command_id for fact in ledger.read(0, 10_000)]
    assert sorted(map(str, told)) == sorted(map(str, recorded))
    ledger.close()


def test_an_unconfirmed_wait_for_the_standby_is_no_success(
    own_server: tuple[Path, Settings],
) -> None:
    """PostgreSQL makes a cancelled wait a warning; what it warns of may die with the server."""
    directory, settings = own_server
    url = settings.url
    ledger, home, command = open_ledger(settings), new(), stamp()
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    crash_and_restart(directory)
    with Waiting(url):
        for stream in (home, home, known(home.id)):  # recorded, asked again, asked after a look
            with pytest.raises(OutcomeUnknown):
                ledger.record(visit, Visit(most=1), command, stream)
        [handed] = asyncio.run(handed_in(ledger, unit(stamp())))
        assert isinstance(handed, OutcomeUnknown)
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("ALTER SYSTEM RESET synchronous_standby_names")
    crash_and_restart(directory)
    assert ledger.record(visit, Visit(most=1), command, home).repeated
    ledger.close()
