"""A day is read as people write it, or refused with an example; never taken for another day."""

import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.eras import iso
from domain.events import CATALOGUE
from domain.naming import Identity
from domain.values import READ, Day, Occurred, earliest, latest
from tests.domain.test_golden_log import LINES

DAY: TypeAdapter[date] = TypeAdapter(Day)
OCCURRED: TypeAdapter[str] = TypeAdapter(Occurred)
WRITTEN = st.text("0123456789RHSM令和昭平元年月日度.-/ 　０１９－／．T:W", max_size=14)


@given(WRITTEN)
@example("202613")
@example("2026-W01-3")
@example("令和0年")
@example("T14-0")
@example("昭6.1.0")
def test_whatever_is_written_is_a_day_that_there_is_or_is_refused(written: str) -> None:
    try:
        occurred = OCCURRED.validate_python(written)
    except ValidationError:
        return
    assert earliest(occurred) <= latest(occurred)
    assert OCCURRED.validate_python(occurred) == occurred


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20260103", "2026-01-03"),
        ("2026-1-3", "2026-01-03"),
        ("2026.1", "2026-01"),
        ("2026年1月", "2026-01"),
        ("2026年", "2026"),
        ("令和8年4月1日", "2026-04-01"),
        ("令和 ８．４．１", "2026-04-01"),
        ("R8/4/1", "2026-04-01"),
        ("㋿8年4月", "2026-04"),
        ("令8", "2026"),
        ("昭33.4.1", "1958-04-01"),
        ("s33", "1958"),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str, meant: str) -> None:
    assert iso(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "202613",
        "202601",
        "202613日",
        "195813",
        "1958年13日",
        "2026-113",
        "R8.113",
        "2026/1-3",
        "2026-W01-3",
        "12-3",
    ],
)
def test_what_may_mean_several_days_is_refused_with_an_example(written: str) -> None:
    for kind in (DAY, OCCURRED):
        with pytest.raises(ValidationError, match="令和7年4月1日"):
            kind.validate_python(written)


@pytest.mark.parametrize("written", [20250401, 86400, 1.5, True, None, ["2025-04-01"]])
def test_a_number_is_no_day(written: object) -> None:
    with pytest.raises(ValidationError, match="文字列で書いてください"):
        DAY.validate_python(written)


@pytest.mark.parametrize("written", ["2025", "2025-04", "令和7年4月"])
def test_where_a_day_is_needed_a_month_will_not_do(written: str) -> None:
    with pytest.raises(ValidationError, match="日まで書いてください"):
        DAY.validate_python(written)


@pytest.mark.parametrize(
    ("written", "era"),
    [
        ("令和0年", "令和"),
        ("S0.1.1", "昭和"),
        ("S64.1.8", "昭和"),
        ("昭和64年2月", "昭和"),
        ("S99.1.1", "昭和"),
        ("H1.1.7", "平成"),
        ("平成32年", "平成"),
        ("令和元年4月", "令和"),
        ("R1.4.30", "令和"),
        ("大正元年7月29日", "大正"),
        ("M45.7.31", "明治"),
    ],
)
def test_a_day_that_its_era_never_had_is_refused(written: str, era: str) -> None:
    with pytest.raises(ValueError, match=f"{era}にない日付です"):
        iso(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("昭和64年1月7日", "1989-01-07"),
        ("昭和64年", "1989"),
        ("平成元年1月8日", "1989-01-08"),
        ("平成元年1月", "1989-01"),
        ("令和元年5月", "2019-05"),
        ("大正15年12月25日", "1926-12-25"),
        ("昭和元年12月25日", "1926-12-25"),
        ("明治45年7月30日", "1912-07-30"),
        ("大正元年7月30日", "1912-07-30"),
    ],
)
def test_the_first_and_the_last_day_of_an_era_are_read(written: str, meant: str) -> None:
    assert iso(written) == meant


def test_what_papers_of_heisei_call_the_rest_of_2019_is_read() -> None:
    assert (iso("平成31年5月1日"), iso("H31.12.31")) == ("2019-05-01", "2019-12-31")


@pytest.mark.parametrize("written", ["0001-01-01", "1849-12-31", "1849", "0000-01-01"])
def test_nothing_happened_before_anybody_was_born(written: str) -> None:
    with pytest.raises(ValidationError):
        OCCURRED.validate_python(written)
    with pytest.raises(ValidationError):
        Identity.model_validate({"birth_date": written})
    with pytest.raises(ValidationError):
        DAY.validate_python(written)


def test_what_was_stored_before_the_rule_stays_readable() -> None:
    """Nothing recorded is lost: the rule is for what is written now."""
    stored = {name: fact for name, fact in LINES if name in ("PersonNoted", "ConcealmentEnded")}
    for name, fact in stored.items():
        old = {**fact, "occurred_on": "0001-01-01"}
        assert CATALOGUE[name].model_validate_json(json.dumps(old), context=READ).occurred_on
    assert DAY.validate_python("0001-01-01", context=READ) == date.min
