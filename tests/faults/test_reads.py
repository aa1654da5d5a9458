"""The server killed while it answers, or the database: nobody holds a word without its receipt."""

import os
import random
import signal
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import cast

import httpx
import pytest

from domain.events.viewing import RecordsShown
from domain.ledger import PROJECTOR, Settings, beside, open_receipts
from tests.conftest import BOOK
from tests.faults.clients import until
from tests.faults.conftest import Place, StartChild, pg_ctl
from tests.faults.processes import Child, opaque, project, serve
from tests.faults.readers import Readers, Served, reading
from tests.faults.test_database import place as own_server

place = own_server
_SERVERS, _DATABASES = 14, 6
_QUICKLY = "-c recovery_init_sync_method=syncfs"
"""Recovery would else open every file of every database; the machine itself did not fail."""
_INTAKE = {
    "route": "visit",
    "consulter": "self",
    "persons": [{"nickname": "たろう", "relation": "self"}],
    "narrative": "眠れない。",
}


@pytest.fixture
def api(place: Place, start: StartChild) -> Child:
    start(project, place.database)
    return start(serve, *place.served)


@pytest.fixture
def readers(place: Place, api: Child) -> Readers:
    """Of a case with its course, and of the list of cases."""
    assert api.alive
    with httpx.Client(base_url=place.url, headers=place.headers, timeout=60) as http:
        home = http.post("/intakes", json=_INTAKE).json()["id"]
        case = f"/households/{home}"
        until(lambda: http.get(case).status_code == 200)
    return Readers(place.url, place.headers, [case, f"{case}/timeline", "/households"])


def kill_postgres(directory: Path) -> None:
    """kill -9, of the whole server at once; it comes back as after a failure of the power."""
    leader = int((directory / "data" / "postmaster.pid").read_text("ascii").split()[0])
    killed = [leader, *children_of(leader)]
    for process in killed:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    until(lambda: not any(map(lives, killed)))
    until(lambda: started(directory))


def started(directory: Path) -> bool:
    """Not while a session that was just beginning still holds on to the old one's memory."""
    with suppress(OSError):
        pg_ctl(directory, "start", "-o", _QUICKLY)
        return True
    return False


def lives(process: int) -> bool:
    """Whom nobody has buried yet does not."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def children_of(leader: int) -> list[int]:
    """As far as the kernel still tells."""
    with suppress(OSError):
        words = Path(f"/proc/{leader}/task/{leader}/children").read_text("ascii").split()
        return [int(word) for word in words]
    return []


def assert_receipted(place: Place, served: list[Served]) -> None:
    """Each answer has a line of its own, which names every fact of which a word was served."""
    number = opaque(str(place.keys)).number
    with closing(open_receipts(Settings(beside(place.database, BOOK)), role=PROJECTOR)) as book:
        rows = book.page(0, 10_000_000)
        lines = {
            f"{row[0]}/{number(row[0], row[1])}": fact
            for stream in {row[0] for row in rows}
            for row, fact in zip(
                (row for row in rows if row[0] == stream), book.history(stream), strict=True
            )
        }
    assert len({each.receipt for each in served}) == len(served)
    for each in served:
        viewing = cast("RecordsShown", lines[each.receipt].fact)
        shown = {(item.stream, number(item.stream, item.version)) for item in viewing.items}
        assert each.facts <= shown
    assert any(each.facts for each in served)


def test_whoever_was_served_by_a_killed_server_has_a_receipt(
    place: Place, api: Child, readers: Readers, start: StartChild, nightly: int
) -> None:
    chance = random.Random(29)
    with reading(readers):
        for _ in range(_SERVERS * nightly):
            readers.wait_for(chance.randrange(1, 30))
            time.sleep(chance.random() / 50)  # not to wait for anything: any moment is as good
            api.kill()
            api = start(serve, *place.served)
        readers.wait_for(6)
    assert readers.unanswered
    assert_receipted(place, readers.served)


def test_whoever_was_served_while_the_database_was_killed_has_a_receipt(
    directory: Path, place: Place, api: Child, readers: Readers, nightly: int
) -> None:
    chance = random.Random(31)
    with reading(readers):
        for _ in range(_DATABASES * nightly):
            readers.wait_for(chance.randrange(1, 30))
            time.sleep(chance.random() / 50)
            kill_postgres(directory)
        readers.wait_for(6)
    assert api.alive
    assert_receipted(place, readers.served)
