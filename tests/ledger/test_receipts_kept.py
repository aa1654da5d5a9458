"""The 閲覧簿 is written through one function, rewritten by nobody, and safe or not opened."""

from contextlib import closing
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.ledger import (
    AUDITOR,
    PROJECTOR,
    READER,
    RECEIPTS,
    NotMigrated,
    Receipts,
    ReceiptsUnavailable,
    Settings,
    UnsafeSettings,
    migrate,
    open_receipts,
)
from domain.ledger.datastore import conninfo
from tests.conftest import MakeDatabase
from tests.reading import TANAKA, page

_RECORD = "SELECT * FROM receipts.record(%s, %s, '{x}', '{x}', %s)"


def test_versions_are_given_by_the_database(book_url: str) -> None:
    with (
        psycopg.connect(conninfo(book_url, READER)) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="versions"),
    ):
        reader.execute(_RECORD, ([uuid4()], [5], [None]))


def test_only_a_demonstration_is_given_the_time(book_url: str) -> None:
    with (
        psycopg.connect(conninfo(book_url, READER)) as reader,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="demonstration"),
    ):
        reader.execute(_RECORD, ([uuid4()], [None], [datetime.now(UTC)]))


def test_writing_on_an_old_view_of_the_book_is_refused(book_url: str) -> None:
    with psycopg.connect(conninfo(book_url, READER)) as reader:
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(psycopg.errors.RaiseException):
            reader.execute(_RECORD, ([uuid4()], [None], [None]))


REWRITES = ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}")


@pytest.mark.parametrize("rewrite", REWRITES)
@pytest.mark.parametrize("table", ["viewings", "meta"])
def test_not_even_the_owner_rewrites_it(book_url: str, table: str, rewrite: str) -> None:
    column = {"viewings": "topic", "meta": "value"}[table]
    with (
        psycopg.connect(book_url) as owner,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="never allowed"),
    ):
        owner.execute(rewrite.format(f"receipts.{table}", column, column))


@pytest.mark.parametrize("role", [*RECEIPTS.roles, "setai_api"])
@pytest.mark.parametrize("rewrite", REWRITES)
def test_no_role_rewrites_it(book_url: str, role: str, rewrite: str) -> None:
    with (
        psycopg.connect(conninfo(book_url, role)) as running,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        running.execute(rewrite.format("receipts.viewings", "topic", "topic"))


@pytest.mark.parametrize("role", [READER, PROJECTOR, AUDITOR])
def test_lines_are_written_through_the_function_alone(book_url: str, role: str) -> None:
    with (
        psycopg.connect(conninfo(book_url, role)) as running,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        running.execute("INSERT INTO receipts.viewings DEFAULT VALUES")


def test_who_writes_the_book_cannot_read_it(receipts: Receipts) -> None:
    receipts.commit(TANAKA, page(1))
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        receipts.page(0, 1)


def test_who_follows_the_book_cannot_write_it(followed: Receipts) -> None:
    with pytest.raises(ReceiptsUnavailable):
        followed.commit(TANAKA, page(1))


def test_the_auditor_reads_it(receipts: Receipts, book_url: str) -> None:
    receipts.commit(TANAKA, page(1))
    with closing(open_receipts(Settings(book_url), role=AUDITOR)) as auditor:
        assert auditor.head() == 1
        assert auditor.notification_log.select(start=1, limit=10)[0].topic == "RecordsShown"


def test_a_book_that_was_not_brought_up_is_refused(
    bare_database: MakeDatabase, server_url: str
) -> None:
    with pytest.raises(NotMigrated):
        open_receipts(Settings(bare_database()))
    missing = psycopg.conninfo.make_conninfo(server_url, dbname="setai_test_nowhere")
    with pytest.raises(NotMigrated):
        open_receipts(Settings(missing))


def test_a_book_that_does_not_wait_for_the_disk_is_refused(
    make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    url = make_book(make_database())
    with psycopg.connect(url) as owner:
        name = conninfo_to_dict(url)["dbname"]
        owner.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(UnsafeSettings, match="synchronous_commit"):
        open_receipts(Settings(url))


def test_a_role_that_could_rewrite_the_book_is_refused(
    make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    url = make_book(make_database())
    with psycopg.connect(url) as owner:
        owner.execute("GRANT UPDATE ON receipts.viewings TO setai_reader")
    with pytest.raises(UnsafeSettings, match="UPDATE"):
        open_receipts(Settings(url))


def test_bringing_it_up_again_changes_nothing(book_url: str) -> None:
    migrate(book_url, RECEIPTS)
    with pytest.raises(UnsafeSettings):
        migrate(book_url, RECEIPTS, demonstration=True)
