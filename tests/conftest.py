"""A PostgreSQL for the tests: the one SETAI_DATABASE_URL names, else the embedded one.

Each module has a database of its own, copied from one that was migrated once.
"""

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.ledger import Ledger, Settings, embedded, migrate, open_ledger

EMBEDDED = Path(__file__).parent.parent / ".setai" / "test"
LOGS = ("facts", "commands", "refusals")
MakeDatabase = Callable[..., str]

settings.register_profile(
    "every-run", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", settings.get_profile("every-run"), max_examples=1000)
settings.load_profile(
    "every-run" if os.environ.get("SETAI_NIGHTLY") in (None, "", "0") else "nightly"
)


@pytest.fixture(scope="session")
def nightly() -> int:
    """How many times the usual count a fault test repeats: 1, or SETAI_NIGHTLY_FACTOR by night."""
    by_night = os.environ.get("SETAI_NIGHTLY") not in (None, "", "0")
    return int(os.environ.get("SETAI_NIGHTLY_FACTOR", "20")) if by_night else 1


@pytest.fixture(scope="session")
def server_url() -> str:
    """A database of the server, good for creating others."""
    return os.environ.get("SETAI_DATABASE_URL") or embedded(EMBEDDED)


@pytest.fixture(scope="session")
def bare_database(server_url: str) -> Iterator[MakeDatabase]:
    """Makes databases, empty or copied from a template, and drops them in the end."""
    made: list[str] = []
    session, numbers = uuid4().hex[:8], count(1)

    def make(template: str = "template0") -> str:
        made.append(f"setai_test_{session}_{next(numbers)}")
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} ENCODING 'UTF8' TEMPLATE {template}")
        return make_conninfo(server_url, dbname=made[-1])

    yield make
    with psycopg.connect(server_url, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def make_database(bare_database: MakeDatabase) -> MakeDatabase:
    """Makes migrated databases, in earnest or as a demonstration."""
    templates: dict[bool, str] = {}

    def make(*, demonstration: bool = False) -> str:
        if demonstration not in templates:
            url = bare_database()
            migrate(url, demonstration=demonstration)
            templates[demonstration] = str(conninfo_to_dict(url)["dbname"])
        return bare_database(templates[demonstration])

    return make


@pytest.fixture(scope="module")
def module_database(make_database: MakeDatabase) -> str:
    return make_database()


@pytest.fixture
def database_url(module_database: str) -> str:
    """The module's migrated database, emptied."""
    empty(module_database)
    return module_database


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    """A ledger over an empty database."""
    opened = open_ledger(Settings(database_url))
    yield opened
    opened.close()


def empty(url: str) -> None:
    """Empty the logs as only their owner can, who has to put two guards aside first."""
    logs = ", ".join(f"ledger.{log}" for log in LOGS)
    with psycopg.connect(url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7363837274)")  # no append halfway
        connection.execute(f"GRANT TRUNCATE ON {logs} TO setai_owner")
        for log in LOGS:
            connection.execute(f"ALTER TABLE ledger.{log} DISABLE TRIGGER keep_for_ever")
        connection.execute(f"TRUNCATE {logs}")
        for log in LOGS:
            connection.execute(f"ALTER TABLE ledger.{log} ENABLE TRIGGER keep_for_ever")
        connection.execute(f"REVOKE TRUNCATE ON {logs} FROM setai_owner")
