"""A ledger over an empty database, and a projector beside it."""

from collections.abc import Callable, Iterator, Sequence

import psycopg
import pytest

from domain.ledger import PROJECTOR, Ledger, Settings, open_datastore, open_ledger
from domain.ledger.datastore import Datastore
from projections.every import PROJECTIONS
from projections.projection import Projection
from projections.runner import Runner
from tests.conftest import empty
from tests.projections.given import Told, tables

MakeRunner = Callable[..., Runner]


@pytest.fixture
def url(module_database: str) -> str:
    """The module's database without a fact or a read model."""
    empty(module_database)
    with psycopg.connect(module_database) as connection:
        for table in tables(connection):
            connection.execute(f"DROP TABLE projections.{table}")
    return module_database


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = open_ledger(Settings(url))
    yield opened
    opened.close()


@pytest.fixture
def told(ledger: Ledger) -> Told:
    return Told(ledger)


@pytest.fixture
def datastore(url: str) -> Iterator[Datastore]:
    """Connections of the projector."""
    opened = open_datastore(Settings(url, timeout=10), PROJECTOR)
    yield opened
    opened.close()


@pytest.fixture
def make_runner(datastore: Datastore, ledger: Ledger) -> MakeRunner:
    def make(projections: Sequence[Projection] = PROJECTIONS, batch: int = 2000) -> Runner:
        runner = Runner(datastore, ledger, projections, batch=batch, poll=0.5)
        runner.prepare()
        return runner

    return make


@pytest.fixture
def runner(make_runner: MakeRunner) -> Runner:
    return make_runner()
