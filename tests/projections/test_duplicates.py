"""Two records of one person are found however they were written."""

from datetime import date
from uuid import UUID

import pytest

from domain.gate import Reader
from domain.values import Capacity, Role, StaffId
from projections.duplicates import (
    DuplicateIndex,
    Opened,
    Reason,
    place,
    plain_address,
    possible_duplicates,
)
from projections.spelling import plain_phone, whole

ONE, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))


def reader(role: Role) -> Reader:
    capacity = Capacity(agency="shimin", desk="nayose", role=role)
    return Reader(StaffId(ONE), capacity, date(2026, 4, 1))


@pytest.mark.parametrize("written", ["ｱｼﾔ ｼﾞｮｳｼﾞ", "アシヤ　ジョウジ", "あしや じょうじ"])
def test_kana_of_any_width_and_spacing_is_the_same(written: str) -> None:
    assert whole(written) == "アシヤジヨウジ"


@pytest.mark.parametrize(
    "written", ["０９０－１２３４－５６７８", "090 1234 5678", "+81 90-1234-5678"]
)
def test_a_phone_number_is_its_digits(written: str) -> None:
    assert plain_phone(written) == "09012345678"


@pytest.mark.parametrize(
    "written", ["精道町一丁目2番3号", "精道町１丁目２－３", "精道町1-2-3", "精道町 1ー2ー3"]
)
def test_an_address_reads_alike_however_its_numbers_are_written(written: str) -> None:
    assert plain_address(written) == "精道町1-2-3"


def test_kana_and_birth_date_make_a_pair() -> None:
    people = [
        Opened(ONE, kana="アシヤ ハナコ", birth_date="1990-01-01"),
        Opened(OTHER, kana="ｱｼﾔﾊﾅｺ", birth_date="1990-01-01"),
        Opened(THIRD, kana="アシヤハナコ", birth_date="1991-01-01"),
    ]
    assert possible_duplicates(people) == [(ONE, OTHER, (Reason.KANA_AND_BIRTH,))]


def test_more_reasons_come_first() -> None:
    address = ("精道町1-2",)
    people = [
        Opened(ONE, kana="ア", birth_date="1990-01-01", phones=("090-1111-2222",)),
        Opened(OTHER, phones=("09011112222",)),
        Opened(THIRD, kana="ア", birth_date="1990-01-01", addresses=address),
        Opened(UUID(int=4), kana="ア", birth_date="1990-01-01", addresses=address),
    ]
    pairs = possible_duplicates(people)
    assert pairs[0].reasons == (
        Reason.BIRTH_AND_ADDRESS,
        Reason.KANA_AND_ADDRESS,
        Reason.KANA_AND_BIRTH,
    )
    assert pairs[-1].reasons


def test_short_numbers_and_missing_data_say_nothing() -> None:
    people = [Opened(ONE, phones=("119",)), Opened(OTHER, phones=("119",)), Opened(THIRD)]
    assert possible_duplicates(people) == []


def test_what_is_known_now_takes_the_place_of_what_was_known() -> None:
    index = DuplicateIndex()
    index.put(Opened(ONE, phones=("0797-11-2222",)))
    index.put(Opened(OTHER, phones=("0797112222",)))
    assert len(index.all_pairs()) == 1
    index.put(Opened(OTHER, phones=("0797113333",)))
    assert index.all_pairs() == []
    index.drop(THIRD)


def test_only_the_identity_desk_is_shown_pairs() -> None:
    index = DuplicateIndex()
    for person in (ONE, OTHER, THIRD):
        index.put(Opened(person, phones=("0797112222",)))
    assert index.pairs(reader=reader(Role.COUNSELLOR)) == []
    first = index.pairs(reader=reader(Role.IDENTITY), limit=2)
    rest = index.pairs(reader=reader(Role.IDENTITY), after=place(first[-1]), limit=2)
    assert [(pair.one, pair.other) for pair in [*first, *rest]] == [
        (ONE, OTHER),
        (ONE, THIRD),
        (OTHER, THIRD),
    ]
