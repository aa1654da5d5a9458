"""Whoever reads is killed, or the server of the 閲覧簿: every receipt that came back is there."""

import random
import time
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.ledger import (
    PROJECTOR,
    RECEIPTS,
    Settings,
    database,
    embedded,
    migrate,
    open_receipts,
)
from tests.faults.clients import until
from tests.faults.conftest import StartChild, pg_ctl
from tests.faults.processes import read

_KILLS, _RESTARTS = 5, 2
Told = set[tuple[UUID, int, int]]


@pytest.fixture
def book(directory: Path) -> str:
    url = database(embedded(directory), f"setai_{uuid4().hex[:8]}_receipts")
    migrate(url, RECEIPTS)
    return url


def told(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


def wait_for(path: Path, more: int) -> None:
    wanted = len(told(path)) + more
    until(lambda: len(told(path)) >= wanted)


def parsed(lines: list[str]) -> Told:
    parts = (line.split() for line in lines)
    return {(UUID(stream), int(version), int(place)) for stream, version, place in parts}


def assert_all_there(book: str, lines: list[str]) -> None:
    """Dense in the whole and in each stream; what was told is there, and nothing twice."""
    with closing(open_receipts(Settings(book, timeout=10), role=PROJECTOR)) as receipts:
        rows = receipts.page(0, 10_000_000)
    assert [row[4] for row in rows] == list(range(1, len(rows) + 1))
    for stream in {row[0] for row in rows}:
        versions = [row[1] for row in rows if row[0] == stream]
        assert versions == list(range(1, len(versions) + 1))
    assert len(parsed(lines)) == len(lines)
    assert parsed(lines) <= {(row[0], row[1], row[4]) for row in rows}


def test_a_killed_reader_leaves_every_receipt_it_was_given(
    book: str, tmp_path: Path, start: StartChild, nightly: int
) -> None:
    chance, lines = random.Random(19), tmp_path / "told"
    reader = start(read, book, str(lines))
    for _ in range(_KILLS * nightly):
        wait_for(lines, chance.randrange(1, 40))
        time.sleep(chance.random() / 50)  # not to wait for anything: any moment is as good
        reader.kill()
        reader = start(read, book, str(lines))
    wait_for(lines, 1)
    reader.kill()
    assert_all_there(book, told(lines))


def test_a_crashed_server_has_every_receipt_that_came_back(
    directory: Path, book: str, tmp_path: Path, start: StartChild, nightly: int
) -> None:
    chance, lines = random.Random(23), tmp_path / "told"
    reader = start(read, book, str(lines))
    for _ in range(_RESTARTS * nightly):
        wait_for(lines, chance.randrange(1, 40))
        time.sleep(chance.random() / 50)
        pg_ctl(directory, "restart", "-m", "immediate")
    wait_for(lines, 1)
    assert reader.alive
    reader.kill()
    assert_all_there(book, told(lines))
