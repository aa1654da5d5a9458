"""Behind every number stand its facts: in codes, to 分析担当 alone, and written down."""

import csv
import json
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from api.commands import app
from domain.events.viewing import ReadRefused, RecordsShown
from domain.ledger import AUDITOR, Settings, open_receipts
from tests.api.audit.desk import recorded
from tests.api.test_receipts import Today, taken_in, today
from tests.api.test_statistics import ANALYST, COUNTING, PERIOD, YESTERDAY
from tests.api.town import Town, problem

__all__ = ["today"]
SPAN = f"period={PERIOD}&closing={YESTERDAY}"


def traced(town: Town, figure: str = "consultations", more: str = "") -> Any:
    path = f"/statistics/trace?figure={figure}&{SPAN}{more}"
    answered = town.get(path, ANALYST, **COUNTING)
    assert answered.status_code == 200, answered.text
    return answered.json()


def test_what_came_after_the_closing_says_so(town: Town) -> None:
    taken_in(town)
    told = traced(town)
    now = [fact for fact in told["facts"] if fact["now"]]
    assert (told["name"], told["closed"], told["now"]) == ("相談受付", 0, len(now))
    assert {fact["why"] for fact in now} == {"late"}
    assert {fact["says"] for fact in now} == {"相談を受け付けた"}
    assert len({fact["number"] for fact in now}) == len(now)


def test_a_part_is_a_part_of_it(town: Town) -> None:
    taken_in(town)
    whole = traced(town)
    part = traced(town, more="&by=fields&code=elderly")
    assert part["label"]
    assert 0 < len(part["facts"]) <= len(whole["facts"])
    names = {fact["pseudonym"] for fact in whole["facts"]}
    assert {fact["pseudonym"] for fact in part["facts"]} <= names


def test_no_id_and_no_word_leaves_and_of_a_protected_home_no_desk(town: Town) -> None:
    household, ids = taken_in(town)
    before = traced(town)["facts"]
    said = json.dumps(before, ensure_ascii=False)
    for hidden in (household, *ids.values(), "息子の仕事"):
        assert hidden not in said
    assert all(fact["agency"] for fact in before)
    person = f"/households/{household}/persons/{ids['person-0']}"
    recorded(town, f"{person}/concealments", {"threat": "dv"}, "mori")
    after = traced(town)["facts"]
    assert len(after) == len(before)
    assert sum(fact["agency"] is None for fact in after) == 1


def test_it_is_written_down_which_number_and_of_whom(town: Town, today: Today) -> None:
    household, _ = taken_in(town)
    traced(town)
    receipt = today(ANALYST)[-1]
    assert isinstance(receipt, RecordsShown)
    assert (receipt.view, receipt.asked["figure"]) == ("statistics-trace", "consultations")
    assert UUID(household) in receipt.households
    assert receipt.digest


@pytest.mark.parametrize("staff", ["tanaka", "suzuki", "ito", "admin"])
def test_nobody_else_is_given_it_and_the_attempt_is_recorded(
    town: Town, today: Today, staff: str
) -> None:
    path = f"/statistics/trace?figure=consultations&{SPAN}"
    problem(town.get(path, staff, **COUNTING), 403, "RoleNeeded")
    refused = today(staff)[-1]
    assert isinstance(refused, ReadRefused)
    assert refused.view == "statistics-trace"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"figure=happiness&{SPAN}", "FigureUnknown"),
        (f"figure=consultations&by=routes&{SPAN}", "FigureUnknown"),
        (f"figure=consultations&by=routes&code=pigeon&{SPAN}", "FigureUnknown"),
        (f"figure=consultations&period={PERIOD}&closing=2999-01-01", "ClosingAhead"),
        (f"figure=consultations&period=someday&closing={YESTERDAY}", "PeriodNotRead"),
    ],
)
def test_what_cannot_be_traced_is_said_in_japanese(town: Town, query: str, code: str) -> None:
    path = f"/statistics/trace?{query}"
    found = problem(town.get(path, ANALYST, **COUNTING), 422, code)
    assert any(ord(char) > 0x3000 for char in found["title"])


def run(database: str, book: str, *words: str) -> Any:
    given = {"SETAI_DATABASE_URL": database, "SETAI_RECEIPTS_URL": book, "COLUMNS": "200"}
    span = ["--period", PERIOD, "--closing", str(YESTERDAY)]
    return CliRunner().invoke(app, ["statistics", "trace", *words, *span], env=given)


def test_the_command_shows_what_the_number_is_made_of(
    town: Town, module_database: str, module_book: str
) -> None:
    household, _ = taken_in(town)
    shown = run(module_database, module_book, "新規相談受付")
    assert shown.exit_code == 0, shown.output
    assert "新規相談受付: 締め日 0 世帯、いま" in shown.stdout
    assert "相談を受け付けた" in shown.stdout
    assert "締めた後に記録" in shown.stdout
    assert "庁外に持ち出さず" in shown.output
    machine = json.loads(run(module_database, module_book, "consultations", "--json").stdout)
    part = run(module_database, module_book, "相談受付", "--part", "高齢", "--csv").stdout
    rows = list(csv.DictReader(StringIO(part.lstrip("\ufeff"))))
    assert machine["now"] == len(machine["facts"])
    assert household in {row["stream"] for row in rows}
    assert {row["fact"] for row in rows} == {"ConsultationReceived"}
    book = open_receipts(Settings(module_book), role=AUDITOR)
    try:
        told = [row[3] for row in book.page(0, 10_000)]
        assert any(b'"statistics-trace"' in row and b'"operator"' in row for row in told)
    finally:
        book.close()


def test_the_command_says_what_may_be_traced(
    town: Town, module_database: str, module_book: str
) -> None:
    taken_in(town)
    for words, told in (
        (("happiness",), "新規相談受付"),
        (("相談受付", "--part", "鳩"), "高齢"),
        (("再開", "--part", "x"), "なし"),
    ):
        done = run(module_database, module_book, *words)
        assert (done.exit_code, told in done.output) == (2, True), done.output
    nothing = run(module_database, module_book, "再開", "--csv").stdout
    assert nothing.lstrip("\ufeff").startswith("number,fact,stream,version,occurred_on,recorded_on")
    bare = CliRunner().invoke(app, ["statistics"], env={"SETAI_DATABASE_URL": module_database})
    assert (bare.exit_code, "--recipient" in bare.output) == (2, True)
