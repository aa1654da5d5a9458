"""`setai compare`: nothing is found to be as the log has it before it follows the log."""

import json
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner

from api.commands import app
from api.serving import projector
from tests.api.test_commands import FIRST, run
from tests.conftest import MakeDatabase


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys made here are not left in the working copy."""
    monkeypatch.setenv("SETAI_DATA", str(tmp_path))


@pytest.fixture
def unread(bare_database: MakeDatabase) -> str:
    """A ledger with records that no table tells of yet."""
    url = bare_database()
    given = {"SETAI_DATABASE_URL": url, "SETAI_ISSUER": "https://login.example.jp"}
    assert run("migrate", **given)[0] == 0
    assert run(*FIRST, **given)[0] == 0
    return url


def test_tables_of_nothing_are_not_compared(unread: str) -> None:
    for form in ((), ("--json",)):
        code, said = run("compare", "timeline", "staff", *form, SETAI_DATABASE_URL=unread)
        assert (code, "何も反映していない" in said, "setai project" in said) == (1, True, True), (
            said
        )
        assert "differing" not in said
    with projector(unread) as runner:
        runner.catch_up()
    code, said = run("compare", "timeline", "staff", SETAI_DATABASE_URL=unread)
    assert (code, "反映していない" in said) == (0, False), said


def test_what_is_not_followed_yet_is_told(unread: str) -> None:
    with projector(unread) as runner:
        runner.catch_up()
    with psycopg.connect(unread, autocommit=True) as owner:
        owner.execute("UPDATE projections.places SET position = position - 1 WHERE name = 'staff'")
    code, said = run("compare", "staff", "timeline", SETAI_DATABASE_URL=unread)
    assert "まだ反映していない 1 件は確かめません" in said, (code, said)


def test_a_book_that_is_missing_is_called_by_its_name(
    unread: str, bare_database: MakeDatabase
) -> None:
    """It is another database, and another table, than the ledger's."""
    given = {"SETAI_DATABASE_URL": unread, "SETAI_RECEIPTS_URL": bare_database()}
    for words in (("compare",), ("as-of", "city"), ("publications",)):
        code, said = run(*words, **given)
        assert (code, "閲覧簿がありません" in said, "setai migrate" in said) == (1, True, True), (
            said
        )
    code, said = run("compare", SETAI_DATABASE_URL=bare_database())
    assert (code, "台帳がありません" in said) == (1, True), said


def test_a_town_that_was_only_loaded_is_followed_before_it_is_compared(
    bare_database: MakeDatabase, tmp_path: Path
) -> None:
    given = {"SETAI_DATABASE_URL": bare_database()}
    place = str(tmp_path / "town")
    assert run("synthesize", "--out", place, "--households", "3", **given)[0] == 0
    code, said = run("load", place, **given)
    assert code == 0, said
    told = CliRunner().invoke(app, ["compare", "--city", "--json"], env=given)
    found = json.loads(told.stdout)
    assert (told.exit_code, {each["differing"] for each in found}) == (0, {0})
    assert all(each["position"] for each in found if each["name"] != "reads")
