"""The ground all measurements stand on: one server of their own, databases that come and go."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from api.profiles import load_profile
from domain.ledger import (
    RECEIPTS,
    Ledger,
    Settings,
    beside,
    embedded,
    migrate,
    migrate_keys,
    open_ledger,
    settle,
)
from domain.ledger.settings import BESIDE
from domain.profile import Profile

DIRECTORY = Path(".setai/bench")
_PREFIX = "bench_"


class Taken(Exception):
    """ほかの測定が動いています。終わるのを待ってください。"""


class Ground:
    def __init__(self) -> None:
        self._alone = _alone()
        self.url = embedded(DIRECTORY / "pg")
        self.profile: Profile = load_profile("ashiya")
        self._numbers = count(1)
        self._drop_all()
        settle()  # as the server does; for the other side of a ratio too

    def _drop_all(self) -> None:
        """What an earlier run left when it was broken off."""
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        with psycopg.connect(self.url, autocommit=True) as connection:
            for (name,) in connection.execute(query, (_PREFIX,)).fetchall():
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def bare(self, template: str = "template0") -> str:
        name = f"{_PREFIX}{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE {template}")
        return make_conninfo(self.url, dbname=name)

    def database(self, *, demonstration: bool = False) -> str:
        url = self.bare()
        tenant = migrate(url, demonstration=demonstration)
        migrate_keys(self.settings(url), tenant)
        migrate(beside(url, "_receipts", made=True), RECEIPTS, demonstration=demonstration)
        return url

    @contextmanager
    def copied(self, url: str) -> Iterator[str]:
        """The same facts once more, for a measurement that uses them up; their keys, if any."""
        copy = self.bare(name_of(url))
        keys, of_copy = name_of(url) + BESIDE, name_of(copy) + BESIDE
        with psycopg.connect(self.url, autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, (keys,)).fetchone():
                connection.execute(f"CREATE DATABASE {of_copy} ENCODING 'UTF8' TEMPLATE {keys}")
        try:
            yield copy
        finally:
            with psycopg.connect(self.url, autocommit=True) as connection:
                for name in (name_of(copy), of_copy):
                    connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def settings(self, url: str, savers: int = 8) -> Settings:
        return Settings(url, pool_size=savers, keys=DIRECTORY / "keys")

    @contextmanager
    def ledger(self, url: str, savers: int = 8) -> Iterator[Ledger]:
        with closing(open_ledger(self.settings(url, savers))) as ledger:
            yield ledger

    @property
    def version(self) -> str:
        with psycopg.connect(self.url) as connection:
            return str(connection.info.parameter_status("server_version"))


def _alone() -> IO[str]:
    """Two runs at once would drop each other's databases, and measure each other."""
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    held = (DIRECTORY / "lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        held.close()
        raise Taken(Taken.__doc__) from taken
    return held


def name_of(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])
