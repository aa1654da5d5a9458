"""聞いた会議 (rule 3): what was learned nowhere would be read by nobody, and is refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.events.membership import HouseholdsMerged
from domain.events.sitting import AttendeeInvited, SittingCancelled, SittingConvened
from domain.heard import NotHeardThere, agenda_of, heard_at, was_heard_there
from domain.household import Household
from domain.intake import ReceiveConsultation
from domain.labels import BySitting
from domain.lead import HandOverWork
from domain.meeting.deciding import StudyCase
from domain.recorded import State
from domain.sitting import Sitting
from domain.stamp import TakenUp
from domain.values import Capacity, SittingId
from tests.domain.deliberated import DOCTOR, LAYERED_ITEM, held, item
from tests.domain.given import (
    CITY,
    COORDINATOR,
    COUNSELLOR,
    HOUSEHOLD,
    ITEM,
    OTHER_HOUSEHOLD,
    SATO,
    SHAKYO,
    SITTING,
    TANAKA,
    bare,
    capacity,
    fact,
    household,
    sitting,
    stamp,
)

ELSEWHERE, NAMELESS, THEIRS = UUID(int=81), UUID(int=82), UUID(int=83)
HEARD: dict[str, Any] = {"kind": "sitting", "sitting": SITTING, "item": ITEM}


def told(basis: dict[str, Any] | None = None, *parts: dict[str, Any]) -> ReceiveConsultation:
    said = [{"text": "話", "basis": part} for part in parts]
    about = {"route": "visit", "consulter": "self", "narrative": said}
    return ReceiveConsultation.model_validate({**about, "basis": basis})


def agenda(*facts: Any, by: Capacity = COUNSELLOR) -> frozenset[TakenUp]:
    return agenda_of([held(*facts)], by)


def refused(
    command: Any, known: frozenset[TakenUp] = frozenset(), states: Sequence[State] = ()
) -> bool:
    given = replace(stamp(), agenda=known)
    try:
        was_heard_there(command, given, states or (household(),))
    except NotHeardThere:
        return True
    return False


def test_every_part_says_where_it_was_heard() -> None:
    other = {**HEARD, "item": NAMELESS}
    found = list(heard_at(told({"kind": "own"}, HEARD, {"kind": "own"}, other)))
    assert found == [BySitting(sitting=SITTING, item=key) for key in (ITEM, NAMELESS)]
    assert list(heard_at(told(HEARD))) == found[:1]
    assert not list(heard_at(told()))


def test_an_agency_knows_the_items_it_was_asked_for() -> None:
    invited = fact(
        AttendeeInvited, attendee=DOCTOR, kind="staff", agency=SHAKYO, capacity="員", items=[ITEM]
    )
    theirs = capacity(SHAKYO, "support")
    assert agenda(invited, by=theirs) == {TakenUp(SITTING, ITEM, HOUSEHOLD)}
    assert {each.item for each in agenda()} == {ITEM, LAYERED_ITEM}
    assert agenda(by=theirs) == frozenset()
    assert agenda(fact(SittingCancelled, reason="延期")) == frozenset()


def test_what_was_heard_of_the_household_is_taken_in() -> None:
    assert not refused(told())
    assert not refused(told(HEARD), agenda())
    assert not refused(told({"kind": "own"}, HEARD), agenda())


@pytest.mark.parametrize(
    "basis",
    [
        {**HEARD, "item": NAMELESS},
        {**HEARD, "item": THEIRS},
        {**HEARD, "item": UUID(int=84)},
        {**HEARD, "sitting": UUID(int=85)},
    ],
    ids=["of nobody", "of others", "no item", "no sitting"],
)
def test_what_was_heard_of_others_or_nowhere_is_refused(basis: dict[str, Any]) -> None:
    known = agenda(item(NAMELESS, household=None), item(THEIRS, household=ELSEWHERE))
    assert refused(told(basis), known)
    assert refused(told({"kind": "own"}, HEARD, basis), known)
    assert refused(told(HEARD))


def test_the_household_that_was_merged_was_taken_up_too() -> None:
    merged = fact(HouseholdsMerged, source=ELSEWHERE, target=HOUSEHOLD, persons=[])
    known = agenda(item(THEIRS, household=ELSEWHERE))
    assert not refused(told({**HEARD, "item": THEIRS}), known, [household(merged)])


def test_what_the_decision_rests_on_needs_no_looking_up() -> None:
    assert not refused(told(HEARD), states=[household(), held()])
    assert refused(
        told(HEARD),
        states=[household(), sitting(fact(SittingConvened, body="both", held_on="2026-01-01"))],
    )


def test_of_a_record_in_no_household_it_matters_that_there_was_such_an_item() -> None:
    states: list[State] = [Sitting(id=UUID(int=86))]
    assert not refused(told(HEARD), agenda(), states)
    assert refused(told({**HEARD, "item": NAMELESS}), agenda(), states)


def test_what_came_of_an_item_was_looked_at_there() -> None:
    """事例検討 names no household; its decision asks who was there."""
    studied = StudyCase.model_validate(
        {"sitting": SITTING, "item": NAMELESS, "basis": {**HEARD, "item": NAMELESS}}
    )
    assert not refused(studied)
    assert refused(studied.model_copy(update={"basis": BySitting(sitting=SITTING, item=ITEM)}))
    nowhere = BySitting(sitting=SittingId(UUID(int=85)), item=NAMELESS)
    assert refused(studied.model_copy(update={"basis": nowhere}))


def handed_over(**said: Any) -> HandOverWork:
    whose = {"from_staff": TANAKA, "to_staff": SATO, "effective_on": "2026-04-10"}
    homes = {"households": [HOUSEHOLD, OTHER_HOUSEHOLD]}
    return HandOverWork.model_validate({**whose, **homes, **said})


def test_what_is_said_of_several_households_was_heard_of_each() -> None:
    """In the one of which it was not, nobody would read it."""
    memo: Any = [{"text": "話", "basis": HEARD}]
    both = [household(), bare(id=OTHER_HOUSEHOLD)]
    for said in ({"memo": memo}, {"basis": HEARD}, {"memos": {OTHER_HOUSEHOLD: memo}}):
        assert refused(handed_over(**said), agenda(), both)
    of_one = handed_over(memos={HOUSEHOLD: memo, OTHER_HOUSEHOLD: "別の話"})
    assert not refused(of_one, agenda(), both)
    assert refused(of_one, frozenset(), both)
    others = agenda(item(THEIRS, household=OTHER_HOUSEHOLD))
    apart: Any = [{"text": "話", "basis": {**HEARD, "item": THEIRS}}]
    assert not refused(handed_over(memos={HOUSEHOLD: memo, OTHER_HOUSEHOLD: apart}), others, both)


def test_the_secretariat_knows_them_all() -> None:
    convened = fact(SittingConvened, body="both", held_on="2026-01-01", offices=[CITY])
    assert agenda_of([sitting(convened, item())], COORDINATOR) == {
        TakenUp(SITTING, ITEM, HOUSEHOLD)
    }


def test_what_was_taken_up_before_two_mergers_is_so_where_the_case_is_kept_now() -> None:
    into: dict[UUID, UUID | None] = {HOUSEHOLD: OTHER_HOUSEHOLD, OTHER_HOUSEHOLD: ELSEWHERE}
    found = agenda_of([held()], COUNSELLOR, {**into, ELSEWHERE: None}.__getitem__)
    assert {each.household for each in found} == {HOUSEHOLD, OTHER_HOUSEHOLD, ELSEWHERE}
    assert {each.household for each in agenda()} == {HOUSEHOLD}


def test_a_household_not_begun_was_taken_up_by_none() -> None:
    new: Household = bare(id=ELSEWHERE)
    assert refused(told(HEARD), agenda(), [new])
