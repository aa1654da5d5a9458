"""Safety (安全の確認): what must hold before the first command is taken, or the ledger does not start."""

from collections.abc import Mapping

import psycopg

from domain.ledger.failures import NotMigrated, UnsafeSettings
from domain.ledger.migrate import LATEST

_OLDEST = 150000
_YES = ("y", "yes", "t", "true", "on", "1")
_FORBIDDEN = {
    "POSTGRES_ENABLE_DB_FUNCTIONS": "facts would commit out of order and readers miss some",
    "CREATE_TABLE": "the schema is made by `setai migrate` alone",
}
_LOGS = ("facts", "commands", "refusals", "meta")
_SERVER = """
    SELECT name, setting FROM pg_settings WHERE name IN ('server_version_num', 'server_encoding',
        'fsync', 'full_page_writes', 'synchronous_commit', 'session_replication_role',
        'transaction_isolation')
"""


def check_environment(environment: Mapping[str, str]) -> None:
    """Refuse settings of the underlying library that would lose facts, whatever prefix they carry."""
    for name, value in environment.items():
        for forbidden, reason in _FORBIDDEN.items():
            if name.upper().endswith(forbidden) and value.strip().lower() in _YES:
                raise UnsafeSettings(f"{name}={value}: {reason}")


def check_server(connection: psycopg.Connection) -> None:
    """Refuse a server that could forget what it acknowledged."""
    settings = dict(connection.execute(_SERVER).fetchall())
    if int(settings["server_version_num"]) < _OLDEST:
        raise UnsafeSettings("PostgreSQL 15 or newer is needed")
    wanted = {
        "server_encoding": ("UTF8",),
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
        "session_replication_role": ("origin",),
        "transaction_isolation": ("read committed",),
    }
    for name, allowed in wanted.items():
        if settings[name] not in allowed:
            raise UnsafeSettings(f"{name} is {settings[name]}; allowed: {', '.join(allowed)}")


def check_schema(connection: psycopg.Connection) -> None:
    """Refuse a database without this version's ledger, or one whose logs this role could rewrite."""
    query = "SELECT value FROM ledger.meta WHERE key = %s"
    try:
        row = connection.execute(query, (LATEST,)).fetchone()
    except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege) as missing:
        raise NotMigrated from missing
    if row is None:
        raise NotMigrated
    for table in _LOGS:
        for right in ("UPDATE", "DELETE", "TRUNCATE"):
            held = connection.execute(
                "SELECT has_table_privilege(%s, %s)", (f"ledger.{table}", right)
            ).fetchone()
            if held == (True,):
                raise UnsafeSettings(f"this role holds {right} on ledger.{table}")
