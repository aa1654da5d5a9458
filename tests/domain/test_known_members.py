"""Rule 32: somebody belongs to the household of whom the writer's desk can know that they do."""

import pytest

from domain.concealment import StartConcealment, start_concealment
from domain.events.membership import MemberJoined
from domain.events.person import PersonNoted
from domain.household import Household
from domain.intake import ReceiveConsultation, receive_consultation
from domain.knowing import NotLookedAt, known_members, knows_member
from domain.labels import ByStatute
from domain.membership import (
    JoinHousehold,
    LeaveHousehold,
    NobodyStays,
    SplitHousehold,
    join_household,
    leave_household,
    split_household,
)
from domain.outreach import MakeContact, make_contact
from domain.referral import MakeReferral, make_referral
from domain.refusals import NotAMember, Unknown
from domain.stamp import Stamp
from tests.domain.given import (
    CHILD,
    CITY,
    FATHER,
    IDENTITY,
    MOTHER,
    OTHER_HOUSEHOLD,
    SHAKYO,
    STRANGER,
    act,
    after,
    capacity,
    fact,
    household,
    label,
    person,
    showing,
    stamp,
)
from tests.domain.test_sharing import consultation

SHAKYOS = stamp(capacity(SHAKYO, "support"))
THEIRS = label(CHILD, agency=SHAKYO, desk="support")
JOINED = {"person": CHILD, "relation": "child", "membership": "apart", "since": "2026"}
CONTACT = act(MakeContact, person=CHILD, method="outreach-methods-1", met_person=True)


def test_they_know_whom_they_recorded() -> None:
    assert knows_member(household(), stamp(), CHILD)
    joined = fact(MemberJoined, **JOINED, label=THEIRS)
    assert not knows_member(household(), SHAKYOS, CHILD)
    assert knows_member(household(joined), SHAKYOS, CHILD)


def test_they_know_of_whom_something_they_know_tells() -> None:
    heard = consultation(CHILD, agency=SHAKYO, desk="support")
    assert knows_member(household(heard), SHAKYOS, CHILD)
    assert not knows_member(household(heard), SHAKYOS, FATHER)


def test_they_know_whom_they_are_shown_and_an_office_everybody() -> None:
    assert knows_member(household(), showing(SHAKYOS, CHILD), CHILD)
    assert not knows_member(household(), showing(SHAKYOS, CHILD), FATHER)
    assert knows_member(household(), stamp(IDENTITY), CHILD)


def test_who_was_kept_out_before_may_be_kept_out_again() -> None:
    """In a household to which they never belonged: who was hidden from them came over to it."""
    came = fact(MemberJoined, **JOINED, label=label(CHILD, hidden_from=(STRANGER,)))
    for hidden in (
        {"hidden_from": [STRANGER]},
        {"narrative": [{"text": "話", "hidden_from": [STRANGER]}]},
    ):
        note = act(ReceiveConsultation, route="visit", consulter="self", **hidden)
        (told,) = receive_consultation(household(came), note, stamp())
        walls = [told.label, *(part.label for part in told.narrative)]
        assert walls[-1].hidden_from == (STRANGER,)
        for given, by in ((household(), stamp()), (household(came), showing(SHAKYOS, CHILD))):
            with pytest.raises(NotAMember):
                receive_consultation(given, note, by)


def test_nobody_knows_a_stranger_there() -> None:
    assert not knows_member(household(), showing(stamp(), STRANGER), STRANGER)


def test_under_any_of_their_ids_somebody_is_known() -> None:
    assert knows_member(household(), stamp(), STRANGER, CHILD)


@pytest.mark.parametrize("by", [SHAKYOS, stamp(capacity(CITY, "welfare"))])
def test_whoever_does_not_know_them_there_neither_writes_of_them_nor_sees_them_go(
    by: Stamp,
) -> None:
    home = household()
    with pytest.raises(NotAMember):
        make_contact(home, CONTACT, by)
    with pytest.raises(NotAMember):
        leave_household(home, act(LeaveHousehold, reason="other"), by, person=CHILD)


def test_nor_do_they_learn_it_by_beginning_a_protection() -> None:
    """She is one they have met elsewhere."""
    met = person(fact(PersonNoted, nickname="たろう", label=THEIRS))
    start = StartConcealment.model_validate({"threat": "dv", "counterparties": []})
    with pytest.raises(Unknown):
        start_concealment(met, household(), start, SHAKYOS)
    assert start_concealment(met, household(), start, showing(SHAKYOS, CHILD))


def test_to_join_them_again_is_taken_in_and_then_they_are_known() -> None:
    command = JoinHousehold(person=CHILD, relation="unknown")
    home, met = household(), person(fact(PersonNoted, nickname="たろう", label=THEIRS))
    with pytest.raises(NotLookedAt):
        join_household(home, met, command, SHAKYOS)
    home = after(home, *join_household(home, met, command, showing(SHAKYOS)))
    assert knows_member(home, SHAKYOS, CHILD)
    assert knows_member(home, stamp(), CHILD)


def test_nobody_looks_where_the_log_tells_of_everybody() -> None:
    assert known_members(household(), stamp()) == (FATHER, MOTHER, CHILD)
    with pytest.raises(NotLookedAt):
        known_members(household(), SHAKYOS)
    assert known_members(household(), showing(SHAKYOS)) == ()
    assert known_members(household(), showing(SHAKYOS, CHILD, STRANGER)) == (CHILD,)
    assert known_members(household(), stamp(IDENTITY)) == (FATHER, MOTHER, CHILD)


def test_what_names_nobody_is_about_those_they_know() -> None:
    law = ByStatute(article="jido-6")
    given = {"to_agency": CITY, "purpose": "support", "basis": law}
    for said in ({"narrative": "朝、起きられない"}, {"categories": ["consultation"]}, {}):
        told = act(MakeReferral, **given, **said)
        made = make_referral(household(), told, showing(SHAKYOS, CHILD))[0]
        assert made.label.subjects == (CHILD,)


def test_where_all_they_know_go_nobody_stays() -> None:
    going = SplitHousehold(persons=(CHILD,))
    with pytest.raises(NobodyStays):
        split_household(household(), Household(id=OTHER_HOUSEHOLD), going, showing(SHAKYOS, CHILD))
    both = showing(SHAKYOS, CHILD, MOTHER)
    assert split_household(household(), Household(id=OTHER_HOUSEHOLD), going, both)
