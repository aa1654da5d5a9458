"""控えの再現: what a receipt shows again is what it showed, and no more."""

from uuid import uuid4

import pytest

from domain.events import Fact
from domain.events.meeting import AssessmentRecorded
from domain.events.membership import HouseholdOpened
from domain.events.rights import FactCorrected
from domain.events.support import ContactMade
from domain.gate import WITHHELD, Item
from domain.gate.again import shown_again
from domain.gate.releasing import narratives
from domain.gate.situation import Situation
from domain.gate.verdict import FRAME_ONLY
from domain.labels import ByStatute
from domain.values import Personal
from tests.domain.given import CHILD, fact, paragraph
from tests.facts import AUTHOR


def contact() -> ContactMade:
    said = [paragraph("話"), paragraph("別の話")]
    about = {"outreach": uuid4(), "method": "visit", "met_person": True, "consented": True}
    return fact(ContactMade, narrative=said, **about)


def corrected() -> FactCorrected:
    whole = {"of": 1, "reason": "聞き違い", "replacement_kind": "ContactMade"}
    return fact(FactCorrected, replacement=contact(), **whole)


def again(told: Fact, rule: str, *withheld: str) -> Fact:
    return shown_again(Item(uuid4(), 2, AUTHOR, told, 2, 2), rule, withheld, Situation()).fact


def test_a_paragraph_that_was_withheld_is_withheld_again() -> None:
    told = again(contact(), "own-desk", "narrative.1")
    assert [each.text for each in told.narrative] == ["話"]  # type: ignore[attr-defined]


def test_a_correction_shows_of_its_replacement_what_was_shown() -> None:
    told = again(corrected(), "own-desk", "replacement.narrative.0")
    assert [p.text for p in told.replacement.narrative] == ["別の話"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("times", "left"), [(1, WITHHELD), (2, None)])
def test_a_frame_leaves_text_out_and_withholds_the_rest(times: int, left: str | None) -> None:
    told = again(corrected(), min(FRAME_ONLY), *["reason"] * times)
    assert told.reason == left  # type: ignore[attr-defined]


def test_the_reason_of_a_basis_is_left_out_again() -> None:
    because = ByStatute(article="ppa-69-1", reason=Personal("命に関わるため急いで伝えた"))
    told = contact()
    told = told.model_copy(update={"label": told.label.model_copy(update={"basis": because})})
    shown = again(told, "own-desk", "label.basis.reason").label.basis
    assert shown == because.model_copy(update={"reason": WITHHELD})


def test_a_list_of_codes_is_no_narrative() -> None:
    about = {"assessment": uuid4(), "persons": [CHILD], "fields": ["child"], "issues": ["school"]}
    told = fact(AssessmentRecorded, narrative=[paragraph("話")], **about)
    assert [(name, number) for name, number, _ in narratives(told)] == [("narrative", 0)]


def test_a_correction_that_was_withheld_whole_is_withheld_again() -> None:
    assert again(corrected(), "own-desk", "replacement").replacement is None  # type: ignore[attr-defined]


def test_a_code_that_was_withheld_is_withheld_again() -> None:
    told = fact(HouseholdOpened, area="east")
    assert again(told, "own-desk", "area").area is None  # type: ignore[attr-defined]


def test_what_was_not_withheld_is_shown_again_as_it_was() -> None:
    because = ByStatute(article="ppa-69-1", reason=Personal("命に関わるため急いで伝えた"))
    about = {"assessment": uuid4(), "persons": [CHILD], "fields": ["child"], "issues": ["school"]}
    told = fact(AssessmentRecorded, narrative=[paragraph("話")], **about)
    told = told.model_copy(update={"label": told.label.model_copy(update={"basis": because})})
    assert again(told, "own-desk") == told
