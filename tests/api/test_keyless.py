"""Which database a command of the analyst reads: one way of saying it for all of them."""

from contextlib import closing

import psycopg
import pytest
from typer.testing import CliRunner

from api.commands import app
from api.keyless import Where, demo_name
from api.settings import Settings
from domain.ledger import AUDITOR, open_receipts
from domain.ledger import Settings as LedgerSettings
from replays.stories import STORIES
from tests.api.audit.desk import taken_in
from tests.api.town import Town
from tests.conftest import MakeDatabase

HOME = "00000000-0000-0000-0000-000000000007"
READING = (
    ("as-of", "city"),
    ("as-of", "household", HOME),
    ("as-of", "sitting", HOME),
    ("as-of", "difference", HOME, "--from-true-at", "2025-04-01"),
    (
        *("statistics", "--period", "2024", "--closing", "2025-05-31"),
        *("--recipient", "mayor", "--basis", "plan-evaluation"),
    ),
    ("publications",),
    ("extract", "--out", "never-made", "--for", "check"),
    ("compare",),
    ("rejudge",),
)

TRACING = ("statistics", "trace", "新規相談受付", "--period", "2024", "--closing", "2025-05-31")
ASKING = ("ask", "SELECT 1", "--extract", "never-made")


@pytest.fixture(scope="module")
def empty(bare_database: MakeDatabase) -> str:
    return bare_database()


def said(url: str, *words: str, **more: str) -> tuple[int, str]:
    given = {"SETAI_DATABASE_URL": url, "COLUMNS": "300", **more}
    result = CliRunner().invoke(app, list(words), env=given)
    return result.exit_code, result.output


@pytest.mark.parametrize("words", READING)
def test_what_is_missing_is_said_by_what_was_asked_for(empty: str, words: tuple[str, ...]) -> None:
    for option, missing in (("--city", "setai load"), ("--demo", "make run")):
        code, told = said(empty, *words, option)
        assert (code, missing in told) == (1, True), told
    for named in ((), ("--url", empty)):
        code, told = said(empty, *words, *named)
        assert (code, "setai migrate" in told) == (1, True), told


@pytest.mark.parametrize("words", READING)
def test_a_ledger_in_earnest_is_not_taken_for_an_invented_town(
    module_database: str, words: tuple[str, ...]
) -> None:
    """Also where the settings name it for every command."""
    for option, missing in (("--city", "setai load"), ("--demo", "make run")):
        code, told = said(module_database, *words, option)
        assert (code, missing in told) == (1, True), told
    with psycopg.connect(module_database) as connection:
        assert connection.execute("SELECT to_regclass('projections.places')").fetchone() == (None,)


@pytest.mark.parametrize("words", READING)
def test_two_databases_are_not_read_at_once(empty: str, words: tuple[str, ...]) -> None:
    code, told = said(empty, *words, "--demo", "--city")
    assert (code, "どれか一つ" in told) == (2, True), told


@pytest.mark.parametrize("words", [*READING[:5], ("rejudge",), TRACING, ASKING])
def test_what_is_written_is_written_in_one_form(empty: str, words: tuple[str, ...]) -> None:
    """Before anything is read: whoever asked for two would miss one of them."""
    code, told = said(empty, *words, "--json", "--csv")
    assert (code, "--json と --csv は、どちらか一つ" in told) == (2, True), told
    if words is READING[4]:
        code, told = said(empty, *words, "--parquet", "never-made.parquet", "--csv")
        assert (code, "--parquet と --csv は、どちらか一つ" in told) == (2, True), told


def test_a_story_that_changed_is_kept_in_another_database() -> None:
    settings = Settings(database_url="postgresql:///one")
    assert Where(url="postgresql:///other").url_of(settings) == "postgresql:///other"
    assert len({demo_name(story) for story in STORIES}) == len(STORIES)
    assert STORIES["ashiya"].edition in demo_name("ashiya")


@pytest.mark.parametrize("words", [("rejudge",), ("compare", "staff")])
def test_that_somebody_looked_is_written_in_the_book(
    town: Town, module_database: str, module_book: str, words: tuple[str, ...]
) -> None:
    taken_in(town)
    code, told = said(module_database, *words, SETAI_RECEIPTS_URL=module_book)
    assert code == 0, told
    with closing(open_receipts(LedgerSettings(module_book), role=AUDITOR)) as book:
        rows = [row[3] for row in book.page(0, 10_000)]
    assert any(f'"{words[0]}"'.encode() in row and b'"operator"' in row for row in rows)
