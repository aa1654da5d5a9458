"""The projector killed at any moment, or not alone: every fact is in the tables exactly once."""

import random
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from domain.ledger import PROJECTOR, Ledger, Settings, open_ledger
from domain.ledger.datastore import Datastore
from projections import places
from projections.every import PROJECTIONS
from projections.rebuild import Rebuild
from tests.conftest import MakeDatabase
from tests.faults.checking import behind, tables
from tests.faults.clients import until
from tests.faults.conftest import StartChild
from tests.faults.living import living
from tests.faults.processes import project

_KILLS = 12


@pytest.fixture
def url(make_database: MakeDatabase) -> str:
    """A demonstration, for towns live in a time of their own."""
    return make_database(demonstration=True)


@pytest.fixture
def writer(url: str) -> Iterator[Ledger]:
    with closing(open_ledger(Settings(url))) as opened:
        yield opened


def caught_up(read_models: Datastore, head: int) -> bool:
    with read_models.session() as connection:
        found = behind(connection, head)
    return len(found) == len(PROJECTIONS) and not any(found.values())


def assert_as_rebuilt(read_models: Datastore, url: str, head: int) -> None:
    """Nothing put aside, nothing left to do, and the very rows that a fresh build makes."""
    with read_models.session() as connection:
        live = tables(connection)
        assert not any(each.aside for each in places.health(connection, head))
    with closing(open_ledger(Settings(url), role=PROJECTOR)) as ledger:
        for projection in PROJECTIONS:
            Rebuild(read_models, ledger, projection).run()
    with read_models.session() as connection:
        rebuilt = tables(connection)
    for name in live:
        assert live[name] == rebuilt[name]
    assert live["case_view"]


def test_a_killed_projector_applies_every_fact_exactly_once(
    writer: Ledger, read_models: Datastore, url: str, start: StartChild, nightly: int
) -> None:
    chance = random.Random(13)
    projector = start(project, url)
    with living(writer, 13) as town:
        for _ in range(_KILLS * nightly):
            town.wait_for(chance.randrange(3))
            time.sleep(chance.random() / 10)  # not to wait for anything: any moment is as good
            projector.kill()
            projector = start(project, url)
    head = writer.head()
    until(lambda: caught_up(read_models, head))
    projector.kill()
    assert_as_rebuilt(read_models, url, head)


def test_two_projectors_at_once_apply_every_fact_exactly_once(
    writer: Ledger, read_models: Datastore, url: str, start: StartChild
) -> None:
    """Also while one of them is killed and another comes."""
    first, second = start(project, url), start(project, url)
    with living(writer, 17) as town:
        town.wait_for(8)
        first.kill()
        third = start(project, url)
        town.wait_for(8)
    head = writer.head()
    until(lambda: caught_up(read_models, head))
    assert second.alive
    assert third.alive
    second.kill()
    third.kill()
    assert_as_rebuilt(read_models, url, head)
