"""The index proposes everybody who is meant, and only those."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.identities import KINDS, Told
from projections.names import Entry, NameIndex, entry
from projections.sought import BEGINS, WHOLE, WITHIN, sought

IDENTITY, CONTACT = KINDS
ONE, OTHER, THIRD = (UUID(int=number) for number in (1, 2, 3))
LETTERS = st.text("田中山川太郎花ヨウコ", min_size=1, max_size=4)
WORDS = LETTERS | st.text("田中ヨウ19０", min_size=1, max_size=4)


def called(
    name: str = "", kana: str = "", born: str = "", phones: tuple[str, ...] = (), version: int = 1
) -> Entry:
    """What one fact says, opened."""
    numbers = {f"phones.{place}": phone for place, phone in enumerate(phones)}
    given = {"name": name, "kana": kana, "birth_date": born, **numbers}
    texts = {path: text for path, text in given.items() if text}
    fields = tuple(path.partition(".")[0] for path in texts)
    told = Told(version, version, (), fields, tuple(texts.items()), None)
    return entry(IDENTITY, told, list(texts.values()))


def at(phone: str) -> Entry:
    """Where somebody is safely called."""
    return entry(CONTACT, Told(3, 3, (), ("phone",), (("phone", "?"),), None), [phone])


def index(people: dict[UUID, tuple[Entry, ...]], *, settled: bool = False) -> NameIndex:
    made = NameIndex()
    for person, entries in people.items():
        made.put(person, IDENTITY, entries)
    if settled:
        for number in range(1000, 1600):
            made.put(UUID(int=number), IDENTITY, ())
        made.settle()
    return made


TANAKA = called("田中 太郎", "タナカ タロウ", "1958-04-01", ("090-1234-5678",))


@pytest.mark.parametrize(
    ("said", "rank"),
    [
        ("田中", WHOLE),
        ("田中太郎", WHOLE),
        ("太郎 田中", WHOLE),
        ("たなか", WHOLE),
        ("田", BEGINS),
        ("中", WITHIN),
        ("タナ", BEGINS),
        ("ナカ", WITHIN),
        ("田中 郎", WITHIN),
        ("090-1234-5678", WHOLE),
        ("5678", WITHIN),
        ("1958-04-01", WHOLE),
        ("昭和33年4月", BEGINS),
        ("S33", BEGINS),
        ("田中 S33.4.1生", WHOLE),
    ],
)
def test_how_well_somebody_is_met(said: str, rank: int) -> None:
    for settled in (False, True):
        assert index({ONE: (TANAKA,)}, settled=settled).find(sought(said)) == [(rank, ONE)]


@pytest.mark.parametrize(
    "said", ["", " ", "・", "タ", "4", "578", "田中 S34", "1958-04-02", "ナタ"]
)
def test_who_is_not_met_is_not_proposed(said: str) -> None:
    for settled in (False, True):
        assert index({ONE: (TANAKA,)}, settled=settled).find(sought(said)) == []


def test_a_single_kana_is_a_name_only_as_a_whole() -> None:
    made = index({ONE: (called("李", "イ"),), OTHER: (called("井田", "イダ"),)})
    assert made.find(sought("イ")) == [(WHOLE, ONE)]
    assert made.find(sought("李")) == [(WHOLE, ONE)]


def test_of_whom_only_the_year_is_known_is_met_by_the_day() -> None:
    noted = entry(IDENTITY, Told(1, 1, (), ("nickname",), (("nickname", "?"),), 1958), ["二階の人"])
    for settled in (False, True):
        made = index({ONE: (noted,)}, settled=settled)
        assert made.find(sought("S33.4.1")) == [(WITHIN, ONE)]
        assert made.find(sought("1958")) == [(WHOLE, ONE)]


def test_digits_in_a_name_are_no_number_and_no_date() -> None:
    made = index({ONE: (called("1958号室の人"),), OTHER: (TANAKA,)})
    assert made.find(sought("1958号室")) == [(BEGINS, ONE)]
    assert made.find(sought("5678")) == [(WITHIN, OTHER)]


def test_all_that_is_known_of_somebody_may_meet_what_is_sought() -> None:
    made = index({ONE: (called("角の人"),)})
    made.put(ONE, CONTACT, (at("0797-31-2121"),))
    assert made.find(sought("角 2121")) == [(WITHIN, ONE)]


def test_what_is_known_now_takes_the_place_of_what_was_known() -> None:
    made = index({ONE: (TANAKA,), OTHER: (TANAKA,)}, settled=True)
    made.put(ONE, IDENTITY, (called("山川 花"),))
    made.put(OTHER, IDENTITY, ())
    assert made.find(sought("田中")) == []
    assert made.find(sought("山川")) == [(WHOLE, ONE)]


def test_what_a_row_says_now_leaves_what_another_says() -> None:
    made = index({ONE: (TANAKA,)})
    for phone in ("0797-31-2121", "0797-31-3434"):
        made.put(ONE, CONTACT, (at(phone),))
    assert made.find(sought("田中 3434")) == [(WITHIN, ONE)]
    assert made.find(sought("2121")) == []
    made.put(ONE, IDENTITY, ())
    assert made.find(sought("田中")) == []
    assert made.find(sought("3434")) == [(WITHIN, ONE)]


def test_only_what_a_reader_may_read_counts() -> None:
    made = index({ONE: (called("旧沼 里"), called("新沼 里", version=2))})
    assert made.rank(ONE, sought("沼"), lambda each: each.version == 2) == WITHIN
    assert made.rank(ONE, sought("旧沼"), lambda each: each.version == 2) is None
    assert made.rank(THIRD, sought("旧沼")) is None


@given(people=st.lists(st.lists(WORDS, max_size=3), max_size=6), said=WORDS, settled=st.booleans())
def test_the_whole_city_in_one_string_finds_whom_one_by_one_finds(
    people: list[list[str]], said: str, *, settled: bool
) -> None:
    known = {
        UUID(int=number): tuple(called(name) for name in names)
        for number, names in enumerate(people, start=1)
    }
    made = index(known, settled=settled)
    tokens = sought(said)
    ranks = {person: made.rank(person, tokens) for person in known}
    met = {person: rank for person, rank in ranks.items() if tokens and rank is not None}
    assert {person: rank for rank, person in made.find(tokens)} == met


@given(LETTERS, LETTERS)
def test_a_name_is_found_by_its_words_and_by_any_of_its_parts(surname: str, name: str) -> None:
    made = index({ONE: (called(f"{surname} {name}"),)})
    for said in (surname, name, surname + name, f"{name}　{surname}"):
        assert [person for _, person in made.find(sought(said))] == [ONE]
