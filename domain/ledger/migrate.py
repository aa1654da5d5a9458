"""Migration (移行): the one way a schema comes about, run by the owner, once or many times."""

from uuid import UUID, uuid4

import psycopg

from domain.ledger.failures import UnsafeSettings
from domain.ledger.schema import LEDGER, OWNER, Schema

_LOCK = "SELECT pg_advisory_xact_lock(7363837273)"
_TENANT = "tenant"
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


def migrate(
    url: str, schema: Schema = LEDGER, *, demonstration: bool = False, tenant: UUID | None = None
) -> UUID:
    """Bring a database to this version; `demonstration` marks a new one as such for good.

    The answer is the id of the municipality whose database it is: random for a new ledger, and
    given to the databases beside it.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.info.encoding != "utf-8":
            raise UnsafeSettings("the database must be UTF8")
        for role in schema.roles:
            connection.execute(_ROLE.format(role=role))
        with connection.transaction():
            connection.execute(_LOCK)
            _bring_up(connection, schema, "yes" if demonstration else "no")
            return _belongs(connection, schema, tenant)


def _bring_up(connection: psycopg.Connection, schema: Schema, demonstration: str) -> None:
    for role in schema.roles:
        connection.execute(_MEMBER.format(role=role))
    if not _value(connection, schema, "demonstration"):
        connection.execute(schema.foundation)
        connection.execute(f"SET ROLE {OWNER}")
        _mark(connection, schema, "demonstration", demonstration)
    if _value(connection, schema, "demonstration") != demonstration and demonstration == "yes":
        raise UnsafeSettings("a ledger in earnest never becomes a demonstration")
    connection.execute(f"SET ROLE {OWNER}")
    for entry in schema.migrations:
        name = entry.name.removesuffix(".sql")
        if not _value(connection, schema, name):
            connection.execute(entry.read_text("utf-8"))
            _mark(connection, schema, name, "applied")
    connection.execute("RESET ROLE")


def _belongs(connection: psycopg.Connection, schema: Schema, tenant: UUID | None) -> UUID:
    known = _value(connection, schema, _TENANT)
    if known and tenant and known != str(tenant):
        raise UnsafeSettings(f"the {schema.name} belong to another ledger")
    if known is None:
        _nothing_in_the_clear(connection, schema)
        _mark(connection, schema, _TENANT, str(tenant or uuid4()))
    return UUID(_value(connection, schema, _TENANT))


def _nothing_in_the_clear(connection: psycopg.Connection, schema: Schema) -> None:
    """What was recorded before there were seals would be read as broken ones."""
    if schema is LEDGER and connection.execute("SELECT 1 FROM ledger.facts LIMIT 1").fetchone():
        raise UnsafeSettings("these facts are not sealed; begin with an empty database")


def _mark(connection: psycopg.Connection, schema: Schema, key: str, value: str) -> None:
    query = f"INSERT INTO {schema.name}.meta VALUES (%s, %s) ON CONFLICT DO NOTHING"  # noqa: S608
    connection.execute(query, (key, value))


def _value(connection: psycopg.Connection, schema: Schema, key: str) -> str | None:
    meta = f"{schema.name}.meta"
    exists = connection.execute("SELECT to_regclass(%s) IS NOT NULL", (meta,)).fetchone()
    if exists != (True,):
        return None
    query = f"SELECT value FROM {meta} WHERE key = %s"  # noqa: S608
    row = connection.execute(query, (key,)).fetchone()
    return row[0] if row else None
