"""The exact figures: to 分析担当 alone, for a named recipient, written down before they leave."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pyarrow import parquet as pq
from typer.testing import CliRunner

from api.commands import app
from domain.events.viewing import ReadRefused, RecordsShown
from domain.ledger import AUDITOR, Settings, open_receipts
from replays.statistics.tables import TABLES
from tests.api.audit.desk import AUDIT
from tests.api.test_receipts import Today, taken_in, today
from tests.api.town import Town, problem

__all__ = ["today"]
ANALYST = "honda"
COUNTING = {"Setai-Purpose": "statistics"}
YESTERDAY = date.today() - timedelta(days=1)  # noqa: DTZ011 - a day that is over everywhere
PERIOD = f"{YESTERDAY - timedelta(days=30)}/{YESTERDAY + timedelta(days=30)}"
TO = "recipient=report-recipients-1&basis=report-bases-1"
ASKED = f"/statistics?period={PERIOD}&closing={YESTERDAY}&{TO}"


def told(town: Town, path: str = ASKED) -> Any:
    answered = town.get(path, ANALYST, **COUNTING)
    assert answered.status_code == 200, answered.text
    return answered.json()


def figures(body: Any) -> dict[str, Any]:
    return {each["id"]: each for each in body["figures"]}


def test_what_was_recorded_today_is_known_now_and_was_not_when_the_books_closed(
    town: Town,
) -> None:
    before = figures(told(town))["consultations"]["now"]
    taken_in(town)
    after = figures(told(town))["consultations"]
    assert (after["closed"], after["now"]) == (0, before + 1)


def test_the_figures_are_written_down_with_recipient_basis_and_digest(
    town: Town, today: Today
) -> None:
    body = told(town)
    receipt = today(ANALYST)[-1]
    assert isinstance(receipt, RecordsShown)
    assert (receipt.view, receipt.purpose, receipt.digest) == (
        "statistics",
        "statistics",
        body["digest"],
    )
    assert receipt.asked == {
        "period": PERIOD,
        "closing": str(YESTERDAY),
        "recipient": "report-recipients-1",
        "basis": "report-bases-1",
    }
    assert not receipt.items


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_figures_say_where_that_is_written_down(town: Town, form: str) -> None:
    answered = town.get(f"{ASKED}&format={form}", ANALYST, **COUNTING)
    told = town.get(f"/audit/receipts/{answered.headers['Setai-Receipt']}", "ito", **AUDIT)
    assert told.json()["view"] == "statistics"


def test_the_figures_hold_no_word_about_anybody(town: Town) -> None:
    household, ids = taken_in(town)
    answered = town.get(ASKED, ANALYST, **COUNTING).text
    for hidden in (household, *ids.values(), "息子の仕事"):
        assert hidden not in answered


@pytest.mark.parametrize("staff", ["tanaka", "suzuki", "ito", "admin"])
def test_nobody_else_is_given_them_and_the_attempt_is_recorded(
    town: Town, today: Today, staff: str
) -> None:
    problem(town.get(ASKED, staff, **COUNTING), 403, "RoleNeeded")
    refused = today(staff)[-1]
    assert isinstance(refused, ReadRefused)
    assert (refused.view, refused.rule) == ("statistics", "role-needed")


def test_they_are_given_for_statistics_alone(town: Town) -> None:
    problem(town.get(ASKED, ANALYST), 400, "PurposeNeeded")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"period=someday&closing={YESTERDAY}&{TO}", "PeriodNotRead"),
        (f"period={PERIOD}&closing=2999-01-01&{TO}", "ClosingAhead"),
        (f"period={PERIOD}&closing=2001-01-01&{TO}", "ClosingTooEarly"),
        (f"period={PERIOD}&closing=never&{TO}", "Invalid"),
        (f"period={PERIOD}&closing={YESTERDAY}&recipient=me&basis=report-bases-1", "UnknownCode"),
        (f"period={PERIOD}&closing={YESTERDAY}&recipient=report-recipients-1", "Invalid"),
    ],
)
def test_what_cannot_be_counted_is_said_in_japanese(town: Town, query: str, code: str) -> None:
    found = problem(town.get(f"/statistics?{query}", ANALYST, **COUNTING), 422, code)
    assert any(ord(char) > 0x3000 for char in found["title"])


def test_a_spreadsheet_opens_them(town: Town) -> None:
    answered = town.get(f"{ASKED}&format=csv", ANALYST, **COUNTING)
    assert answered.headers["content-type"].startswith("text/csv")
    lines = answered.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("数値,内訳,数え方,単位,締め日,いま,増減,目標,達成")
    assert any(line.startswith("新規相談受付,,実,世帯,") for line in lines)


def test_tables_are_published_by_the_analyst_alone_and_read_by_all(town: Town) -> None:
    year = YESTERDAY.year - 2
    body = {"year": year, "closing": f"{year + 1}-05-31"}
    problem(town.post("/statistics/publications", body, "tanaka"), 403, "RoleNeeded")
    key = {"Idempotency-Key": str(uuid4())}
    first = town.post("/statistics/publications", body, ANALYST, **key)
    assert first.status_code == 201, first.text
    again = town.post("/statistics/publications", body, ANALYST, **key)
    assert again.headers["Setai-Repeated"] == "true"
    problem(town.post("/statistics/publications", body, ANALYST), 409, "NothingNewToPublish")
    read = town.get(f"/statistics/publications?year={year}", "tanaka")
    tables = {table["table"]: table for table in read.json()["tables"]}
    assert tables.keys() == {table.id for table in TABLES}
    assert all("0はそのまま" in table["hidden"] for table in tables.values())
    assert tables["new-people"]["cells"] == [{"key": [], "labels": [], "count": 0}]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"year": YESTERDAY.year, "closing": str(YESTERDAY)}, "YearNotOver"),
        ({"year": 2020, "closing": "2999-01-01"}, "InTheFuture"),
        ({"year": 2020, "closing": "9999-12-31"}, "InTheFuture"),
    ],
)
def test_a_year_that_is_not_over_is_not_published(town: Town, body: Any, code: str) -> None:
    problem(town.post("/statistics/publications", body, ANALYST), 409, code)


def test_the_command_shows_what_was_published(
    town: Town, module_database: str, module_book: str
) -> None:
    town.post("/statistics/publications", {"year": 2020, "closing": "2021-05-31"}, ANALYST)
    environment = {"SETAI_DATABASE_URL": module_database, "SETAI_RECEIPTS_URL": module_book}
    done = CliRunner().invoke(app, ["publications", "--year", "2020"], env=environment)
    assert done.exit_code == 0, done.output
    assert "2020年度 新規相談の世帯の人" in done.stdout
    machine = CliRunner().invoke(app, ["publications", "--json"], env=environment)
    assert '"new-people-by-route"' in machine.stdout


def run(database: str, book: str, *more: str) -> Any:
    environment = {"SETAI_DATABASE_URL": database, "SETAI_RECEIPTS_URL": book, "COLUMNS": "200"}
    words = ["--period", PERIOD, "--closing", str(YESTERDAY), "--basis", "plan-evaluation"]
    return CliRunner().invoke(app, ["statistics", *words, *more], env=environment)


def test_the_command_prints_a_table_and_writes_down_for_whom(
    town: Town, module_database: str, module_book: str
) -> None:
    taken_in(town)
    done = run(module_database, module_book, "--recipient", "mayor", "--rules")
    assert done.exit_code == 0, done.output
    assert "新規相談受付" in done.stdout
    assert "芦屋市 統計" in done.stdout
    assert "世帯ごとに初めての相談受付" in done.stdout
    book = open_receipts(Settings(module_book), role=AUDITOR)
    try:
        rows = [row[3] for row in book.page(0, 10_000)]
        assert any(b'"operator"' in row and b'"mayor"' in row for row in rows)
    finally:
        book.close()


def test_the_command_writes_for_machines(
    module_database: str, module_book: str, tmp_path: Path
) -> None:
    file = tmp_path / "figures.parquet"
    nowhere = ("--parquet", str(tmp_path / "nowhere" / "a"))
    done = run(module_database, module_book, "--recipient", "mayor", *nowhere)
    assert (done.exit_code, "フォルダー" in done.output) == (2, True)
    done = run(module_database, module_book, "--recipient", "mayor", "--parquet", str(file))
    assert done.exit_code == 0, done.output
    targets = pq.read_table(file).column("目標").to_pylist()
    assert sum(target is not None for target in targets) == 9
    told = run(module_database, module_book, "--recipient", "mayor", "--json").stdout
    assert '"kpi-ibasho"' in told
    assert (
        "新規相談受付" in run(module_database, module_book, "--recipient", "mayor", "--csv").stdout
    )


def test_the_command_says_what_is_wrong(module_database: str, module_book: str) -> None:
    done = run(module_database, module_book, "--recipient", "me")
    assert done.exit_code == 1
    assert "mhlw" in done.output
    done = run(module_database, module_book, "--recipient", "mayor", "--closing", "someday")
    assert (done.exit_code, "日付として読めません" in done.output) == (2, True)


def test_the_command_takes_the_day_in_the_japanese_era(
    module_database: str, module_book: str
) -> None:
    day = f"令和{YESTERDAY.year - 2018}年{YESTERDAY.month}月{YESTERDAY.day}日"
    done = run(module_database, module_book, "--recipient", "mayor", "--closing", day)
    assert (done.exit_code, str(YESTERDAY) in done.stdout) == (0, True)
