"""States are folded from whatever has happened; they refuse nothing and forget nothing."""

import json
from dataclasses import fields
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.events import CATALOGUE, STREAMS, Fact
from domain.events.membership import HouseholdSplit
from domain.events.oversight import EmergencyAccessRenewed
from domain.household import Household
from domain.household.quiet import QUIET
from domain.person import Person
from domain.publication import Publications
from domain.recorded import CORRECTIONS, State, effective, fold, is_correction
from domain.resource import Resource
from domain.sitting import Sitting
from domain.staff import Staff
from tests.domain.test_golden_log import GOLDEN
from tests.facts import histories
from tests.facts import recorded as placed

KINDS: dict[str, type[State]] = {
    kind.kind: kind for kind in (Household, Person, Sitting, Staff, Resource, Publications)
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


def golden() -> list[Fact]:
    """One of each kind of household fact, all about the same person, note, share, plan …"""
    stored = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    facts = [CATALOGUE[name].model_validate_json(json.dumps(fact)) for name, fact in stored]
    return [_later(fact) for fact in facts if type(fact) in STREAMS["household"]]


def _later(fact: Fact) -> Fact:
    """緊急閲覧 is renewed beyond the moment until which it was open."""
    if not isinstance(fact, EmergencyAccessRenewed):
        return fact
    return fact.model_copy(update={"until": fact.until + timedelta(hours=1)})


def leaves_as_it_is(fact: Fact, household: Household) -> bool:
    """Whether it changes nothing but its place and the agencies involved, by that of its label."""
    label = fact.label.model_copy(update={"agency": "elsewhere"})
    [told] = placed(household.id, [fact.model_copy(update={"label": label})])
    after = household.evolve(told)
    told_of = {"version", "known", "writings"}
    parts = [part.name for part in fields(Household) if part.name not in told_of]
    return (
        all(getattr(after, part) == getattr(household, part) for part in parts)
        and {each.agency for each in after.known - household.known} == {"elsewhere"}
        and after.writings.tightened == household.writings.tightened
        and after.writings.proposed == household.writings.proposed
    )


def test_quiet_are_exactly_the_facts_that_leave_every_household_as_it_is() -> None:
    facts = golden()
    home = next(fact.source for fact in facts if isinstance(fact, HouseholdSplit))
    households = [Household(id=home)]
    for told in placed(home, facts * 2):
        households.append(households[-1].evolve(told))
    quiet = {type(f) for f in facts if all(leaves_as_it_is(f, each) for each in households)}
    assert quiet - CORRECTIONS == QUIET


def test_what_makes_earlier_facts_read_otherwise_is_never_quiet() -> None:
    assert CORRECTIONS.isdisjoint(QUIET)
