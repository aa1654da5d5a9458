"""A seal opens where it was made for, as it was made, and nowhere else."""

from collections.abc import Iterator
from itertools import permutations
from random import Random
from string import ascii_letters, digits
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from domain.events import Fact
from domain.events.support import ContactMade
from domain.gate import Item
from domain.ledger import (
    BrokenSeal,
    KeyDestroyed,
    Ledger,
    Opener,
    Settings,
    UnknownFact,
    open_ledger,
)
from domain.ledger.sealer import KeyOpener, KeySealer
from domain.ledger.seals import bound, head, seal, unseal
from projections.reading import belongs
from tests.facts import AUTHOR, any_fact
from tests.ledger.given import LABEL
from tests.ledger.sealed import Place, moved, opened_at, opens, seals
from tests.projections.given import Told

STREAMS = [UUID(int=number) for number in range(1, 9)]
"""Six of households and two of persons: the versions of one are those of another."""


@pytest.fixture(scope="module")
def ledger(module_database: str) -> Iterator[Ledger]:
    """Some hundred seals; the text of each says where it stands."""
    opened = open_ledger(Settings(module_database))
    told, facts = Told(opened), _some_facts()
    for number, fact in enumerate(facts):
        told(STREAMS[number % 6], fact)
    for number, fact in enumerate(_some_facts("person")):
        told(STREAMS[6 + number % 2], fact)
    yield opened
    opened.close()


def _some_facts(kind: str = "household") -> list[Fact]:
    found: list[Fact] = []
    plain = settings(
        database=None, derandomize=True, max_examples=40, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    @plain
    @given(any_fact(kind))
    def keep(fact: Fact) -> None:
        found.append(fact)

    keep()
    return found


@pytest.fixture(scope="module")
def every(ledger: Ledger) -> dict[Place, str]:
    return seals(ledger)


@pytest.fixture(scope="module")
def opener(ledger: Ledger, every: dict[Place, str]) -> Opener:
    opener = ledger.sealer.opener()
    opener.prepare(every.values())
    return opener


def test_each_opens_where_it_was_made_for(opener: Opener, every: dict[Place, str]) -> None:
    assert len(every) > 50
    assert all(opened_at(opener, place, sealed) for place, sealed in every.items())


def test_no_seal_opens_in_the_place_of_another(opener: Opener, every: dict[Place, str]) -> None:
    """Every pair of a sample, as it is and under the head that belongs there."""
    some = Random(7).sample(sorted(every), 60)
    assert not [
        (here, there)
        for here, there in permutations(some, 2)
        if opens(opener, there, every[here]) or opens(opener, there, moved(every[here], there))
    ]


def test_ten_thousand_random_swaps_fail(opener: Opener, every: dict[Place, str]) -> None:
    chance, places = Random(11), sorted(every)
    pairs = [chance.sample(places, 2) for _ in range(10_000)]
    assert not any(opens(opener, there, every[here]) for here, there in pairs)


def test_two_texts_of_one_fact_cannot_be_swapped(opener: Opener, every: dict[Place, str]) -> None:
    """The seals themselves would open, for one fact's place is the other's but for the path."""
    here, there = next(
        (one, other)
        for one, other in permutations(sorted(every), 2)
        if one[:2] == other[:2] and one.subjects == other.subjects
    )
    assert opener.open(every[here], there.stream, there.version, there.subjects)
    assert not opens(opener, there, every[here])


def test_a_single_changed_character_is_noticed(opener: Opener, every: dict[Place, str]) -> None:
    place, sealed = min(every.items(), key=lambda each: len(each[1]))
    for at in range(len(sealed)):
        for other in "A.0封":
            changed = sealed[:at] + other + sealed[at + 1 :]
            if changed != sealed:
                with pytest.raises((BrokenSeal, KeyDestroyed)):
                    opened_at(opener, place, changed)


@pytest.mark.parametrize("clear", ["a", "ab", "abc", "abcd"])
def test_the_same_bytes_written_otherwise_are_no_seal(clear: str) -> None:
    """Base64 would read them all: other last letters, its own alphabet, filling, blanks."""
    secret, of = bytes(32), bound(STREAMS[0], STREAMS[1], ())
    for _ in range(20):
        sealed = seal(clear, secret, head(1, "text", 7), of)
        assert unseal(sealed, secret, of) == clear
        before, _, written = sealed.rpartition(".")
        usual = written.replace("-", "+").replace("_", "/")
        filled = {written + "=" * count for count in (1, 2, 4)}
        blank = {written + "\n", " " + written, f"{written[:8]}={written[8:]}"}
        last = {written[:-1] + other for other in ascii_letters + digits + "-_+/=. "}
        for other in {usual, *filled, *blank, *last} - {written}:
            with pytest.raises(BrokenSeal):
                unseal(f"{before}.{other}", secret, of)


@pytest.mark.parametrize("written", ["", "-", "封1", "封1.1.text", "封2.1.text.1.AAAA", "芦屋花子"])
def test_what_is_no_seal_is_never_shown(opener: Opener, written: str) -> None:
    with pytest.raises(BrokenSeal):
        opener.open(written, STREAMS[0], 1, ())


@pytest.mark.parametrize("written", ["", "-", "封1", "封1.text", "封1.1.text.AAAA"])
def test_what_names_no_key_is_no_seal(opener: Opener, written: str) -> None:
    with pytest.raises(BrokenSeal):
        opener.prepare([written])


def test_nothing_opens_for_another_municipality(ledger: Ledger, every: dict[Place, str]) -> None:
    assert isinstance(ledger.sealer, KeySealer)
    other = KeyOpener(ledger.sealer.ring, uuid4())
    for place, sealed in every.items():
        with pytest.raises(BrokenSeal):
            other.open(sealed, place.stream, place.version, place.subjects)


def test_a_fact_whose_texts_were_swapped_is_not_read(ledger: Ledger) -> None:
    home, mapper = uuid4(), ledger.mapper
    told = Told(ledger)
    told(home, contact("玄関で話した"), contact("電話で話した"))
    first, second = (row for row in ledger.log.page(0, 100_000) if row[0] == home)
    assert mapper.decode(first).version == 1
    with pytest.raises(UnknownFact):
        mapper.decode((*first[:3], second[3], *first[4:]))


def test_a_broken_seal_says_nothing_of_what_it_holds() -> None:
    with pytest.raises(BrokenSeal) as broken:
        belongs("封1.3.text.1.AAAA", Item(STREAMS[0], 4, AUTHOR, contact("話"), 4, 4), "text")
    assert str(broken.value) == ""


def contact(words: str, label: object = LABEL) -> ContactMade:
    told = {"text": words, "label": label}
    return ContactMade.model_validate(
        {
            "occurred_on": "2026-04-01",
            "label": label,
            "outreach": uuid4(),
            "method": "home",
            "met_person": True,
            "consented": True,
            "narrative": [told],
        }
    )
