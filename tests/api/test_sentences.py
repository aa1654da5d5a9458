"""支援経過の一文: every fact about a case has one; its codes are those of the day."""

from string import Formatter

import pytest
from hypothesis import given, settings

from api.sentences import CLAUSES, Sentences
from api.words import WORDS
from domain.events import CATALOGUE, STREAMS, Fact
from domain.events.consent import ConsentSought
from domain.events.intake import ConsultationReceived
from domain.profile import LISTS
from tests.domain.given import CHILD, PROFILE, fact
from tests.facts import any_fact


@pytest.mark.parametrize(
    "name", sorted(k.__name__ for k in STREAMS["household"] | STREAMS["person"])
)
def test_every_fact_about_a_case_has_a_sentence(name: str) -> None:
    fields = CATALOGUE[name].model_fields
    for clause in CLAUSES[name]:
        for _, field, spec, _ in Formatter().parse(clause):
            assert field is None or field in fields
            assert not spec or spec == "agency" or spec in LISTS


def test_every_kind_of_code_has_its_words() -> None:
    for kind, words in WORDS.items():
        assert list(words) == [str(code) for code in kind]


def test_a_sentence_is_told_with_the_words_of_the_municipality() -> None:
    received = fact(
        ConsultationReceived,
        consultation=CHILD,
        route="visit",
        window="general",
        fields=("elderly", "poverty"),
        issues=(),
        consulter="neighbour",
        urgency="now",
    )
    assert Sentences(PROFILE).of(received) == (
        "近隣・地域住民からの相談を受け付けました（visitの名、緊急度: 直ちに）。"
        "分野: elderlyの名・povertyの名。"
    )


def test_what_is_not_known_is_left_out() -> None:
    sought = fact(ConsentSought, person=CHILD, answer="pending")
    assert Sentences(PROFILE).of(sought) == "同意を求めました（保留）。"


@pytest.mark.parametrize("stream", ["household", "person"])
def test_no_fact_is_beyond_words(stream: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(any_fact(stream))
    def told(happened: Fact) -> None:
        assert Sentences(PROFILE).of(happened).endswith("。")

    told()
