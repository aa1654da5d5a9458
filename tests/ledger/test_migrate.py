"""The schema comes about once, however many ask for it, and nobody may rewrite the logs."""

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.ledger import (
    LEDGER,
    RECEIPTS,
    NotMigrated,
    Settings,
    UnsafeSettings,
    beside,
    migrate,
    migrate_keys,
    open_ledger,
)
from domain.ledger.datastore import conninfo
from domain.ledger.schema import KEYS, Schema
from domain.ledger.settings import BESIDE
from tests.conftest import MakeDatabase
from tests.ledger.given import Visit, new, stamp, visit

GOLDEN = {
    LEDGER: Path(__file__).parent / "privileges.golden.txt",
    RECEIPTS: Path(__file__).parent / "privileges.receipts.golden.txt",
    KEYS: Path(__file__).parent / "privileges.keys.golden.txt",
}
EVERYBODY = ("public", *dict.fromkeys((*LEDGER.roles, *RECEIPTS.roles, *KEYS.roles)))
LOGS = ("facts", "commands", "refusals")
TABLE_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def migrate_together(together: Barrier, url: str) -> None:
    together.wait()
    migrate(url)


def test_six_processes_may_migrate_at_once(bare_database: MakeDatabase, tmp_path: Path) -> None:
    url = bare_database()
    context = get_context("spawn")
    together = context.Barrier(6)
    processes = [context.Process(target=migrate_together, args=(together, url)) for _ in range(6)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 6
    settings = Settings(url, keys=tmp_path)
    migrate_keys(settings, migrate(url))
    ledger = open_ledger(settings)
    assert ledger.record(visit, Visit(), stamp(), new()).position == 1
    ledger.close()


def test_migrating_again_changes_nothing(database_url: str) -> None:
    before = _dump(database_url)
    migrate(database_url)
    assert _dump(database_url) == before


def test_an_unmigrated_database_is_refused(bare_database: MakeDatabase) -> None:
    with pytest.raises(NotMigrated):
        open_ledger(Settings(bare_database()))


def test_a_database_of_an_earlier_version_is_refused(
    bare_database: MakeDatabase,
) -> None:
    url = bare_database()
    migrate(url)
    with psycopg.connect(url) as owner:
        owner.execute("ALTER TABLE ledger.meta DISABLE TRIGGER keep_for_ever")
        owner.execute("DELETE FROM ledger.meta WHERE key <> 'demonstration'")
    with pytest.raises(NotMigrated):
        open_ledger(Settings(url))


def test_a_database_in_another_encoding_is_refused(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS setai_test_latin")
        admin.execute(
            "CREATE DATABASE setai_test_latin ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0"
        )
        with pytest.raises(UnsafeSettings):
            migrate(make_conninfo(server_url, dbname="setai_test_latin"))
        admin.execute("DROP DATABASE setai_test_latin")


def test_a_ledger_in_earnest_never_becomes_a_demonstration(make_database: MakeDatabase) -> None:
    with pytest.raises(UnsafeSettings):
        migrate(make_database(), demonstration=True)


def test_a_demonstration_stays_one(make_database: MakeDatabase) -> None:
    url = make_database(demonstration=True)
    migrate(url)
    ledger = open_ledger(Settings(url))
    assert ledger.demonstration
    ledger.close()


@pytest.mark.parametrize("log", [*LOGS, "meta"])
@pytest.mark.parametrize("rewrite", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_owner_rewrites_a_log(database_url: str, log: str, rewrite: str) -> None:
    column = {"facts": "topic", "meta": "value"}.get(log, "type")
    with (
        psycopg.connect(database_url) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="never allowed"),
    ):
        owner.execute(rewrite.format(f"ledger.{log}", column, column))


@pytest.mark.parametrize("role", ["setai_api", "setai_projector"])
def test_a_running_role_writes_through_the_functions_alone(database_url: str, role: str) -> None:
    for log in LOGS:
        with (
            psycopg.connect(conninfo(database_url, role)) as running,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            running.execute(f"INSERT INTO ledger.{log} DEFAULT VALUES")


def test_only_a_demonstration_is_given_the_time(database_url: str) -> None:
    call = (
        "SELECT * FROM ledger.append('{0}', '{00000000-0000-4000-8000-000000000001}', '{x}',"
        " '{Visit}', '{\"{}\"}', '{\"{}\"}', '{2026-01-01}', '{0}', '{}', '{}', '{}', '{}', '{}',"
        " '{}', '{}', '{}')"
    )
    with (
        psycopg.connect(conninfo(database_url, "setai_api")) as api,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="demonstration"),
    ):
        api.execute(call)


def test_appending_on_an_old_view_of_the_log_is_refused(database_url: str) -> None:
    call = "SELECT ledger.append(" + ", ".join(["'{}'"] * 16) + ")"
    with psycopg.connect(conninfo(database_url, "setai_api")) as api:
        api.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(psycopg.errors.RaiseException):
            api.execute(call)


def test_the_privileges_are_the_ones_agreed_on(
    make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    """A change here is a change of who may do what: look twice, then write the file anew."""
    url = make_database()
    for schema, at in ((LEDGER, url), (RECEIPTS, make_book(url)), (KEYS, beside(url, BESIDE))):
        assert _privileges(at, schema) == GOLDEN[schema].read_text("utf-8")


def _privileges(url: str, schema: Schema) -> str:
    """Who may do what in a log, one line per thing and role; whoever is not named may nothing."""
    roles = list(EVERYBODY)
    with psycopg.connect(url) as connection:
        tables = connection.execute(
            "SELECT r.role, c.oid::regclass::text, string_agg(p, ' ' ORDER BY n)"
            " FROM unnest(%s::text[]) r (role), pg_class c, unnest(%s::text[])"
            " WITH ORDINALITY rights (p, n)"
            " WHERE c.relnamespace = %s::regnamespace AND c.relkind = 'r'"
            " AND has_table_privilege(r.role, c.oid, p) GROUP BY 1, 2 ORDER BY 2, 1",
            (roles, list(TABLE_RIGHTS), schema.name),
        ).fetchall()
        functions = connection.execute(
            "SELECT r.role, p.proname || '()', 'EXECUTE'"
            " FROM unnest(%s::text[]) r (role), pg_proc p"
            " WHERE p.pronamespace = %s::regnamespace"
            " AND has_function_privilege(r.role, p.oid, 'EXECUTE') ORDER BY 2, 1",
            (roles, schema.name),
        ).fetchall()
        definers = connection.execute(
            "SELECT pg_get_userbyid(proowner), proname || '()',"
            " CASE WHEN prosecdef THEN 'runs as owner ' ELSE '' END || proconfig::text"
            " FROM pg_proc WHERE pronamespace = %s::regnamespace ORDER BY 2",
            (schema.name,),
        ).fetchall()
        schemas = connection.execute(
            "SELECT r.role, n.nspname, string_agg(p, ' ' ORDER BY p)"
            " FROM unnest(%s::text[]) r (role),"
            " pg_namespace n, unnest('{CREATE,USAGE}'::text[]) p"
            " WHERE n.nspname IN (%s, 'projections', 'public')"
            " AND has_schema_privilege(r.role, n.oid, p) GROUP BY 1, 2 ORDER BY 2, 1",
            (roles, schema.name),
        ).fetchall()
    lines = [*schemas, *tables, *functions, *definers]
    return "".join(f"{thing:<20} {role:<16} {rights}\n" for role, thing, rights in lines)


def _dump(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        objects = (
            "SELECT oid, xmin::text FROM pg_class UNION ALL SELECT oid, xmin::text FROM pg_proc"
        )
        return sorted(connection.execute(objects).fetchall())
