"""Migration (移行): the one way the schema comes about, run by the owner, once or many times."""

from importlib.resources import files

import psycopg

from domain.ledger.failures import UnsafeSettings

MIGRATIONS = sorted(
    (entry for entry in files("domain.ledger").joinpath("migrations").iterdir()),
    key=lambda entry: entry.name,
)
LATEST = MIGRATIONS[-1].name.removesuffix(".sql")
ROLES = ("setai_owner", "setai_api", "setai_projector")
_LOCK = "SELECT pg_advisory_xact_lock(7363837273)"
_ROLE = """
DO $body$ BEGIN
    CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $body$
"""
_MEMBER = """
DO $body$ BEGIN
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN GRANT {role} TO CURRENT_USER; END IF;
END $body$
"""
_FOUNDATION = """
CREATE SCHEMA IF NOT EXISTS ledger AUTHORIZATION setai_owner;
CREATE SCHEMA IF NOT EXISTS projections AUTHORIZATION setai_projector;
GRANT USAGE ON SCHEMA projections TO setai_api;
ALTER DEFAULT PRIVILEGES FOR ROLE setai_projector IN SCHEMA projections
    GRANT SELECT ON TABLES TO setai_api;
CREATE TABLE IF NOT EXISTS ledger.meta (key text PRIMARY KEY, value text NOT NULL);
ALTER TABLE ledger.meta OWNER TO setai_owner
"""
_MARK = "INSERT INTO ledger.meta VALUES (%s, %s) ON CONFLICT DO NOTHING"


def migrate(url: str, *, demonstration: bool = False) -> None:
    """Bring a database to this version; `demonstration` marks a new one as such for good."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.info.encoding != "utf-8":
            raise UnsafeSettings("the database must be UTF8")
        for role in ROLES:
            connection.execute(_ROLE.format(role=role))
        with connection.transaction():
            connection.execute(_LOCK)
            _bring_up(connection, "yes" if demonstration else "no")


def _bring_up(connection: psycopg.Connection, demonstration: str) -> None:
    for role in ROLES:
        connection.execute(_MEMBER.format(role=role))
    if not _value(connection, "demonstration"):
        connection.execute(_FOUNDATION)
        connection.execute("SET ROLE setai_owner")
        connection.execute(_MARK, ("demonstration", demonstration))
    if _value(connection, "demonstration") != demonstration and demonstration == "yes":
        raise UnsafeSettings("a ledger in earnest never becomes a demonstration")
    connection.execute("SET ROLE setai_owner")
    for entry in MIGRATIONS:
        name = entry.name.removesuffix(".sql")
        if not _value(connection, name):
            connection.execute(entry.read_text("utf-8"))
            connection.execute(_MARK, (name, "applied"))
    connection.execute("RESET ROLE")


def _value(connection: psycopg.Connection, key: str) -> str | None:
    exists = connection.execute("SELECT to_regclass('ledger.meta') IS NOT NULL").fetchone()
    if exists != (True,):
        return None
    row = connection.execute("SELECT value FROM ledger.meta WHERE key = %s", (key,)).fetchone()
    return row[0] if row else None
