"""控え: rule 11 works person by person — who has not consented is held back and named."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.conditions import NotConsented
from domain.events import Fact, On
from domain.events.meeting import (
    AssessmentRecorded,
    BroughtToSitting,
    MeetingDecided,
    PersonsHeldBack,
)
from domain.events.person import PersonsMerged
from domain.events.sitting import AgendaItemAdded, DutyNotified
from domain.household import Household
from domain.labels import BySitting, OwnRecord
from domain.meeting import (
    AssignRole,
    BringToSitting,
    DecideInMeeting,
    assign_role,
    bring_to_sitting,
    decide_in_meeting,
)
from domain.meeting.deliberation import PersonsNotTakenUp
from domain.person import Person
from domain.values import PersonId
from tests.domain.deliberated import (
    DECISION,
    LAYERED_ITEM,
    NURSE,
    brought,
    consent,
    decided,
    held,
    withdrawn,
)
from tests.domain.given import (
    CHILD,
    CITY,
    COORDINATOR,
    FATHER,
    ITEM,
    MOTHER,
    SHAKYO,
    SITTING,
    TODAY,
    act,
    capacity,
    fact,
    household,
    label,
    person,
    showing,
    stamp,
)

FATHERS = UUID(int=84)
SECRETARY = showing(stamp(COORDINATOR), CHILD, MOTHER, FATHER)


def bring(**fields: Any) -> BringToSitting:
    about = {"sitting": SITTING, "item": LAYERED_ITEM, "subjects": [CHILD, FATHER]}
    return act(BringToSitting, **{**about, **fields})


def told_by(
    home: Household, command: BringToSitting, *people: Person
) -> tuple[PersonsHeldBack | None, BroughtToSitting | None]:
    facts = bring_to_sitting(home, held(), *people, command, stamp())
    back = next((each for each in facts if isinstance(each, PersonsHeldBack)), None)
    return back, next((each for each in facts if isinstance(each, BroughtToSitting)), None)


def assessed(*persons: PersonId) -> AssessmentRecorded:
    """Version 6 of a household that is otherwise as it opened."""
    said = {"assessment": UUID(int=81), "persons": [CHILD], "fields": [], "issues": []}
    return fact(AssessmentRecorded, **said, label=label(*persons))


def one(survivor: UUID, absorbed: UUID, of: UUID) -> Person:
    return person(fact(PersonsMerged, survivor=survivor, absorbed=absorbed), id=of)


def test_those_who_consented_go_on_and_the_others_are_held_back_and_named() -> None:
    back, went = told_by(household(consent()), bring())
    assert went
    assert (went.subjects, went.label.subjects) == ((CHILD,), (CHILD,))
    assert back
    assert (back.persons, back.label.subjects, back.item) == ((FATHER,), (FATHER,), LAYERED_ITEM)
    assert back.label.basis == OwnRecord()


def test_it_is_refused_when_nobody_remains() -> None:
    with pytest.raises(NotConsented) as refused:
        told_by(household(consent(MOTHER)), bring())
    assert refused.value.details["persons"] == [CHILD, FATHER]


def test_where_everybody_consented_nobody_is_held_back() -> None:
    back, went = told_by(household(consent(), consent(FATHER, FATHERS)), bring())
    assert back is None
    assert went
    assert went.subjects == (CHILD, FATHER)


def test_a_support_meeting_holds_nobody_back() -> None:
    back, went = told_by(household(), bring(item=ITEM))
    assert back is None
    assert went
    assert went.subjects == (CHILD, FATHER)


def test_a_consent_that_ends_before_the_sitting_is_none() -> None:
    short = consent(FATHER, FATHERS, period={"start": "2026-01-01", "end": "2026-04-15"})
    later = held(held_on=TODAY + timedelta(days=30))
    told = bring_to_sitting(household(consent(), short), later, bring(), stamp())
    assert [each.persons for each in told if isinstance(each, PersonsHeldBack)] == [(FATHER,)]


def test_a_consent_the_writer_does_not_know_of_is_as_none() -> None:
    hidden = consent(FATHER, FATHERS, label=label(FATHER, agency=SHAKYO, desk="support"))
    back, _ = told_by(household(consent(), hidden), bring())
    assert back
    assert back.persons == (FATHER,)
    welfare = showing(stamp(capacity(CITY, "welfare")), CHILD, FATHER)
    named = bring_to_sitting(household(consent(), hidden), held(), bring(), welfare)
    assert [type(each) for each in named] == [BroughtToSitting]


def test_records_about_who_is_held_back_stay_with_them() -> None:
    back, went = told_by(household(assessed(FATHER), consent()), bring(tabled=[6]))
    assert back
    assert went
    assert (back.tabled, went.tabled) == ((6,), ())


def test_a_record_about_nobody_by_name_is_about_all_who_were_named() -> None:
    home = household(assessed(), consent())
    back, went = told_by(home, bring(tabled=[6]))
    assert back
    assert went
    assert (back.tabled, went.tabled) == ((6,), ())
    _, alone = told_by(home, bring(tabled=[6], subjects=[CHILD]))
    assert alone
    assert alone.tabled == (6,)


def test_words_about_who_is_held_back_are_kept_with_those_who_wrote_them() -> None:
    words = [
        {"text": "子は学校に行けている", "principals": [CHILD]},
        {"text": "父は眠れない", "principals": [FATHER]},
        {"text": "二人とも疲れている"},
    ]
    back, went = told_by(household(consent()), bring(narrative=words))
    assert went
    assert [each.text for each in went.narrative] == ["子は学校に行けている"]
    assert back
    assert [(each.text, each.principals) for each in back.narrative] == [
        ("父は眠れない", (FATHER,)),
        ("二人とも疲れている", (CHILD, FATHER)),
    ]


def test_what_was_brought_before_is_not_brought_again_but_who_is_held_back_is_said() -> None:
    home = household(consent(), brought(LAYERED_ITEM))
    back, went = told_by(home, bring())
    assert back
    assert back.persons == (FATHER,)
    assert went is None


def test_an_item_made_for_it_names_only_who_consented() -> None:
    command = bring(item=None, item_basis="layered", title="世帯の件")
    told = bring_to_sitting(household(consent()), held(), command, stamp())
    assert [type(getattr(each, "fact", each)) for each in told] == [
        AgendaItemAdded,
        PersonsHeldBack,
        BroughtToSitting,
    ]
    [made] = [each.fact for each in told if isinstance(each, On)]
    assert made.label.subjects == (CHILD,)


@pytest.mark.parametrize(("under", "brought_as"), [(CHILD, MOTHER), (MOTHER, CHILD)])
def test_who_was_found_to_be_one_has_consented_as_one(under: UUID, brought_as: UUID) -> None:
    home = household(consent(under))
    people = [one(CHILD, MOTHER, CHILD), one(CHILD, MOTHER, MOTHER)]
    command = bring(subjects=[brought_as])
    _, went = told_by(home, command, *people)
    assert went
    with pytest.raises(NotConsented):
        told_by(home, command)


# 決定


def decide(**fields: Any) -> DecideInMeeting:
    about = {"sitting": SITTING, "item": LAYERED_ITEM, "kind": "roles"}
    return act(DecideInMeeting, **{**about, **fields})


def both(*facts: Fact) -> Household:
    """The child and the father have come before the layered meeting."""
    given = consent(), consent(FATHER, FATHERS), brought(LAYERED_ITEM, CHILD, FATHER)
    return household(*given, *facts)


def test_after_one_withdrew_the_meeting_goes_on_about_the_others() -> None:
    home = both(withdrawn(FATHERS, FATHER))
    assert decide_in_meeting(home, held(), decide(subjects=[CHILD]), SECRETARY)
    for named in ([CHILD, FATHER], []):
        with pytest.raises(NotConsented) as refused:
            decide_in_meeting(home, held(), decide(subjects=named), SECRETARY)
        assert refused.value.details["persons"] == [FATHER]


@pytest.mark.parametrize(
    "named",
    [
        {"subjects": [MOTHER]},
        {"narrative": [{"text": "母は", "principals": [MOTHER]}]},
        {"roles": [{"agency": "centre", "task": "訪問", "needed": [
            {"text": "母は", "principals": [MOTHER]}]}]},
    ],
)  # fmt: skip
def test_a_layered_meeting_speaks_of_nobody_who_was_not_taken_up(named: dict[str, Any]) -> None:
    with pytest.raises(PersonsNotTakenUp) as refused:
        decide_in_meeting(both(), held(), decide(**named), SECRETARY)
    assert refused.value.details["persons"] == [MOTHER]
    item = {"item": ITEM, "kind": "roles"}
    room = held(fact(DutyNotified, attendee=NURSE, text_version="r8"))
    home = both(brought(ITEM))
    assert decide_in_meeting(home, room, decide(**named, **item), SECRETARY)


def test_nor_does_a_role_given_afterwards() -> None:
    home = both(decided(item=LAYERED_ITEM))
    role = {"agency": "centre", "task": "訪問"}
    about = {"sitting": SITTING, "decision": DECISION, "role": role}
    command = act(AssignRole, **about, subjects=[MOTHER])
    with pytest.raises(PersonsNotTakenUp):
        assign_role(home, held(), command, SECRETARY)
    theirs = act(AssignRole, **about, subjects=[FATHER])
    assert assign_role(home, held(), theirs, SECRETARY)


def test_whoever_was_taken_up_under_one_id_is_decided_on_under_the_other() -> None:
    home = household(consent(), brought(LAYERED_ITEM))
    people = [one(CHILD, MOTHER, CHILD), one(CHILD, MOTHER, MOTHER)]
    command = decide(subjects=[MOTHER])
    assert decide_in_meeting(home, held(), *people, command, SECRETARY)


def test_promotion_names_who_cannot_go_on_yet_inside_the_room() -> None:
    home = household(consent(), brought(ITEM, CHILD, FATHER))
    command = decide(item=ITEM, kind="promoted")
    back, promoted = decide_in_meeting(home, held(), command, SECRETARY)
    assert isinstance(back, PersonsHeldBack)
    assert isinstance(promoted, MeetingDecided)
    assert back.persons == (FATHER,)
    assert back.label.basis == BySitting(sitting=SITTING, item=ITEM)
    alone = decide(item=ITEM, kind="promoted", subjects=[CHILD])
    assert len(decide_in_meeting(home, held(), alone, SECRETARY)) == 1


def test_a_consent_the_writer_does_not_know_of_decides_nothing_either() -> None:
    """Nobody learns by what a meeting may decide that others have a consent."""
    given = consent(agencies=[SHAKYO], label=label(CHILD, agency=SHAKYO, desk="support"))
    home = household(given, brought(LAYERED_ITEM))
    with pytest.raises(NotConsented):
        decide_in_meeting(home, held(), decide(), SECRETARY)
