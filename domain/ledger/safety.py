"""Safety (安全の確認): what must hold before the first command, or the ledger does not start."""

from collections.abc import Mapping
from typing import Any

import psycopg

from domain.ledger.failures import NotMigrated, UnsafeSettings
from domain.ledger.schema import LEDGER, Schema

_OLDEST = 150000
_YES = ("y", "yes", "t", "true", "on", "1")
_FORBIDDEN = {
    "POSTGRES_ENABLE_DB_FUNCTIONS": "facts would commit out of order and readers miss some",
    "CREATE_TABLE": "the schema is made by `setai migrate` alone",
}
_SAFE = {
    "server_encoding": ("UTF8",),
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "session_replication_role": ("origin",),
    "transaction_isolation": ("read committed",),
}
_SERVER = "SELECT name, setting FROM pg_settings WHERE name = ANY (%s)"
Connection = psycopg.Connection[tuple[Any, ...]]


def check_environment(environment: Mapping[str, str]) -> None:
    """Refuse settings of the library that would lose facts, whatever prefix they carry."""
    for name, value in environment.items():
        for forbidden, reason in _FORBIDDEN.items():
            if name.upper().endswith(forbidden) and value.strip().lower() in _YES:
                raise UnsafeSettings(f"{name}={value}: {reason}")


def check_server(settings: Mapping[str, str]) -> None:
    """Refuse a server that could forget what it acknowledged."""
    if int(settings["server_version_num"]) < _OLDEST:
        raise UnsafeSettings("PostgreSQL 15 or newer is needed")
    for name, allowed in _SAFE.items():
        if settings[name] not in allowed:
            raise UnsafeSettings(f"{name} is {settings[name]}; allowed: {', '.join(allowed)}")


def server_settings(connection: Connection) -> dict[str, str]:
    return dict(connection.execute(_SERVER, (["server_version_num", *_SAFE],)).fetchall())


def check_schema(connection: Connection, schema: Schema = LEDGER) -> None:
    """Refuse a database without this version's schema, or whose logs this role could rewrite."""
    query = f"SELECT value FROM {schema.name}.meta WHERE key = %s"  # noqa: S608 - our own names
    try:
        row = connection.execute(query, (schema.latest,)).fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege) as missing:
        raise NotMigrated from missing
    if row is None:
        raise NotMigrated
    for table in (f"{schema.name}.{log}" for log in schema.logs):
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            held = connection.execute(
                "SELECT has_table_privilege(%s, %s)", (table, right)
            ).fetchone()
            if held == (True,):
                raise UnsafeSettings(f"this role holds {right} on {table}")
