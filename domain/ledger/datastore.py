"""Connections (接続): one pool per process and role, whose members survive a restarted server."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import POLLIN, poll
from typing import Any, TypeVar

import psycopg
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from domain.ledger.failures import LedgerUnavailable, NotMigrated
from domain.ledger.schema import LEDGER

R = TypeVar("R")

LOST = (psycopg.OperationalError, psycopg.InterfaceError)
_MISSING = re.compile(r'database ".*" does not exist')
_OPTIONS = {
    "timezone": "UTC",
    "lock_timeout": "10s",
    "default_transaction_isolation": "read\\ committed",
}


def conninfo(url: str, role: str) -> str:
    """Where and as whom: a session has its role from the start, so that none is the owner."""
    options = " ".join(f"-c {name}={value}" for name, value in {"role": role, **_OPTIONS}.items())
    limits = {"keepalives_idle": 30, "tcp_user_timeout": 20_000}
    return make_conninfo(url, options=options, application_name=role, **limits)


def heard(connection: Connection[Any]) -> bool:
    """Whether an idle connection has heard anything, which is its end; without asking the server:
    that would take a tenth of what a receipt may.
    """
    listening = poll()
    listening.register(connection.fileno(), POLLIN)
    return bool(listening.poll(0))


class Datastore(PostgresDatastore):
    """The library's datastore over a pool of our own: from a URL, as a role, with recovery."""

    def __init__(
        self,
        url: str,
        *,
        role: str,
        pool_size: int = 8,
        timeout: float = 5.0,
        schema: str = LEDGER.name,
    ) -> None:
        super().__init__("", "", "", "", "", schema=schema)
        self.conninfo = conninfo(url, role)
        self.role = role
        self.timeout = timeout
        self.pool = ConnectionPool(  # type: ignore[assignment]
            self.conninfo,
            kwargs={"row_factory": dict_row, "autocommit": True},
            min_size=1,
            max_size=pool_size,
            open=False,
            timeout=timeout,
            reconnect_timeout=timeout,
            name=role,
        )

    def register_type_adapters(self) -> None:
        """Nothing to register: the log takes plain arrays, not the library's composite type."""

    @contextmanager
    def session(self) -> Iterator[Connection[Any]]:
        """A connection of the pool; LedgerUnavailable when there is none to be had."""
        try:
            self.pool.open()
            connection = self._living()
        except psycopg.OperationalError as none:
            raise LedgerUnavailable from none
        try:
            yield connection
        finally:
            self.pool.putconn(connection)

    def _living(self) -> Connection[Any]:
        """What an idle connection hears is its end: the server was restarted meanwhile."""
        while True:
            connection = self.pool.getconn()
            if not (connection.closed or heard(connection)):
                return connection
            connection.close()
            self.pool.putconn(connection)  # which makes another in its place

    def read(self, query: Callable[[Connection[Any]], R]) -> R:
        """Reading again does no harm: once more when the connection turns out to be dead."""
        try:
            with self.session() as connection:
                return query(connection)
        except LOST:
            self.recover()
        try:
            with self.session() as connection:
                return query(connection)
        except LOST as lost:
            raise LedgerUnavailable from lost

    @contextmanager
    def fresh(self) -> Iterator[Connection[Any]]:
        """A connection made just now; patient for a while with a server that is coming back."""
        connection = self._connect(time.monotonic() + self.timeout)
        try:
            yield connection
        finally:
            connection.close()

    def _connect(self, deadline: float) -> Connection[Any]:
        while True:
            try:
                return psycopg.connect(self.conninfo, autocommit=True, connect_timeout=2)
            except psycopg.OperationalError as failed:
                if f'"{self.role}"' in str(failed) or _MISSING.search(str(failed)):
                    raise NotMigrated from failed
                if time.monotonic() > deadline:
                    raise LedgerUnavailable from failed
            time.sleep(0.1)

    def recover(self) -> None:
        """Replace the connections that died, all at once, as after a restart of the server."""
        with suppress(psycopg.Error):
            self.pool.check()
