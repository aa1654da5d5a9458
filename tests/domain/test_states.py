"""States are folded from whatever has happened; they refuse nothing and forget nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import STREAMS
from domain.household import Household
from domain.person import Person
from domain.recorded import State, effective, fold, is_correction
from domain.resource import Resource
from domain.sitting import Sitting
from domain.staff import Staff
from tests.facts import histories

KINDS: dict[str, type[State]] = {
    kind.kind: kind for kind in (Household, Person, Sitting, Staff, Resource)
}


@pytest.mark.parametrize("stream", sorted(STREAMS))
@given(st.data())
def test_any_history_folds_up_to_its_last_version(stream: str, data: st.DataObject) -> None:
    history = data.draw(histories(stream))
    state = fold(KINDS[stream](id=history[0].stream), history)  # type: ignore[call-arg]
    assert state.version == history[-1].version or is_correction(history[-1].fact)


@given(histories("household"))
def test_folding_in_two_steps_is_folding_at_once_unless_the_second_step_corrects(
    history: list,  # type: ignore[type-arg]
) -> None:
    half = len(history) // 2
    if any(is_correction(recorded.fact) for recorded in history):
        return
    start = Household(id=history[0].stream)
    assert fold(fold(start, history[:half]), history[half:]) == fold(start, history)


@given(histories("household"))
def test_a_voided_fact_is_left_out_and_a_corrected_one_keeps_its_place(
    history: list,  # type: ignore[type-arg]
) -> None:
    seen = {recorded.version: recorded for recorded in effective(history)}
    for recorded in seen.values():
        original = history[recorded.version - 1]
        assert (recorded.author, recorded.recorded_at) == (original.author, original.recorded_at)
    assert len(seen) <= len(history)


@given(histories("household"))
def test_every_fact_leaves_its_label_behind(history: list) -> None:  # type: ignore[type-arg]
    household = fold(Household(id=history[0].stream), history)
    for recorded in effective(history):
        written = household.writings.at(recorded.version)
        assert written is not None
        assert written.label == recorded.fact.label
    assert household.label(0) is None
