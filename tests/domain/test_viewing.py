"""What the 閲覧簿 says is a fact like others, and holds no text in the clear."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from domain.events import CATALOGUE
from domain.events.viewing import REMOVED, VIEWINGS, RecordsShown, days_book
from tests.reading import TANAKA, page, shown


def test_reads_are_no_facts_of_the_ledger() -> None:
    assert not VIEWINGS.keys() & CATALOGUE.keys()


@pytest.mark.parametrize("given", ["山田", "Yamada Taro", "a\nb", "x" * 201, 7, None])
def test_what_is_no_plain_code_is_not_kept(given: object) -> None:
    asked = {"household": str(uuid4()), "day": "2026-04-01", "of": given, "山田": "x"}
    kept = RecordsShown.model_validate({**shown().model_dump(), "asked": asked}).asked
    del asked["山田"]
    assert kept == {**asked, "of": REMOVED, REMOVED: "x"}


def test_what_is_asked_in_no_known_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="asked"):
        RecordsShown.model_validate({**shown().model_dump(), "asked": ["household"]})


def test_a_line_reads_as_it_was_written() -> None:
    viewing = page()
    assert RecordsShown.model_validate_json(viewing.model_dump_json()) == viewing


def test_each_staff_member_has_a_book_for_each_day() -> None:
    days = [date(2026, 4, 1), date(2026, 4, 2)]
    books = {days_book(staff, day) for staff in (TANAKA.staff, uuid4()) for day in days}
    assert len(books) == 4
    first = days_book(UUID(int=1), days[0])
    assert first == UUID("73b34fab-bc42-5abc-8e85-c6f4ecb2edc0"), "lines of one day have parted"
