"""Recording: decided on what is known, appended once, refused in words."""

import asyncio
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest

from domain.events import Fact, On
from domain.ledger import (
    CommandIdReused,
    Ledger,
    NotADemonstration,
    Outcome,
    Request,
    StaleView,
    Stream,
    always,
)
from domain.recorded import State
from domain.refusals import Overtaken, Unknown
from domain.stamp import Stamp
from tests.ledger.given import (
    NOON,
    TANAKA,
    TooManyVisits,
    Visit,
    Visits,
    correct_the_first,
    known,
    new,
    nothing,
    stamp,
    text,
    visit,
    visit_after,
    visit_both,
)


def other_writer(ledger: Ledger) -> Ledger:
    """A second process on the same log: it remembers no states."""
    return Ledger(ledger.log, ledger.sealer)


def test_facts_are_recorded_in_order_with_their_author_and_command(either: Ledger) -> None:
    home, first = new(), stamp()
    outcome = either.record(visit, Visit(note=text("玄関で話した"), times=2), first, home)
    assert (outcome.position, outcome.versions, outcome.repeated) == (2, {home.id: 2}, False)
    history = either.history(home.id)
    assert [(r.version, r.position) for r in history] == [(1, 1), (2, 2)]
    assert {(r.author, r.command_id, r.recorded_at) for r in history} == {
        (TANAKA, first.command_id, outcome.recorded_at)
    }
    assert either.read(0, 10) == history
    assert either.head() == 2


def test_a_decision_sees_what_was_recorded_before(either: Ledger) -> None:
    home = new()
    for method in ("home", "phone", "letter"):
        either.record(visit, Visit(method=method), stamp(), home)
    assert either.recall(known(home.id)) == Visits(home.id, 3, ("home", "phone", "letter"))


def test_a_refused_command_records_nothing_but_is_remembered(either: Ledger) -> None:
    home = new()
    with pytest.raises(TooManyVisits):
        either.record(visit, Visit(times=3, most=2), stamp(), home)
    assert either.head() == 0
    assert either.recall(home).version == 0


def test_an_empty_stream_is_unknown_unless_it_may_be_new(either: Ledger) -> None:
    with pytest.raises(Unknown):
        either.record(visit, Visit(), stamp(), known(uuid4()))


def test_a_household_hidden_from_the_writer_reads_as_unknown(either: Ledger) -> None:
    home = new()
    either.record(visit, Visit(method="hidden"), stamp(), home)
    with pytest.raises(Unknown):
        either.record(visit, Visit(), stamp(), known(home.id))


def test_nothing_new_is_an_outcome_without_a_position(either: Ledger) -> None:
    home = new()
    outcome = either.record(nothing, Visit(), stamp(), home)
    assert (outcome.position, outcome.versions) == (None, {})


def test_the_same_command_again_has_its_first_outcome(either: Ledger) -> None:
    home, again = new(), stamp()
    first = either.record(visit, Visit(most=1), again, home)
    assert either.record(visit, Visit(most=1), again, home) == first._replace(repeated=True)
    repeated = other_writer(either).record(visit, Visit(most=1), again, home)
    assert repeated == first._replace(repeated=True)
    assert either.head() == 1


def test_a_command_without_effect_is_repeated_too(either: Ledger) -> None:
    home, again = new(), stamp()
    first = either.record(nothing, Visit(), again, home)
    assert either.record(nothing, Visit(), again, home) == first._replace(repeated=True)


def test_a_command_id_belongs_to_one_request(either: Ledger) -> None:
    home, again = new(), stamp()
    either.record(visit, Visit(), again, home)
    with pytest.raises(CommandIdReused):
        either.record(visit, Visit(method="phone"), again, home)
    with pytest.raises(CommandIdReused):
        either.record(nothing, Visit(), again, home)
    with pytest.raises(CommandIdReused):
        either.record(visit, Visit(most=0), again, home)
    assert either.head() == 1


def test_what_a_path_names_belongs_to_the_request(either: Ledger) -> None:
    home, again = new(), stamp()
    either.record(partial(visit, referral=1), Visit(), again, home)
    assert either.record(partial(visit, referral=1), Visit(), again, home).repeated
    with pytest.raises(CommandIdReused):
        either.record(partial(visit, referral=2), Visit(), again, home)


def test_what_was_come_upon_by_looking_is_no_part_of_the_request(either: Ledger) -> None:
    """It may be another one, or none, when the command is sent again."""
    home, same = new(), stamp()
    one, other = (new()._replace(found=True) for _ in range(2))
    first = either.record(visit_after, Visit(), same, home, one)
    again = either.record(visit_after, Visit(), same, home, other)
    assert (again.repeated, again.versions) == (True, first.versions)
    with pytest.raises(CommandIdReused):
        either.record(visit_after, Visit(), same, home, other._replace(found=False))


def test_what_a_command_brought_about_can_be_told_again(either: Ledger) -> None:
    home, elsewhere = new(), new()
    either.record(visit, Visit(), stamp(), home)
    same = stamp()
    done = either.record(visit_both, Visit(times=2), same, home, elsewhere)
    either.record(visit, Visit(), stamp(), home)
    assert done.position
    told = either.of_command(same.command_id, done.position)
    assert [(each.stream, each.version) for each in told] == [
        (home.id, 2),
        (home.id, 3),
        (elsewhere.id, 1),
    ]


def test_facts_reach_several_streams_at_once(either: Ledger) -> None:
    home, other = new(), new()
    outcome = either.record(visit_both, Visit(times=2), stamp(), home, other)
    assert outcome.versions == {home.id: 2, other.id: 1}
    assert [r.position for r in either.history(other.id)] == [3]
    assert either.recall(known(other.id)).version == 1


def test_a_decision_is_made_again_when_another_was_quicker(either: Ledger) -> None:
    home = new()
    either.record(visit, Visit(), stamp(), home)
    other_writer(either).record(visit, Visit(method="phone"), stamp(), home)
    outcome = either.record(visit, Visit(method="letter"), stamp(), home)
    assert outcome.versions == {home.id: 3}


def test_a_stream_only_read_may_not_move_either(either: Ledger) -> None:
    home, rested = new(), new()
    either.record(visit, Visit(), stamp(), rested)
    other_writer(either).record(visit, Visit(), stamp(), rested)
    seen: list[int] = []

    def note(visits: Visits, rested: Visits, command: Visit, stamp: Stamp) -> list[Fact | On]:
        seen.append(rested.version)
        return visit_after(visits, rested, command, stamp)

    either.record(note, Visit(), stamp(), home, known(rested.id))
    assert seen == [1, 2]


def handed_in(ledger: Ledger, request: Request, by: State) -> Outcome | None:
    """Decided and written by an event loop."""

    async def handing_in() -> Outcome | None:
        async with ledger.log.attended():
            return await ledger.hand_in(request, by=by)

    return asyncio.run(handing_in())


def test_what_is_handed_in_is_recorded_if_its_writer_has_not_changed_either(either: Ledger) -> None:
    home, writer = new(), new()
    either.record(visit, Visit(), stamp(), home)
    either.record(visit, Visit(), stamp(), writer)
    by = either.recall(known(writer.id))
    outcome = handed_in(either, Request(visit, Visit(), stamp(), (home,)), by)
    assert outcome
    assert outcome.versions == {home.id: 2}
    assert either.recall(known(home.id)).version == 2


def test_what_a_writer_who_has_changed_hands_in_is_not_recorded(either: Ledger) -> None:
    home, writer = new(), new()
    either.record(visit, Visit(), stamp(), home)
    either.record(visit, Visit(), stamp(), writer)
    by = either.recall(known(writer.id))
    other_writer(either).record(visit, Visit(), stamp(), writer)
    assert handed_in(either, Request(visit, Visit(), stamp(), (home,)), by) is None
    assert either.recall(known(home.id)).version == 1


def test_what_might_be_refused_is_not_handed_in(either: Ledger) -> None:
    home, writer = new(), new()
    either.record(visit, Visit(), stamp(), writer)
    by = either.recall(known(writer.id))
    assert handed_in(either, Request(visit, Visit(times=2, most=1), stamp(), (home,)), by) is None


def test_a_likely_attempt_says_nothing_of_a_command_known_before(either: Ledger) -> None:
    home, again = new(), stamp()
    either.record(visit, Visit(), again, home)
    attempt = either.likely(Request(visit, Visit(), again, (home,)))
    assert attempt
    assert either.settled(attempt, either.log.append(attempt.unit)) is None


def test_nothing_is_likely_of_what_was_never_seen_or_would_be_refused(either: Ledger) -> None:
    home = new()
    assert either.likely(Request(visit, Visit(), stamp(), (known(home.id),))) is None
    assert either.likely(Request(visit, Visit(times=2, most=1), stamp(), (home,))) is None


def test_who_is_overtaken_every_time_is_told_so(either: Ledger) -> None:
    home, quicker = new(), other_writer(either)

    def slow(visits: Visits, command: Visit, at: Stamp) -> list[Fact | On]:
        quicker.record(visit, Visit(), stamp(), home)
        return visit(visits, command, at)

    with pytest.raises(Overtaken):
        either.record(slow, Visit(), stamp(), home)


def test_what_the_writer_saw_must_still_hold(either: Ledger) -> None:
    home = new()
    either.record(visit, Visit(), stamp(), home)
    outcome = either.record(visit, Visit(), stamp(), home, unchanged=lambda: True)
    assert outcome.versions == {home.id: 2}
    with pytest.raises(StaleView):
        either.record(visit, Visit(), stamp(), home, unchanged=lambda: False)
    assert either.head() == 2


@pytest.mark.parametrize("seen", [False, True])
def test_what_a_quicker_writer_recorded_counts_if_the_writer_may_see_it(
    either: Ledger, *, seen: bool
) -> None:
    home, quicker, answers = new(), other_writer(either), [True, not seen]
    either.record(visit, Visit(), stamp(), home)

    def unchanged() -> bool:
        if len(answers) == 2:
            quicker.record(visit, Visit(), stamp(), home)
        return answers.pop(0)

    if seen:
        with pytest.raises(StaleView):
            either.record(visit, Visit(), stamp(), home, unchanged=unchanged)
    else:
        either.record(visit, Visit(), stamp(), home, unchanged=unchanged)
    assert (answers, either.head()) == ([], 2 if seen else 3)


def test_a_hidden_stream_is_answered_as_an_absent_one(either: Ledger) -> None:
    home, hidden = new(), set[UUID]()
    either.record(visit, Visit(), stamp(), home)

    def asked(*streams: Stream) -> Outcome:
        return either.record_now(Request(visit, Visit(), stamp(), streams, always, lambda: hidden))

    there = home._replace(new=False)
    assert asked(there).versions == {home.id: 2}
    hidden.add(home.id)
    for absent in (there, there._replace(id=uuid4())):
        with pytest.raises(Unknown):
            asked(absent)
    assert either.head() == 2


def test_a_command_repeated_with_its_old_view_has_its_first_outcome(either: Ledger) -> None:
    home, again = new(), stamp()
    either.record(visit, Visit(), stamp(), home)
    first = either.record(visit, Visit(), again, home, unchanged=lambda: True)
    repeated = either.record(visit, Visit(), again, home, unchanged=lambda: False)
    assert repeated == first._replace(repeated=True)


def test_a_correction_changes_how_the_whole_stream_reads(either: Ledger) -> None:
    home, reader = new(), other_writer(either)
    either.record(visit, Visit(method="home"), stamp(), home)
    either.record(visit, Visit(method="phone"), stamp(), home)
    assert reader.recall(known(home.id)).version == 2

    either.record(correct_the_first, Visit(), stamp(), home)
    after = Visits(home.id, 3, ("phone",))
    assert either.recall(known(home.id)) == after
    assert reader.recall(known(home.id)) == after


def test_history_reads_as_of_a_position(either: Ledger) -> None:
    home = new()
    for _ in range(3):
        either.record(visit, Visit(), stamp(), home)
    assert [r.version for r in either.history(home.id, until=2)] == [1, 2]


def test_the_last_position_known_at_a_moment(either: Ledger) -> None:
    moments = [either.record(visit, Visit(), stamp(), new()).recorded_at for _ in range(5)]
    assert either.position_at(moments[0] - timedelta(seconds=1)) == 0
    assert either.position_at(moments[4] + timedelta(seconds=1)) == 5
    assert either.position_at(moments[2]) >= 3


def test_the_clock_is_the_real_one_outside_a_demonstration(either: Ledger) -> None:
    assert abs(
        either.now() - either.record(visit, Visit(), stamp(), new()).recorded_at
    ) < timedelta(minutes=1)
    with pytest.raises(NotADemonstration):
        either.now(NOON)
