"""A table that a spreadsheet opens, and never runs."""

from datetime import UTC, datetime

import pytest

from api.sheet import defused, sheet


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠a", " =1"]
)
def test_what_looks_like_a_formula_is_quoted(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["\t=1", "\r=1", "\n=1"])
def test_what_hides_a_formula_behind_a_break_is_quoted(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["母の相談", "2025-04-01", "a=b", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


def test_every_cell_is_defused_and_lines_end_as_a_spreadsheet_expects() -> None:
    at = datetime(2025, 4, 1, 0, 30, tzinfo=UTC)
    told = sheet(
        {"日時": lambda _: at, "名": lambda row: row, "他": lambda _: ["=a", "b"]}, ["=x,y"]
    )
    line = "2025-04-01 09:30:00,\"'=x,y\",'=a、b"
    assert told.decode("utf-8") == f"\ufeff日時,名,他\r\n{line}\r\n"


def test_a_number_that_was_counted_stays_a_number() -> None:
    """Late by so many days; the same as text could be somebody's formula."""
    told = sheet({"残り": lambda row: row}, [-769, 0, -1.5, "-769", [-769]])
    assert told.decode("utf-8-sig").split() == ["残り", "-769", "0", "-1.5", "'-769", "'-769"]
