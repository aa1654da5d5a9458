"""マイナンバー is found whatever stands around it; other numbers of every day stay writable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.unwritable import holds_my_number, unwritable

BETWEEN = st.sampled_from(
    ["", " ", "\t", "\n", "　", "-", "－", "ー", " – ", "・", "･", ".", "/", "_", "、", ", ", "•",
     "\u200b", "\u00ad", "\u2060 "]
)  # fmt: skip
DAYS = st.dates(date(1950, 1, 1), date(2035, 12, 31))
PHONES = st.one_of(
    st.from_regex(r"0[789]0-[0-9]{4}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"0[1-9]-[0-9]{4}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"0[1-9]{3}-[0-9]{2}-[0-9]{4}", fullmatch=True),
    st.from_regex(r"0120-[0-9]{3}-[0-9]{3}", fullmatch=True),
    st.from_regex(r"0[789]0 [0-9]{4} [0-9]{4}", fullmatch=True),
)
EVERY_DAY = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"{day:%Y/%m/%d}"),
    DAYS.map(lambda day: f"{day.year}.{day.month}.{day.day}"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    DAYS.map(lambda day: f"{day:%Y%m%d}"),
    DAYS.map(lambda day: f"{day.year}年{day.month}月{day.day}日 10:30"),
    DAYS.map(lambda day: f"{day:%Y-%m-%d}T10:30:00+09:00"),
    PHONES,
    st.from_regex(r"〒[0-9]{3}-[0-9]{4}", fullmatch=True),
    st.integers(0, 10**10).map(lambda yen: f"{yen:,}円"),
    st.integers(1950, 2035).map(str),
    st.uuids().map(str),
    st.from_regex(r"[0-9]{8}-[0-9]{4}-4[0-9]{3}-8[0-9]{3}-[0-9]{12}", fullmatch=True),
)


def _my_number(eleven: list[int]) -> str:
    rest = sum(d * w for d, w in zip(eleven, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], strict=True)) % 11
    return "".join(map(str, [*eleven, 0 if rest <= 1 else 11 - rest]))


def _like_a_year(number: str) -> bool:
    """One in a thousand may be read as days or years, and is let through in groups."""
    return any(number[at : at + 2] in ("19", "20") for at in (0, 4, 8))


MY_NUMBERS = st.lists(st.integers(0, 9), min_size=11, max_size=11).map(_my_number)


@given(
    MY_NUMBERS.filter(lambda number: not _like_a_year(number)),
    BETWEEN,
    BETWEEN,
    st.sampled_from(["", "2026年", "1 ", "TEL 0797-31-2121 ", "2026-01-03、"]),
    st.sampled_from(["", " 2026年", "\t1958", "、0797-31-2121", " 2026-01-03", "-1", "です"]),
)
def test_a_my_number_is_found_in_fours_or_in_one_whatever_stands_around_it(
    number: str, one: str, other: str, before: str, behind: str
) -> None:
    fours = one.join([number[:4], number[4:8]]) + other + number[8:]
    assert holds_my_number(f"{before}{fours}{behind}")
    assert holds_my_number(f"{before}{number}{behind}")


@pytest.mark.parametrize(
    "written",
    ["1111 1234 5678 9018", "12 34 56 78 90 18", "123 456 789 018", "1 2 3 4 5 6 7 8 9 0 1 8",
     "12\u200b34567\u00ad89018", "123456789018 1958", "2026-01-03 12 34 56 78 90 18"],
)  # fmt: skip
def test_a_my_number_is_found_in_other_groups_and_behind_unseen_signs(written: str) -> None:
    assert holds_my_number(written)


@given(st.lists(EVERY_DAY, min_size=1, max_size=4), st.sampled_from([" ", "、", "\n", " / "]))
def test_days_times_telephones_postal_codes_amounts_and_ids_may_stand_together(
    told: list[str], between: str
) -> None:
    assert not holds_my_number(between.join(told))


@pytest.mark.parametrize(
    "written",
    ["123456789017", "1234 5678 9017", "1234567890185", "1,234,567,890", "2024、2025、2027"],
)
def test_twelve_digits_are_no_my_number_by_themselves(written: str) -> None:
    assert not holds_my_number(written)


def test_no_number_reaches_from_one_text_into_another() -> None:
    assert unwritable(["1234", "5678", "9018"]) is None
    assert unwritable({"a": "1234 5678 9018"})
    assert unwritable({"id": "12345678-1234-5678-9018-123456789018"}) is None


@pytest.mark.parametrize("sign", ["\0", "\a", "\b", "\x1b", "\x7f", "\x9b", "\u202e", "\u2066"])
def test_signs_that_change_how_a_text_is_shown_are_not_kept(sign: str) -> None:
    """The records would read otherwise than they are."""
    said = unwritable({"narrative": [{"text": f"口座の名義は{sign}母"}]})
    assert said is not None
    assert f"(U+{ord(sign):04X})" in said


def test_lines_tabs_and_the_signs_of_writing_are() -> None:
    """Rare variants of a kanji, joined signs and the right-to-left names of others among them."""
    text = "一行目\r\n\t二行目\u3000辻\U000e0100さん 👨\u200d👩\u200d👧 \u200fمريم\u200f"
    assert unwritable({"narrative": text}) is None
