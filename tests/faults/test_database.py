"""The database restarted underneath: server and projector survive it and go on by themselves."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest

from domain.ledger import Ledger, Settings, database, embedded, migrate, migrate_keys, open_ledger
from domain.ledger.settings import KEYS
from projections.every import PROJECTIONS
from tests.faults.checking import assert_kept_once
from tests.faults.clients import Clients, until, writing
from tests.faults.conftest import Place, StartChild, pg_ctl, settled
from tests.faults.processes import opaque, project, serve


@pytest.fixture
def place(directory: Path, tmp_path: Path) -> Iterator[Place]:
    url = database(embedded(directory), f"setai_{uuid4().hex[:8]}")
    tenant = migrate(url)
    migrate_keys(Settings(url), tenant)
    yield settled(url, tmp_path / "keys")
    shutil.rmtree(KEYS / str(tenant))


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    with closing(open_ledger(Settings(place.database, timeout=10))) as opened:
        yield opened


_READ = ("/health", "/ready", "/me", "/households")


def health(place: Place) -> httpx.Response:
    return httpx.get(f"{place.url}/health", timeout=20)


def caseload(place: Place) -> int:
    """What a reader is answered: by and by 200, at worst 503, never a crash."""
    answer = httpx.get(f"{place.url}/households", headers=place.headers, timeout=20)
    assert answer.status_code in (200, 503), answer.text
    return answer.status_code


def is_well(place: Place) -> bool:
    answer = health(place)
    return answer.status_code == 200 and bool(answer.json()["status"] == "ok")


def test_a_restarted_database_is_survived_and_nothing_acknowledged_is_lost(
    directory: Path, place: Place, ledger: Ledger, start: StartChild
) -> None:
    projector, api = start(project, place.database), start(serve, *place.served)
    clients = Clients(place.url, place.headers, place.opaque)
    with writing(clients):
        for _ in range(3):
            clients.wait_for(40)
            pg_ctl(directory, "restart", "-m", "immediate")
            until(lambda: caseload(place) == 200)
        clients.wait_for(40)
    assert_kept_once(ledger, clients.acks)
    until(lambda: is_well(place))
    assert projector.alive
    assert api.alive


def test_health_says_what_is_behind_until_it_is_made_up_for(
    directory: Path, place: Place, start: StartChild
) -> None:
    projector = start(project, place.database)
    start(serve, *place.served)
    until(lambda: is_well(place))
    projector.kill()
    clients = Clients(place.url, place.headers, place.opaque)
    with writing(clients, 2):
        clients.wait_for(5)
        pg_ctl(directory, "restart", "-m", "immediate")
        clients.wait_for(5)
    until(lambda: health(place).status_code == 200)
    found = health(place).json()
    written = sum(ack.facts for ack in clients.acks)
    assert found["status"] == "behind"
    assert {each["name"]: each["behind"] for each in found["following"]} == {
        projection.name: written for projection in PROJECTIONS
    }
    start(project, place.database)
    until(lambda: is_well(place))


def test_without_a_database_the_server_says_so_and_recovers(
    directory: Path, place: Place, start: StartChild
) -> None:
    """No answer is a crash: 503 with a problem document, and the same key works afterwards."""
    start(project, place.database)
    start(serve, *place.served)
    until(lambda: is_well(place))
    until(lambda: caseload(place) == 200)
    pg_ctl(directory, "stop", "-m", "immediate")
    body = {"route": "visit", "consulter": "self"}
    key = {"Idempotency-Key": "00000000-0000-4000-8000-000000000001", **place.headers}
    refused = httpx.post(f"{place.url}/intakes", json=body, headers=key, timeout=60)
    seen = [httpx.get(place.url + path, headers=place.headers, timeout=20) for path in _READ]
    for answer in (refused, *seen):
        assert answer.status_code == 503, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
    pg_ctl(directory, "start")
    until(lambda: is_well(place))
    until(lambda: caseload(place) == 200)
    written = httpx.post(f"{place.url}/intakes", json=body, headers=key, timeout=60)
    assert written.status_code == 201
    body = written.json()
    assert body["fact"] == opaque(str(place.keys)).number(UUID(body["id"]), 3)


def test_the_first_read_after_a_restart_is_answered(
    directory: Path, place: Place, start: StartChild
) -> None:
    """What the pools hold is dead then, and nobody is to notice."""
    start(project, place.database)
    start(serve, *place.served)
    until(lambda: is_well(place))
    for mode in ("fast", "immediate"):
        assert [caseload(place) for _ in range(3)] == [200] * 3
        pg_ctl(directory, "restart", "-m", mode)
        assert caseload(place) == 200
