"""会議が知っていたこと: the same digest whatever comes later, and however tables are rebuilt."""

from random import Random
from uuid import UUID

from hypothesis import given, settings

from domain.events import Fact
from domain.events.meeting import DecisionKind, MeetingDecided, PersonsHeldBack
from domain.gate import Reader
from domain.household import Household
from domain.ledger import Item, Ledger, Stream, digest_of, record_many
from domain.notes import KeepNote, keep_note
from domain.recorded import Recorded
from domain.stamp import Stamp
from domain.values import Author
from projections.as_of import Histories, case_as_of
from projections.as_of.pin import Pin, known, pin_of
from projections.case_view import CaseView
from projections.every import PROJECTIONS
from projections.rebuild import Rebuild
from tests.by_night import BY_NIGHT
from tests.domain.given import COORDINATOR, PROFILE
from tests.laws.acts import Step, lived, meeting, people, record, steps
from tests.laws.conftest import Stored
from tests.laws.town import Town, staff

LATER = 10_000 if BY_NIGHT else 2_000
LIVES = steps(meeting.meet, meeting.plan, record.correct, people.merge)


def pins(history: list[Recorded]) -> list[Pin]:
    decisions = [r.fact.decision for r in history if isinstance(r.fact, MeetingDecided)]
    return [pin for each in decisions if (pin := pin_of(history, each))]


def digest(ledger: Ledger, pin: Pin) -> str:
    return digest_of(ledger.sealer, known(pin, ledger.histories))


def decided(
    ledger: Ledger | None = None,
    kind: DecisionKind = DecisionKind.ROLES,
    beside: type[Fact] = MeetingDecided,
) -> tuple[Town, UUID]:
    """A town in which a sitting has decided something about the first household."""
    town = lived([], ledger)
    home = town.households[0]
    for seed in range(50):
        town.chance = Random(seed)
        town.pass_days(2)
        meeting.hold_sitting(town, "support", kind)
        if any(isinstance(told.fact, beside) for told in town.ledger.history(home)):
            return town, home
    raise AssertionError("no sitting has decided")


def write_on(town: Town, home: UUID, facts: int) -> None:
    """Notes, one after the other."""
    author = Author(staff=staff(COORDINATOR), capacity=COORDINATOR)
    command = KeepNote.model_validate({"text": "折り返し電話する。"})
    ids = Random(7)
    items = [
        Item(
            keep_note,
            command,
            Stamp(author, town.at, UUID(int=ids.getrandbits(128), version=4), PROFILE),
            (Stream(Household, home),),
        )
        for _ in range(facts)
    ]
    assert not [each for each in record_many(town.ledger, items) if isinstance(each, Exception)]


def view(stored: Stored, home: UUID, pin: Pin, reader: Reader) -> CaseView | None:
    ledger, tables, runner = stored
    runner.catch_up()
    then = Histories(ledger.histories, pin.point)
    with tables.session() as connection:
        return case_as_of(connection, home, reader=reader, histories=then)


def test_what_the_meeting_knew_is_the_same_after_thousands_of_facts_and_a_rebuild(
    stored: Stored,
) -> None:
    ledger, tables, runner = stored
    town, home = decided(ledger)
    pin = pins(ledger.history(home))[0]
    reader = Reader(staff(COORDINATOR), COORDINATOR, town.at.date(), town.at)
    first, seen = digest(ledger, pin), view(stored, home, pin, reader)
    head = ledger.head()
    write_on(town, home, LATER)
    assert ledger.head() == head + LATER
    for projection in PROJECTIONS:
        Rebuild(tables, runner.ledger, projection).run()
    again = pins(ledger.history(home))[0]
    assert again == pin
    assert digest(ledger, again) == first
    assert view(stored, home, again, reader) == seen


def test_who_is_held_back_by_a_decision_is_no_part_of_what_it_rested_on() -> None:
    town, home = decided(kind=DecisionKind.PROMOTED, beside=PersonsHeldBack)
    history = town.ledger.history(home)
    held = next(told for told in history if isinstance(told.fact, PersonsHeldBack))
    [pin] = [each for each in pins(history) if each.decided.command_id == held.command_id]
    assert pin.point.position == held.position - 1
    assert pin.fact.rested_on == held.version - 1


@settings(max_examples=30)
@given(LIVES, LIVES)
def test_a_decision_names_the_place_in_the_log_it_rested_on(
    lives: list[Step], more: list[Step]
) -> None:
    town = lived(lives)
    told = [pin for home in town.households for pin in pins(town.ledger.history(home))]
    before = [digest(town.ledger, pin) for pin in told]
    for pin in told:
        history = town.ledger.history(pin.decided.stream)
        there = [r for r in history if r.position <= pin.point.position]
        assert len(there) == pin.fact.rested_on
    for act, seed in more:
        town.chance = Random(seed)
        act(town)
    assert [digest(town.ledger, pin) for pin in told] == before
    assert len({*before}) == len(before)
