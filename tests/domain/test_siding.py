"""側に立つ: whoever acts for one of the household by a record of another one stands there, too."""

from uuid import UUID

import pytest

from domain.assessment import JudgeEligibility, NothingCollected, judge_eligibility
from domain.events.consent import InformationShared
from domain.events.intake import ConsultationReceived
from domain.events.membership import HouseholdOpened
from domain.events.referral import LeadAgencyNamed
from domain.events.support import GuardianAppointed
from domain.household import Household
from domain.knowing import readable
from domain.labels import ByStatute, Label
from domain.lead import NameLead, name_lead
from domain.notes import KeepNote
from domain.siding import ActsForMember, stands_beside, takes_no_side
from domain.values import Capacity, PersonId
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSULTATION,
    COORDINATOR,
    FATHER,
    MOTHER,
    SHAKYO,
    SHARE,
    STRANGER,
    act,
    after,
    bare,
    capacity,
    fact,
    household,
    joined,
    label,
    siding,
    stamp,
)

SUPPORT = capacity(SHAKYO, "support")
THEIRS = label(agency=SHAKYO, desk="support")


def heard(label: Label, *fields: str) -> ConsultationReceived:
    about = {"route": "visit", "window": "x", "consulter": "self", "urgency": "soon"}
    codes = {"consultation": CONSULTATION, "fields": fields, "issues": ()}
    return fact(ConsultationReceived, label=label, **about, **codes)


def passed_on(*subjects: PersonId, version: int = 6) -> InformationShared:
    """A record of the centre, to 社協."""
    by_law = label(*subjects, basis=ByStatute(article="kojin-69-1"))
    about = {"share": SHARE, "to_agency": SHAKYO, "purpose": "support", "facts": [version]}
    categories = ["consultation", "progress", "family"]
    return fact(InformationShared, label=by_law, categories=categories, **about)


def sided(given: Household, by: Capacity, person: PersonId) -> bool:
    return stands_beside(given, siding(stamp(by), person))


def test_for_whom_they_act_by_a_record_of_elsewhere_counts() -> None:
    assert sided(household(), capacity(), FATHER)
    assert not sided(household(), capacity(), STRANGER)
    assert not stands_beside(household(), stamp())
    with pytest.raises(ActsForMember):
        takes_no_side(siding(stamp(), CHILD), bare(), household())
    takes_no_side(siding(stamp(), STRANGER), bare(), household())


def test_by_a_record_of_this_household_it_counts_whatever_they_know() -> None:
    guardian = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": SHAKYO}
    assert stands_beside(household(fact(GuardianAppointed, **guardian)), stamp(SUPPORT))


def test_that_somebody_belongs_here_is_not_told_to_who_acts_for_them_elsewhere() -> None:
    """Rule 32: 社協, which wrote here itself, was told of the mother and not of the father."""
    given = household(heard(THEIRS), passed_on(MOTHER, version=4))
    assert not sided(given, SUPPORT, FATHER)
    assert sided(given, SUPPORT, MOTHER)
    assert sided(after(given, passed_on(FATHER, version=3)), SUPPORT, FATHER)
    told = label(FATHER, agency=SHAKYO, desk="support")
    assert sided(after(given, heard(told)), SUPPORT, FATHER)


def test_they_make_no_other_agency_the_lead() -> None:
    command = act(NameLead, agency=CENTRE, desk="general")
    told = label(FATHER, agency=CITY, desk="layered")
    given = bare(
        fact(HouseholdOpened),
        fact(LeadAgencyNamed, agency=CENTRE, desk="general", label=told),
        joined(FATHER, label=told),
    )
    assert name_lead(given, command, stamp(COORDINATOR))
    with pytest.raises(ActsForMember):
        name_lead(given, command, siding(stamp(COORDINATOR), FATHER))


def test_what_other_agencies_told_them_does_not_count() -> None:
    given = household(heard(label(CHILD), "elderly"), passed_on(CHILD))
    (told,) = judge_eligibility(given, JudgeEligibility(), stamp(SUPPORT))
    assert told.fields == ("elderly",)
    with pytest.raises(NothingCollected):
        judge_eligibility(given, JudgeEligibility(), siding(stamp(SUPPORT), CHILD))


@pytest.mark.parametrize("person", [FATHER, STRANGER])
def test_what_is_hidden_from_whom_they_act_for_is_not_there(person: PersonId) -> None:
    """Whether they belong here or not; by whichever of their ids."""
    given = household(heard(label(CHILD, hidden_from=(person,))))
    written = given.writings.at(6)
    assert written
    assert readable(given, written, stamp())
    assert not readable(given, written, siding(stamp(), person, PersonId(UUID(int=77))))


def test_only_what_depends_on_it_asks_for_whom_the_writer_acts() -> None:
    """To find it out takes time, and every other act is recorded without."""
    assert act(NameLead, agency=CITY, desk="welfare").asks_sides
    assert not act(KeepNote, text="覚え書き").asks_sides
