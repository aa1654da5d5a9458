"""The ledger does not start where it could lose facts."""

from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.ledger import LedgerUnavailable, NotMigrated, Settings, UnsafeSettings, open_ledger
from domain.ledger.datastore import Datastore
from domain.ledger.safety import check_environment, check_server
from tests.conftest import MakeDatabase

SAFE = {
    "server_version_num": "150000",
    "server_encoding": "UTF8",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "session_replication_role": "origin",
    "transaction_isolation": "read committed",
}


def test_a_safe_server_is_accepted() -> None:
    check_server(SAFE)


@pytest.mark.parametrize(
    "unsafe",
    [
        {"server_version_num": "140017"},
        {"server_encoding": "SQL_ASCII"},
        {"fsync": "off"},
        {"full_page_writes": "off"},
        {"synchronous_commit": "off"},
        {"session_replication_role": "replica"},
        {"transaction_isolation": "repeatable read"},
    ],
)
def test_a_server_that_could_forget_is_refused(unsafe: dict[str, str]) -> None:
    with pytest.raises(UnsafeSettings):
        check_server(SAFE | unsafe)


@pytest.mark.parametrize(
    "name", ["POSTGRES_ENABLE_DB_FUNCTIONS", "LEDGER_POSTGRES_ENABLE_DB_FUNCTIONS", "CREATE_TABLE"]
)
def test_settings_of_the_library_that_lose_facts_are_refused(
    monkeypatch: pytest.MonkeyPatch, database_url: str, name: str
) -> None:
    monkeypatch.setenv(name, "Yes")
    with pytest.raises(UnsafeSettings, match=name):
        open_ledger(Settings(database_url))
    check_environment({name: "no"})


def test_a_database_that_does_not_wait_for_the_disk_is_refused(
    make_database: MakeDatabase,
) -> None:
    url = make_database()
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url) as owner:
        owner.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(UnsafeSettings, match="synchronous_commit"):
        open_ledger(Settings(url))


def test_a_role_that_could_rewrite_the_log_is_refused(make_database: MakeDatabase) -> None:
    url = make_database()
    with psycopg.connect(url) as owner:
        owner.execute("GRANT DELETE ON ledger.facts TO setai_api")
    with pytest.raises(UnsafeSettings, match="DELETE"):
        open_ledger(Settings(url))


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable):
        open_ledger(Settings(f"postgresql:///setai?host={tmp_path}", timeout=0.3))


def test_settings_come_from_the_environment() -> None:
    given = {
        "SETAI_DATABASE_URL": "postgresql://db/setai",
        "SETAI_POOL_SIZE": "3",
        "SETAI_DATABASE_TIMEOUT": "1.5",
        "SETAI_STATES_KEPT": "10",
    }
    assert Settings.of(given) == Settings("postgresql://db/setai", 3, 1.5, 10)
    assert Settings.of({"SETAI_DATABASE_URL": "postgresql:///x"}) == Settings("postgresql:///x")


def test_a_cluster_without_the_roles_is_not_migrated(database_url: str) -> None:
    datastore = Datastore(database_url, role="setai_nobody")
    with pytest.raises(NotMigrated), datastore.fresh():
        pass
