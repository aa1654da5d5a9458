"""Asking extracts: of both forms, of many at once, in a sentence when it cannot be answered."""

from datetime import datetime
from pathlib import Path

import pytest

from domain.ledger import Ledger
from domain.values import JST
from replays.extracts import Commission, Form, Use, extract
from replays.extracts.asking import NoExtract, NotAnswerable, ask
from tests.replays.lived import lived

_MONTH_ENDS = """
    SELECT m.month_end, count(*)
    FROM (SELECT last_day(month)::date AS month_end
          FROM generate_series(DATE '2025-01-01', DATE '2025-06-01', INTERVAL 1 MONTH) s(month)) m,
         households_as_of(m.month_end, DATE '2026-09-30')
    WHERE state = 'open' GROUP BY ALL ORDER BY ALL
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return lived(tmp_path_factory.mktemp("city"), 60)


@pytest.fixture(scope="module")
def extracts(city: Ledger, tmp_path_factory: pytest.TempPathFactory) -> dict[Form, Path]:
    base = tmp_path_factory.mktemp("extracts")
    at = datetime(2026, 10, 1, tzinfo=JST)
    for form in Form:
        made = Commission("ashiya", form, "担当", at, Use.CHECK)
        extract(city, base / form, made, lambda *_: None)
    return {form: base / form for form in Form}


def test_both_forms_answer_a_month_end_series_alike(extracts: dict[Form, Path]) -> None:
    parquet = ask([extracts[Form.PARQUET]], _MONTH_ENDS)
    one_file = ask([extracts[Form.DUCKDB]], _MONTH_ENDS)

    assert parquet == one_file
    assert len(parquet.rows) > 1
    assert parquet.columns[0] == "month_end"


def test_several_are_asked_as_one(extracts: dict[Form, Path]) -> None:
    counted = "SELECT count(*), count(DISTINCT consultation) FROM consultations"

    [(rows, consultations)] = ask([extracts[Form.PARQUET]], counted).rows
    both = ask(list(extracts.values()), counted).rows

    assert both == [(2 * rows, 2 * consultations)]


def test_what_is_no_extract_is_not_asked(tmp_path: Path) -> None:
    with pytest.raises(NoExtract, match="フォルダーではありません"):
        ask([tmp_path], "SELECT 1")


def test_a_wrong_question_is_answered_in_a_sentence(extracts: dict[Form, Path]) -> None:
    with pytest.raises(NotAnswerable, match=r"答えられません.*README"):
        ask([extracts[Form.PARQUET]], "SELECT name FROM persons")
