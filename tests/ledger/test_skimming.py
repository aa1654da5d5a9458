"""What is only skimmed changes nothing: the state is the one that reading every fact gives."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import from_json, to_json

from domain.correction import History
from domain.events import CATALOGUE, STREAMS, Fact
from domain.events.addressed import Address, writer
from domain.events.intake import NoteKept
from domain.events.membership import MemberJoined
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.events.support import ContactMade, OutreachAttempted, SupportClosed
from domain.household import Household
from domain.knowing import knows_member
from domain.labels import Category
from domain.ledger import ClearSealer, Ledger, Settings, Stream, UnknownFact, open_ledger
from domain.ledger.mapper import FactMapper
from domain.ledger.memory import MemoryRecorder
from domain.person import Person
from domain.publication import Publications
from domain.recorded import Recorded, Skimmed, State, fold
from domain.resource import Resource
from domain.sitting import Sitting
from domain.staff import Staff
from domain.values import OFFICES, PersonId, Role
from tests.facts import any_fact, ids, model, recorded
from tests.ledger.given import LABEL, TANAKA, Visit, attempt, new, stamp, text, visit

STATES: dict[str, type[State]] = {
    state.kind: state for state in (Household, Person, Sitting, Staff, Resource, Publications)
}
HOME = new().id
MAPPER = FactMapper(ClearSealer())


def without_walls(fact: Fact) -> Fact:
    """Every label of a random fact hides it from somebody; here it is open to all."""

    def lowered(given: Any) -> Any:
        if isinstance(given, dict):
            return {k: [] if k == "hidden_from" else lowered(v) for k, v in given.items()}
        return [lowered(each) for each in given] if isinstance(given, list) else given

    return type(fact).model_validate_json(to_json(lowered(from_json(fact.model_dump_json()))))


def lives(stream: str) -> st.SearchStrategy[list[Recorded]]:
    """Any facts at all, and more of those that are skimmed or make earlier ones read otherwise."""
    kinds = sorted(kind.__name__ for kind in getattr(STATES[stream], "skims", ()))
    often = [st.sampled_from(kinds).flatmap(lambda name: model(CATALOGUE[name]))] if kinds else []
    some = any_fact(stream)
    if stream == "household":
        some |= model(FactCorrected) | model(MisfiledRecordWithdrawn)
    either = st.one_of(some, *often)
    facts = st.lists(either | either.map(without_walls), min_size=1, max_size=25)
    return facts.map(lambda given: recorded(HOME, given))


def skimmed(
    history: Sequence[Recorded], state: type[State] = Household, mapper: FactMapper = MAPPER
) -> list[Recorded]:
    """As a state is told of what is stored."""
    read = mapper.reader(HOME, getattr(state, "skims", {}))
    return [
        read((each.version, each.kind.__name__, _state(each), each.position, each.recorded_at, 1))
        for each in history
    ]


def _state(each: Recorded) -> bytes:
    return MAPPER.encode(MAPPER.envelope(each.author), HOME, each.version, each.fact)


@pytest.mark.parametrize("stream", sorted(STREAMS))
@given(st.data())
def test_a_state_is_the_same_whether_its_facts_were_read_or_skimmed(
    stream: str, data: st.DataObject
) -> None:
    history, state = data.draw(lives(stream)), STATES[stream]
    begun = state(id=HOME)  # type: ignore[call-arg]
    reading, skimming = fold(begun, history), fold(begun, skimmed(history, state))
    for each in fields(state):  # type: ignore[arg-type]
        assert getattr(reading, each.name) == getattr(skimming, each.name), each.name
    assert reading == skimming


@given(lives("household"))
def test_a_skimmed_fact_tells_all_of_itself_once_it_is_asked(history: list[Recorded]) -> None:
    names = [each.name for each in fields(Recorded)]
    for whole, skims in zip(history, skimmed(history), strict=True):
        assert [getattr(whole, name) for name in names] == [getattr(skims, name) for name in names]
        assert skims.kind is whole.kind
        if isinstance(skims, Skimmed):
            assert skims.writer == writer(whole.fact, whole.author.capacity.role)
            assert skims.read() == whole


def told(*facts: Fact) -> list[Recorded]:
    return recorded(HOME, list(facts))


CALL = attempt(stamp(), Visit(note=text('彼は"hidden_from":["と言った')))


def test_what_hides_nothing_is_skimmed_whatever_its_words_are() -> None:
    [call] = skimmed(told(CALL))
    assert isinstance(call, Skimmed)


@given(ids)
def test_what_hides_something_from_somebody_is_read(person: Any) -> None:
    label = LABEL.model_copy(update={"hidden_from": (person,)})
    part = CALL.narrative[0].model_copy(update={"label": label})
    walled = CALL.model_copy(update={"narrative": (CALL.narrative[0], part)})
    [read] = skimmed(told(walled))
    assert not isinstance(read, Skimmed)
    assert fold(Household(id=HOME), [read]).writings.walls == {None: {person}}


@pytest.mark.parametrize("office", sorted(OFFICES))
def test_what_an_office_wrote_is_read(office: Role) -> None:
    [call] = told(CALL)
    capacity = call.author.capacity.model_copy(update={"role": office})
    [read] = skimmed([replace(call, author=call.author.model_copy(update={"capacity": capacity}))])
    assert not isinstance(read, Skimmed)
    assert fold(Household(id=HOME), [read]).known == {Address("city", "welfare")}


def test_a_person_is_known_by_a_record_that_was_only_skimmed() -> None:
    """Others wrote that she belongs; a visit of the writer's own desk was to her."""
    hana = PersonId(UUID(int=31))
    theirs = LABEL.model_copy(update={"agency": "shakyo", "desk": "support"})
    given = {"person": hana, "relation": "self", "membership": "apart", "since": "2026"}
    joined = MemberJoined.model_validate(
        {"occurred_on": "2026", "label": theirs, "source": None, **given}
    )
    about = CALL.model_copy(update={"label": LABEL.model_copy(update={"subjects": (hana,)})})
    for facts, known in (((joined, CALL), False), ((joined, about), True)):
        home = fold(Household(id=HOME), skimmed(told(*facts)))
        assert home.writings.last
        assert isinstance(home.writings.last.told, Skimmed)
        assert knows_member(home, stamp(), hana) is known


def test_labels_are_forgotten_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("domain.ledger.mapper._MOST_AUTHORS", 1)
    closed = LABEL.model_copy(update={"category": Category.ABUSE})
    calls = told(CALL, CALL.model_copy(update={"label": closed}), CALL)
    writers = [Address("city", desk) for desk in (None, "welfare", None)]
    assert [each.writer for each in skimmed(calls) if isinstance(each, Skimmed)] == writers


def test_what_others_wrote_down_in_their_own_way_is_read() -> None:
    state = _state(told(CALL)[0]).replace(b'"label":{', b'"label": {')
    read = MAPPER.reader(HOME, Household.skims)
    row = (1, "OutreachAttempted", state, 1, stamp().at, 1)
    assert type(read(row)) is Recorded
    assert read(row).fact == CALL


def test_an_earlier_shape_is_read_never_skimmed() -> None:
    today = {"OutreachAttempted": lambda body: ("OutreachAttempted", {**body, "method": "letter"})}
    [read] = skimmed(told(CALL), mapper=FactMapper(ClearSealer(), upcasts=today))
    assert isinstance(read.fact, OutreachAttempted)
    assert read.fact.method == "letter"


def test_a_skimmed_fact_reads_as_corrected_or_not_at_all() -> None:
    better = CALL.model_copy(update={"method": "letter"})
    corrected = FactCorrected(
        occurred_on="2026-04-02",
        label=LABEL,
        of=1,
        reason=text("誤記"),
        replacement_kind="OutreachAttempted",
        replacement=better,
    )
    withdrawn = MisfiledRecordWithdrawn(
        occurred_on="2026-04-03", label=LABEL, facts=(2,), reason=text("別の世帯")
    )
    household = fold(Household(id=HOME), skimmed(told(CALL, CALL, corrected, withdrawn)))
    assert [written.version for written in household.writings] == [4, 3, 1]
    assert household.version == 4


@pytest.fixture
def log() -> MemoryRecorder:
    """Three visits to one home."""
    log = MemoryRecorder()
    Ledger(log).record(visit, Visit(times=3), stamp(), new(HOME))
    return log


def spoilt(log: MemoryRecorder, topic: str, fact: bytes) -> Ledger:
    """The second of them is stored as something else."""
    state = MAPPER.envelope(TANAKA) + fact + b"}"
    log._stored_events[1] = type(log._stored_events[1])(HOME, 2, topic, state)  # noqa: SLF001
    return Ledger(log)


CUT_SHORT = (
    b'{"occurred_on":"2026-04-01","label":{"agency":"city","desk":"welfare","category":"progress"}'
)


@pytest.mark.parametrize(
    ("topic", "fact"),
    [
        ("NeverHeardOf", _state(told(CALL)[0])),
        (SupportClosed.__name__, CUT_SHORT),
        (ContactMade.__name__, b"{}"),
        (NoteKept.__name__, CUT_SHORT),
        (
            NoteKept.__name__,
            CUT_SHORT + b',"note":"no id of a note at all, but as long as one"',
        ),
    ],
)
def test_no_state_is_recalled_past_an_unknown_kind_or_what_it_must_read(
    log: MemoryRecorder, topic: str, fact: bytes
) -> None:
    with pytest.raises(UnknownFact, match=topic) as unknown:
        spoilt(log, topic, fact).recall(Stream(Household, HOME))
    assert (unknown.value.stream, unknown.value.version, unknown.value.position) == (HOME, 2, 2)


def test_a_skimmed_fact_is_found_unreadable_by_whoever_asks_for_it(log: MemoryRecorder) -> None:
    ledger = spoilt(log, ContactMade.__name__, CUT_SHORT)
    household = ledger.recall(Stream(Household, HOME))
    assert isinstance(household, Household)
    assert (household.version, household.label(3)) == (3, LABEL)
    for asked in (
        lambda: household.label(2),
        lambda: ledger.recall(Stream(History, HOME)),
        lambda: ledger.history(HOME),
        lambda: ledger.read(0, 10),
    ):
        with pytest.raises(UnknownFact, match="ContactMade"):
            asked()


def test_several_streams_are_skimmed_in_one_reading_of_the_database(
    ledger: Ledger, database_url: str
) -> None:
    homes = [new() for _ in range(3)]
    for times, home in enumerate(homes, 1):
        ledger.record(visit, Visit(times=times), stamp(), home)
    stranger = open_ledger(Settings(database_url))
    asked = [Stream(Household, home.id) for home in reversed(homes)]
    states = stranger.states.current(asked)
    assert [(state.id, state.version) for state in states] == [
        (home.id, times) for times, home in zip((3, 2, 1), reversed(homes), strict=True)
    ]
    assert states == [fold(Household(id=s.id), ledger.history(s.id)) for s in asked]
    stranger.close()
