"""Health: what is behind, what is being built, and what the last comparison found."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest
from typer.testing import CliRunner

from api.commands import app
from tests.api.test_commands import run
from tests.api.test_writing import INTAKE
from tests.api.town import Town
from tests.faults.clients import until


def following(town: Town) -> Iterator[dict[str, Any]]:
    yield from town.client.get("/health").json()["following"]


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


@pytest.fixture
def mistaken(town: Town, module_database: str) -> Iterator[UUID]:
    """A household whose course of support says of one fact that it stands elsewhere in the log."""
    household = town.post("/intakes", INTAKE).json()["id"]
    until(lambda: town.client.get("/health").json()["status"] == "ok")
    change = "UPDATE projections.timeline SET position = position + %s WHERE stream = %s"
    with psycopg.connect(module_database, autocommit=True) as owner:
        owner.execute(change, (1, household))
        yield UUID(household)
        owner.execute(change, (-1, household))


def test_what_comparing_found_is_named_to_the_operator_and_counted_in_health(
    mistaken: UUID, town: Town, module_database: str
) -> None:
    given = {"SETAI_DATABASE_URL": module_database}
    machine = CliRunner().invoke(app, ["compare", "timeline", "--json"], env=given)
    (found,) = json.loads(machine.stdout)
    (first,) = found["differences"]
    assert (machine.exit_code, found["differing"]) == (1, 1)
    assert (first["stream"], first["column"]) == (str(mistaken), "position")
    health = town.client.get("/health").json()
    (shown,) = [each for each in health["following"] if each["name"] == "timeline"]
    assert (health["status"], shown["compared"]["differing"]) == ("differs", 1)
    assert str(mistaken) not in str(health)
    code, said = run("compare", "timeline", **given)
    assert (code, str(mistaken) in said, "列の値が違う" in said) == (1, True, True)


def test_tables_that_are_as_the_log_has_them_compare_as_the_same(
    town: Town, module_database: str
) -> None:
    until(lambda: all(each["behind"] == 0 for each in following(town)))
    code, said = run("compare", SETAI_DATABASE_URL=module_database)
    assert (code, "timeline" in said, "reads" in said) == (0, True, True), said
    assert all(each["compared"]["differing"] == 0 for each in following(town))
    assert run("compare", "nothing", SETAI_DATABASE_URL=module_database)[0] == 2
