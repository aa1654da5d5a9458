"""Every personal string of a fact is found, where pydantic writes it and in the same order."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.events import Fact
from domain.texts import texts
from domain.values import READ, Personal, Sealed
from tests.facts import any_fact

FACTS = st.sampled_from(["household", "person", "sitting", "staff"]).flatmap(any_fact)


@given(FACTS)
def test_the_texts_are_those_that_are_written_in_the_order_of_writing(fact: Fact) -> None:
    written: list[str] = []

    def seal(text: str) -> str:
        written.append(text)
        return f"<{len(written) - 1}>"

    stored = fact.model_dump(mode="json", context={"seal": seal})
    found = texts(fact)
    assert [text for _, text in found] == written
    assert [_at(stored, path) for path, _ in found] == [f"<{n}>" for n in range(len(found))]


def _at(stored: Any, path: str) -> Any:
    for step in path.split("."):
        stored = stored[int(step) if isinstance(stored, list) else step]
    return stored


@given(FACTS)
def test_what_is_read_is_sealed_and_stays_so_when_it_is_copied(fact: Fact) -> None:
    kind = type(fact)
    read = kind.model_validate_json(fact.model_dump_json(), context=READ)
    assert {type(text) for _, text in texts(read)} <= {Sealed}
    copied = kind.model_validate(dict(read))
    assert {type(text) for _, text in texts(copied)} <= {Sealed}


@given(FACTS)
def test_what_is_written_is_never_taken_for_sealed(fact: Fact) -> None:
    for given_again in (fact.model_dump(mode="json"), dict(fact)):
        written = type(fact).model_validate(given_again)
        assert {type(text) for _, text in texts(written)} <= {Personal}
