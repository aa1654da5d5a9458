"""Asking extracts: of both forms, of many at once, in a sentence when it cannot be answered."""

from datetime import datetime
from pathlib import Path
from shutil import copytree

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


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT name FROM persons", "「name」という列はありません。persons の列: person、"),
        ("SELECT p.name FROM persons_as_of(today(), today()) p", "「name」という列はありません。"),
        ("SELECT * FROM person", "「person」という表はありません。表: households、"),
        ("SELECT * FROM person_as_of(1, 2)", "「person_as_of」という表はありません。表:"),
        ("SELECT * FROM elsewhere.persons", "「elsewhere.persons」という表はありません。"),
        ("SELECT howmany(1)", "「howmany」という関数はありません。"),
        ("SELEC 1", "「SELEC」のあたりで、SQL の書き方が違います。"),
        ("SELECT 'a", "引用符や括弧"),
        ("SELECT person, count(*) FROM persons", "列「person」は、GROUP BY に書くか"),
        ("SELECT person FROM persons p, persons q", "列「person」は、いくつもの表にあります。"),
        ("SELECT DATE '2026-13-01'", "「2026-13-01」は、日付や数として読めません。"),
        ("SELECT sum(CAST(person AS VARCHAR)) FROM persons", "種類か数が違います。"),
        ("FROM read_csv('/etc/hostname')", "書き出したフォルダーの表だけです。"),
    ],
)  # fmt: skip
def test_a_wrong_question_is_answered_in_a_sentence(
    extracts: dict[Form, Path], form: Form, query: str, told: str
) -> None:
    with pytest.raises(NotAnswerable) as wrong:
        ask([extracts[form]], query)
    said = str(wrong.value)
    assert told in said
    assert said.startswith("この問い合わせには答えられません。")
    assert said.endswith("書き出しの README.md にあります。")
    assert not [word for word in ("Error", "LINE", "does not", "Candidate") if word in said]


def test_files_that_cannot_be_read_are_said_to_be(
    extracts: dict[Form, Path], tmp_path: Path
) -> None:
    broken = copytree(extracts[Form.PARQUET], tmp_path / "broken")
    for file in broken.rglob("*.parquet"):
        file.write_bytes(b"broken")
    with pytest.raises(NotAnswerable, match="書き出し直してください"):
        ask([broken], "SELECT count(*) FROM persons")
