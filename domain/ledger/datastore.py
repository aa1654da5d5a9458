"""Connections (接続): one pool per process and role, whose members survive a restarted server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolTimeout

from domain.ledger.failures import LedgerUnavailable, NotMigrated

SCHEMA = "ledger"
LOST = (psycopg.OperationalError, psycopg.InterfaceError)
_OPTIONS = "-c role={role} -c timezone=UTC -c default_transaction_isolation=read\\ committed"
_UNKNOWN_ROLE = "22023"


def conninfo(url: str, role: str | None) -> str:
    """Where and as whom: every session takes its role from the start and counts time in UTC."""
    options = _OPTIONS.format(role=role) if role else _OPTIONS.replace("-c role={role} ", "")
    return make_conninfo(
        url, options=options, application_name=role or "setai", keepalives_idle=30, tcp_user_timeout=20_000
    )


class Datastore(PostgresDatastore):
    """The library's datastore over a pool of our own making: from a URL, as a role, with recovery."""

    def __init__(
        self, url: str, *, role: str | None, pool_size: int = 8, timeout: float = 5.0
    ) -> None:
        super().__init__("", "", "", "", "", schema=SCHEMA)
        self.conninfo = conninfo(url, role)
        self.timeout = timeout
        self.pool = ConnectionPool(  # type: ignore[assignment]
            self.conninfo,
            kwargs={"row_factory": dict_row, "autocommit": True},
            min_size=1,
            max_size=pool_size,
            open=False,
            timeout=timeout,
            reconnect_timeout=timeout,
            name=role or "setai",
        )

    def register_type_adapters(self) -> None:
        """Nothing to register: the log takes plain arrays, not the library's composite type."""

    @contextmanager
    def session(self) -> Iterator[Connection[Any]]:
        """A connection of the pool; LedgerUnavailable when there is none to be had."""
        self.pool.open()
        try:
            connection = self.pool.getconn()
        except PoolTimeout as timeout:
            raise LedgerUnavailable from timeout
        try:
            yield connection
        finally:
            self.pool.putconn(connection)

    @contextmanager
    def fresh(self) -> Iterator[Connection[Any]]:
        """A connection made just now, also while the server is coming back; LedgerUnavailable if it is not."""
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
                if failed.sqlstate == _UNKNOWN_ROLE or "role" in str(failed):
                    raise NotMigrated from failed
                if time.monotonic() > deadline:
                    raise LedgerUnavailable from failed
            time.sleep(0.1)

    def recover(self) -> None:
        """Replace the connections that died, all at once, as after a restart of the server."""
        with suppress(psycopg.Error):
            self.pool.check()
