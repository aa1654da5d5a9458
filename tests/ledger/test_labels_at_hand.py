"""A label looked up by its bytes is the label written there; nothing else passes for one."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.events import CATALOGUE, Fact
from domain.events.support import OutreachAttempted
from domain.events.viewing import VIEWINGS
from domain.labels import Label
from domain.ledger.labels_at_hand import Labels
from domain.values import READ, Value
from tests.facts import any_fact
from tests.ledger.given import Visit, attempt, stamp, text

FACTS = st.sampled_from(["household", "person", "sitting", "staff"]).flatmap(any_fact)
VISIT = attempt(stamp(), Visit(note=text("玄関で話した")))
STORED = VISIT.model_dump_json().encode()
LABEL = VISIT.label.model_dump_json().encode()


@given(st.lists(FACTS, min_size=1, max_size=10))
def test_a_fact_reads_as_it_would_without_labels_at_hand(facts: list[Fact]) -> None:
    labels = Labels(most=3)
    for fact in (*facts, *facts):
        stored = fact.model_dump_json().encode()
        plain = type(fact).model_validate_json(stored, context=READ)
        assert labels.read(type(fact), stored) == plain
        assert repr(labels.read(type(fact), stored)) == repr(plain)


def test_the_same_bytes_are_the_same_label() -> None:
    labels = Labels()
    one, other = (labels.read(OutreachAttempted, STORED) for _ in range(2))
    assert one.label is other.label
    assert one.label == VISIT.label


def test_when_there_are_too_many_all_are_forgotten() -> None:
    labels = Labels(most=1)
    for desk in ("welfare", "children", "welfare"):
        told = VISIT.model_copy(update={"label": VISIT.label.model_copy(update={"desk": desk})})
        assert labels.read(OutreachAttempted, told.model_dump_json().encode()) == told


@pytest.mark.parametrize(
    "otherwise",
    [
        re.sub(rb'"label":', b'"label" : ', STORED),
        re.sub(rb'"agency":("[^"]*"),"desk":("[^"]*")', rb'"desk":\2,"agency":\1', STORED),
        re.sub(rb',"tags":\[\],"controller":"city"', b"", STORED),
    ],
)
def test_a_label_may_be_written_otherwise(otherwise: bytes) -> None:
    assert otherwise != STORED
    assert Labels().read(OutreachAttempted, otherwise) == VISIT


@pytest.mark.parametrize(
    "wrong",
    [b"null", b"0", b'""', b'"0"', b'".0"', b"{}", b"[]", LABEL[:-1] + b',"more":1}', LABEL[:-1]],
)
def test_what_is_no_label_is_refused_though_labels_are_at_hand(wrong: bytes) -> None:
    labels = Labels()
    labels.read(OutreachAttempted, STORED)
    with pytest.raises(ValidationError):
        labels.read(OutreachAttempted, STORED.replace(LABEL, wrong))


@pytest.mark.parametrize("name", [".0", "0", "0.0"])
def test_the_name_of_a_label_at_hand_cannot_be_guessed(name: str) -> None:
    labels = Labels()
    labels.read(OutreachAttempted, STORED)
    guessed = STORED.replace(b'"label":' + LABEL, f'"label" : "{name}"'.encode())
    assert guessed != STORED
    with pytest.raises(ValidationError):
        labels.read(OutreachAttempted, guessed)


def test_in_a_fact_only_labels_are_called_labels() -> None:
    """Or a name might be taken for what is written there."""
    for kind in (*CATALOGUE.values(), *VIEWINGS.values()):
        for part in _parts(kind, set()):
            field = part.model_fields.get("label")
            assert field is None or field.annotation is Label


def _parts(of: object, seen: set[object]) -> set[type[Value]]:
    found: set[type[Value]] = set()
    if isinstance(of, type) and issubclass(of, Value) and of not in seen:
        found |= {of}
        seen |= {of}
        for field in of.model_fields.values():
            found |= _parts(field.annotation, seen)
    for inner in get_args(of):
        found |= _parts(inner, seen)
    return found
