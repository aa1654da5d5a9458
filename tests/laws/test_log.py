"""What is recorded stays as it was recorded: the same facts, the same states, the same answers."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.household import Household
from domain.ledger import CommandIdReused, Outcome, Stream
from domain.person import Person
from domain.recorded import State, fold
from domain.refusals import Refused
from domain.resource import Resource
from domain.sitting import Sitting
from domain.values import Command
from tests.laws.acts import Step, lived, people, record, steps, take
from tests.laws.town import Town

LIVES = steps(record.correct, record.withdraw_misfilings)


def streams(town: Town) -> list[Stream]:
    """Every stream the log speaks of."""
    kinds: dict[UUID, Any] = {
        stream.id: stream.state
        for attempt in town.recorded()
        for stream in attempt.streams
        if stream.state in (Household, Person, Sitting, Resource)
    }
    return [Stream(kinds[key], key) for key in {r.stream for r in town.log()}]


def folded(town: Town, stream: Stream, until: int | None = None) -> State:
    """From nothing, fact by fact."""
    empty = stream.state(id=stream.id)  # type: ignore[call-arg]
    return fold(empty, town.ledger.history(stream.id, until=until))


@given(LIVES)
def test_every_stored_fact_reads_as_it_was_recorded(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    mapper = town.ledger.mapper
    for recorded in town.log():
        stored = mapper.encode(
            mapper.envelope(recorded.author), recorded.stream, recorded.version, recorded.fact
        )
        row = (
            recorded.stream,
            recorded.version,
            type(recorded.fact).__name__,
            stored,
            recorded.position,
            recorded.recorded_at,
            recorded.command_id,
        )
        assert mapper.decode(row) == recorded
        assert stored == town.ledger.log.page(recorded.position - 1, 1)[0][3]


@given(LIVES)
def test_states_kept_up_to_date_are_those_folded_from_the_log(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    for stream in streams(town):
        assert town.ledger.recall(stream) == folded(town, stream)


@given(LIVES)
def test_each_stream_counts_its_facts_without_a_gap(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    log = town.log()
    assert [r.position for r in log] == list(range(1, len(log) + 1))
    for stream in {r.stream for r in log}:
        versions = [r.version for r in log if r.stream == stream]
        assert versions == list(range(1, len(versions) + 1))
    times = [r.recorded_at for r in log]
    assert times == sorted(times)


@given(LIVES, st.data())
def test_late_entries_never_change_what_was_known_earlier(
    lived_through: list[Step], data: st.DataObject
) -> None:
    """Whatever is recorded, corrected or taken back afterwards."""
    when = data.draw(st.integers(0, len(lived_through)))
    town = lived(lived_through[:when])
    until, known_at = town.ledger.head(), town.log()[-1].recorded_at
    known = {stream: folded(town, stream) for stream in streams(town)}
    told = town.log()
    for act, seed in lived_through[when:]:
        take(town, act, seed)
    assert town.log()[:until] == told
    assert town.ledger.position_at(known_at) == until
    for stream, state in known.items():
        assert folded(town, stream, until) == state


@given(LIVES)
def test_a_command_sent_again_changes_nothing_and_is_answered_the_same(
    lived_through: list[Step],
) -> None:
    town = lived(lived_through)
    head, known = town.ledger.head(), {s: town.ledger.recall(s) for s in streams(town)}
    for attempt in town.recorded():
        again = town.ledger.record(attempt.decide, attempt.command, attempt.stamp, *attempt.streams)
        assert isinstance(attempt.answer, Outcome)
        assert again == attempt.answer._replace(repeated=True)
    assert town.ledger.head() == head
    assert {s: town.ledger.recall(s) for s in known} == known


@given(steps(least=1, most=12), st.sampled_from(people.ACTS), st.integers(0, 2**32))
def test_a_refused_command_leaves_no_trace_and_is_refused_again(
    lived_through: list[Step], act: Any, seed: int
) -> None:
    town = lived(lived_through)
    before, tried = town.ledger.head(), len(town.attempts)
    take(town, act, seed)
    for attempt in town.attempts[tried:]:
        if not isinstance(attempt.answer, Refused):
            return
        assert attempt.head == before
        with pytest.raises(type(attempt.answer)):
            town.ledger.record(attempt.decide, attempt.command, attempt.stamp, *attempt.streams)
        assert town.ledger.head() == before


@given(LIVES)
def test_an_id_once_used_is_refused_for_anything_else(lived_through: list[Step]) -> None:
    town = lived(lived_through)
    head = town.ledger.head()
    for attempt in town.recorded()[:8]:
        for command in (attempt.command, Command()):
            with pytest.raises(CommandIdReused):
                town.ledger.record(_nothing, command, attempt.stamp, *attempt.streams)
    assert town.ledger.head() == head


def _nothing(*_: Any) -> list[Any]:
    return []
