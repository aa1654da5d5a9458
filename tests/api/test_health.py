"""Health: what is behind, what is being built, and what the last comparison found."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.api.test_writing import INTAKE
from tests.api.town import Town
from tests.faults.clients import until


@pytest.fixture
def begun(town: Town, module_database: str) -> Iterator[None]:
    """A rebuild that has only just begun."""
    town.post("/intakes", INTAKE)
    until(lambda: town.client.get("/health").json()["status"] == "ok")
    with psycopg.connect(module_database, autocommit=True) as owner:
        owner.execute("INSERT INTO projections.places (name, shape) VALUES ('timeline__next', 1)")
        yield
        owner.execute("DELETE FROM projections.places WHERE name = 'timeline__next'")


@pytest.mark.usefixtures("begun")
def test_tables_being_built_keep_nobody_waiting(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.health._MOST_BEHIND", 0)
    answered = town.client.get("/ready")
    (building,) = [each for each in answered.json()["following"] if each["building"]]
    assert building["behind"] > 0
    assert (answered.status_code, answered.json()["status"]) == (200, "ok")
    assert town.client.get("/health").json()["status"] == "ok"
