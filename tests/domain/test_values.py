"""Values are checked where they enter: days, periods, texts."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.unwritable import holds_my_number
from domain.values import (
    READ,
    Command,
    Day,
    Occurred,
    Period,
    Personal,
    PlainText,
    Sealed,
    Value,
    earliest,
    latest,
)

DAY: TypeAdapter[date] = TypeAdapter(Day)
OCCURRED: TypeAdapter[str] = TypeAdapter(Occurred)


class Noted(Value):
    text: Personal


class Say(Command):
    words: dict[str, list[str] | int | None]


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-01",
        "2025/4/1",
        "令和7年4月1日",
        "R7.4.1",
        "令和７年４月１日",
        "r7-04-01",
        "2025年4月1日",
    ],
)
def test_japanese_eras_and_western_years_mean_the_same_day(written: str) -> None:
    assert DAY.validate_python(written) == date(2025, 4, 1)


@pytest.mark.parametrize("written", ["令和元年5月1日", "平成31年5月1日", date(2019, 5, 1)])
def test_the_first_year_of_an_era_is_read(written: str | date) -> None:
    assert DAY.validate_python(written) == date(2019, 5, 1)


@pytest.mark.parametrize("written", ["2025-02-30", "きのう", "令和7年13月1日", "", "2025-4-1-1"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        DAY.validate_python(written)


@pytest.mark.parametrize(
    ("written", "kept", "first", "last"),
    [
        ("令和7年", "2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024年2月", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("R7.4.1", "2025-04-01", date(2025, 4, 1), date(2025, 4, 1)),
        ("unknown", "unknown", date.min, date.max),
        (date(2025, 4, 1), "2025-04-01", date(2025, 4, 1), date(2025, 4, 1)),
    ],
)
def test_a_thing_may_have_happened_on_a_day_in_a_month_in_a_year_or_some_time(
    written: str, kept: str, first: date, last: date
) -> None:
    occurred = OCCURRED.validate_python(written)
    assert (occurred, earliest(occurred), latest(occurred)) == (kept, first, last)


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValidationError):
        Period(start=date(2025, 4, 2), end=date(2025, 4, 1))


def test_a_period_covers_both_its_days_and_without_an_end_all_that_follow() -> None:
    month = Period(start=date(2025, 4, 1), end=date(2025, 4, 30))
    assert month.covers(date(2025, 4, 1))
    assert month.covers(date(2025, 4, 30))
    assert not month.covers(date(2025, 5, 1))
    assert Period(start=date(2025, 4, 1)).covers(date(2099, 1, 1))


def test_personal_text_passes_the_sealer_on_its_way_out() -> None:
    noted = Noted(text=Personal("花子"))
    assert noted.model_dump_json(context={"seal": lambda text: f"<{text}>"}) == '{"text":"<花子>"}'
    assert noted.model_dump_json() == '{"text":"花子"}'


@pytest.mark.parametrize("kind", [Personal, PlainText])
@pytest.mark.parametrize("blank", [" ", "　　", "\n\t"])
def test_nothing_but_space_is_no_text_and_what_was_stored_stays_readable(
    kind: type[str], blank: str
) -> None:
    text: TypeAdapter[str] = TypeAdapter(kind)
    with pytest.raises(ValidationError, match="空白だけです"):
        text.validate_python(blank)
    assert text.validate_python(blank, context=READ) == blank
    assert text.validate_json(f'"{" "}"', context=READ) == " "


@pytest.mark.parametrize("wrong", ["", 5, None, "\ud800", " "])
def test_a_text_that_is_none_is_one_mistake_at_its_own_place(wrong: object) -> None:
    with pytest.raises(ValidationError) as refused:
        Noted.model_validate({"text": wrong})
    [mistake] = refused.value.errors()
    assert mistake["loc"] == ("text",)


def test_a_text_that_was_read_stays_sealed_where_it_is_copied() -> None:
    read = Noted.model_validate_json('{"text": "花子"}', context=READ)
    assert isinstance(Noted(text=read.text).text, Sealed)
    assert not isinstance(Noted(text=Personal("花子")).text, Sealed)


def test_an_error_never_repeats_what_was_given() -> None:
    with pytest.raises(ValidationError) as refused:
        Noted.model_validate({"text": 5, "秘密": "花子"})
    assert "花子" not in str(refused.value)


@pytest.mark.parametrize(
    "written",
    [
        "123456789018",
        "1234 5678 9018",
        "１２３４　５６７８　９０１８",
        "1234-5678-9018",
        "番号は1234ー5678ー9018。",
        "一二三四五六七八九〇一八",
        "番号は一二三四・五六七八・九〇一八です",
    ],
)
def test_my_number_is_recognised_however_it_is_written(written: str) -> None:
    assert holds_my_number(written)


@pytest.mark.parametrize(
    "written",
    [
        *("123456789017", "090-1234-5678", "2025-04-01 10:00", "1234567890123"),
        *("一二三四五六七八九〇一七", "二〇二六年四月一日、〇〇町一二三四番地五六七八"),
    ],
)
def test_other_numbers_are_let_through(written: str) -> None:
    assert not holds_my_number(written)


@pytest.mark.parametrize("gap", [" ", "　", "、", "-", "\n"])
def test_the_times_of_a_day_one_after_another_are_no_my_number(gap: str) -> None:
    """One row in nine has by chance the check digit that a My Number would have."""
    taken = [f"{at:02}{past:02}" for at in range(8, 18) for past in range(0, 60, 15)]
    assert not any(holds_my_number(f"訪問 {gap.join(row)}") for row in combinations(taken, 3))


@pytest.mark.parametrize(
    "written", ["1100 1000 1200", "0901 1003 1105", "0900 1030 2500", "090010301300"]
)
def test_what_no_day_takes_in_its_course_is_a_my_number(written: str) -> None:
    """Out of order, to the minute, beyond the clock, or as one number."""
    assert holds_my_number(written)


def _my_number(eleven: list[int]) -> str:
    rest = sum(d * w for d, w in zip(eleven, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], strict=True)) % 11
    return "".join(map(str, [*eleven, 0 if rest <= 1 else 11 - rest]))


@given(st.lists(st.integers(0, 9), min_size=11, max_size=11).map(_my_number))
def test_no_command_takes_a_my_number_in_any_of_its_texts(number: str) -> None:
    for words in ({"a": [f"番号{number}です"]}, {number: None}):
        with pytest.raises(ValidationError):
            Say.model_validate({"words": words})


def test_a_command_takes_no_text_that_cannot_be_stored() -> None:
    with pytest.raises(ValidationError):
        Say.model_validate({"words": {"a": ["x\0y"]}})
    words = {"a": ["よし"], "b": 3, "c": None}
    assert Say.model_validate({"words": words}).words == words
