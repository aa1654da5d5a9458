"""A PostgreSQL for the tests: the one SETAI_DATABASE_URL names, else the embedded one.

Each module has a database of its own, copied from one that was migrated once. Every run draws the
same histories, so that a change is judged by what it changes; the night draws others each time.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.ledger import (
    LEDGER,
    PROJECTOR,
    RECEIPTS,
    Ledger,
    Receipts,
    Settings,
    beside,
    embedded,
    migrate,
    migrate_keys,
    open_ledger,
    open_receipts,
)
from domain.ledger.schema import Schema
from domain.ledger.settings import BESIDE, KEYS
from tests.by_night import BY_NIGHT

EMBEDDED = Path(__file__).parent.parent / ".setai" / "test"
BOOK = "_receipts"
"""The 閲覧簿 of a database has its name, with this behind it."""
MakeDatabase = Callable[..., str]

_PATIENT = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("every-run", _PATIENT, derandomize=True)
settings.register_profile("nightly", _PATIENT, max_examples=1000)
settings.load_profile("nightly" if BY_NIGHT else "every-run")


@pytest.fixture(scope="session")
def nightly() -> int:
    """How many times the usual count a fault test repeats: 1, or SETAI_NIGHTLY_FACTOR by night."""
    return int(os.environ.get("SETAI_NIGHTLY_FACTOR", "20")) if BY_NIGHT else 1


@pytest.fixture(scope="session")
def server_url() -> str:
    """A database of the server, good for creating others."""
    return os.environ.get("SETAI_DATABASE_URL") or embedded(EMBEDDED)


@pytest.fixture(scope="session")
def bare_database(server_url: str) -> Iterator[MakeDatabase]:
    """Makes databases, empty or copied from a template, and drops them in the end."""
    made: list[str] = []
    session, numbers = uuid4().hex[:8], count(1)

    def make(template: str = "template0", name: str | None = None) -> str:
        name = name or f"setai_test_{session}_{next(numbers)}"
        made.append(name)
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}")
        return make_conninfo(server_url, dbname=name)

    yield make
    with psycopg.connect(server_url, autocommit=True) as connection:
        for name in (name + suffix for name in made for suffix in ("", BOOK, BESIDE)):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def make_database(bare_database: MakeDatabase) -> Iterator[MakeDatabase]:
    """Makes migrated databases with their keys, in earnest or as a demonstration."""
    templates: dict[bool, str] = {}
    tenants: list[UUID] = []

    def make(*, demonstration: bool = False) -> str:
        if demonstration not in templates:
            url = bare_database()
            tenants.append(migrate(url, demonstration=demonstration))
            migrate_keys(Settings(url), tenants[-1])
            templates[demonstration] = _name(url)
        made = bare_database(templates[demonstration])
        bare_database(templates[demonstration] + BESIDE, _name(made) + BESIDE)
        return made

    yield make
    for tenant in tenants:
        shutil.rmtree(KEYS / str(tenant))


@pytest.fixture(scope="session")
def make_book(bare_database: MakeDatabase) -> MakeDatabase:
    """Makes the 閲覧簿 that belongs to a database, in earnest or as a demonstration's."""
    templates: dict[bool, str] = {}

    def make(url: str, *, demonstration: bool = False) -> str:
        if demonstration not in templates:
            template = bare_database()
            migrate(template, RECEIPTS, demonstration=demonstration)
            templates[demonstration] = _name(template)
        return bare_database(templates[demonstration], _name(beside(url, BOOK)))

    return make


def _name(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])


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


@pytest.fixture(scope="module")
def module_book(make_book: MakeDatabase, module_database: str) -> str:
    return make_book(module_database)


@pytest.fixture
def book_url(module_book: str) -> str:
    """The module's 閲覧簿, emptied."""
    empty(module_book, RECEIPTS)
    return module_book


@pytest.fixture
def receipts(book_url: str) -> Iterator[Receipts]:
    """The application over an empty 閲覧簿, as a server has it."""
    opened = open_receipts(Settings(book_url, pool_size=2))
    yield opened
    opened.close()


@pytest.fixture
def followed(book_url: str) -> Iterator[Receipts]:
    """The same 閲覧簿 as whoever follows it sees it."""
    opened = open_receipts(Settings(book_url), role=PROJECTOR)
    yield opened
    opened.close()


_LOCKS = {"ledger": 7363837274, "receipts": 7363837277}


def empty(url: str, schema: Schema = LEDGER) -> None:
    """Empty the logs as only their owner can, who has to put two guards aside first."""
    logs = [f"{schema.name}.{log}" for log in schema.logs if log != "meta"]
    every = ", ".join(logs)
    with psycopg.connect(url) as connection:  # and no append halfway
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCKS[schema.name],))
        connection.execute(f"LOCK TABLE {every}")  # before the catalogue: an autovacuum waits there
        connection.execute(f"GRANT TRUNCATE ON {every} TO setai_owner")
        for log in logs:
            connection.execute(f"ALTER TABLE {log} DISABLE TRIGGER keep_for_ever")
        connection.execute(f"TRUNCATE {every}")
        for log in logs:
            connection.execute(f"ALTER TABLE {log} ENABLE TRIGGER keep_for_ever")
        connection.execute(f"REVOKE TRUNCATE ON {every} FROM setai_owner")
