"""アウトリーチ: rule 19."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.events import Fact
from domain.events.meeting import RoleAssigned
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.sitting import DutyNotified
from domain.labels import ByConsent, BySitting
from domain.outreach import (
    AttemptOutreach,
    BasisDoesNotHold,
    MakeContact,
    OutreachNeedsBasis,
    UseEntryService,
    attempt_outreach,
    make_contact,
    use_entry_service,
)
from domain.refusals import NotAMember, UnknownCode
from domain.sitting import Attended
from tests.domain.deliberated import (
    DECISION,
    NURSE,
    brought,
    consent,
    decided,
    held,
    withdrawn,
)
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    FATHER,
    ITEM,
    MOTHER,
    SHAKYO,
    SITTING,
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
from tests.domain.test_one_person import one

ATTEMPT = UUID(int=101)
METHOD = "outreach-methods-1"
OWN: dict[str, Any] = {"kind": "own"}
URGENT: dict[str, Any] = {
    "kind": "urgent",
    "reason": "返事がない",
    "review_due": "2026-04-08",
}
HOLDING: list[dict[str, Any]] = [
    OWN,
    {"kind": "consent", "consent": CONSENT},
    {"kind": "sitting", "sitting": SITTING, "item": ITEM},
    {"kind": "statute", "article": "kojin-69-1"},
    URGENT,
]


def attempt(**fields: Any) -> AttemptOutreach:
    return act(AttemptOutreach, **{"person": CHILD, "method": METHOD, **fields})


@pytest.mark.parametrize("basis", HOLDING)
def test_outreach_rests_on_a_recorded_basis(basis: dict[str, Any]) -> None:
    known = household(consent(), brought())
    [told] = attempt_outreach(known, attempt(basis=basis, narrative="応答なし"), stamp())
    assert told.label.basis.kind == basis["kind"]
    assert told.narrative[0].label.basis == told.label.basis


def test_outreach_before_consent_names_its_basis() -> None:
    with pytest.raises(OutreachNeedsBasis):
        attempt_outreach(household(), attempt(), stamp())
    with pytest.raises(OutreachNeedsBasis):
        attempt_outreach(household(consent()), attempt(person=None), stamp())
    with pytest.raises(OutreachNeedsBasis):
        attempt_outreach(household(consent()), attempt(person=FATHER), stamp())


def test_the_consent_of_others_goes_unmentioned() -> None:
    known = household(consent())
    by_stranger = showing(stamp(capacity=capacity(SHAKYO, "support")), CHILD)
    with pytest.raises(OutreachNeedsBasis):
        attempt_outreach(known, attempt(), by_stranger)
    with pytest.raises(BasisDoesNotHold):
        attempt_outreach(known, attempt(basis=HOLDING[1]), by_stranger)
    by_named = showing(stamp(capacity=capacity(CITY, "welfare")), CHILD)
    [told] = attempt_outreach(known, attempt(), by_named)
    assert told.label.basis.kind == "consent"


@pytest.mark.parametrize(
    "basis",
    [*HOLDING[1:3], {**URGENT, "review_due": "2026-03-31"}, {**HOLDING[1], "consent": ITEM}],
)
def test_a_basis_that_does_not_hold_is_none(basis: dict[str, Any]) -> None:
    with pytest.raises(BasisDoesNotHold):
        attempt_outreach(household(consent(), withdrawn()), attempt(basis=basis), stamp())


def test_nobody_is_visited_on_the_consent_of_another() -> None:
    basis = {"kind": "consent", "consent": CONSENT}
    with pytest.raises(BasisDoesNotHold):
        attempt_outreach(household(consent()), attempt(person=FATHER, basis=basis), stamp())
    for of_theirs in ({}, {"person": None}, {"person": FATHER, "subjects": [FATHER, CHILD]}):
        command = attempt(**{**of_theirs, "basis": basis})
        assert attempt_outreach(household(consent()), command, stamp())


@pytest.mark.parametrize("named", [{}, {"basis": HOLDING[1]}])
def test_a_consent_is_its_givers_under_whichever_id(named: dict[str, Any]) -> None:
    """The household knows one human being under two ids, of which a 名寄せ made one."""
    known, try_it = household(consent(MOTHER)), attempt(**named)
    meet = act(MakeContact, person=CHILD, method=METHOD, met_person=True, **named)
    for records in (one(CHILD, MOTHER), one(CHILD, MOTHER)[:1], one(MOTHER, CHILD)):
        [tried] = attempt_outreach(known, *records, try_it, stamp())
        assert tried.label.basis == ByConsent(consent=CONSENT)
        [told] = make_contact(known, *records, meet, stamp())
        assert (told.label.basis, told.consented) == (tried.label.basis, True)


def test_nobody_is_visited_on_the_consent_of_whom_they_were_not_found_to_be() -> None:
    known, back = household(consent(MOTHER)), {"absorbed": MOTHER, "survivor": CHILD}
    apart = [fact(PersonsMerged, **back), fact(PersonsUnmerged, **back, reason="別人だった")]
    for records in ([person(), person(id=MOTHER)], [person(*apart), person(*apart, id=MOTHER)]):
        with pytest.raises(OutreachNeedsBasis):
            attempt_outreach(known, *records, attempt(), stamp())
        with pytest.raises(BasisDoesNotHold):
            attempt_outreach(known, *records, attempt(basis=HOLDING[1]), stamp())


def test_a_statute_is_one_the_municipality_knows() -> None:
    command = attempt(basis={"kind": "statute", "article": "none"})
    with pytest.raises(UnknownCode):
        attempt_outreach(household(), command, stamp())


def test_the_ledger_finds_the_consent_or_the_meeting_itself() -> None:
    [told] = attempt_outreach(household(consent()), attempt(), stamp())
    assert told.label.basis == ByConsent(consent=CONSENT)
    sent = household(decided(kind="outreach"), brought())
    [told] = attempt_outreach(sent, attempt(person=None), stamp())
    assert told.label.basis == BySitting(sitting=SITTING, item=ITEM)


@pytest.mark.parametrize("kind", ["outreach", "roles"])
def test_what_a_meeting_decided_that_the_writer_knows_nothing_of_is_no_basis(kind: str) -> None:
    """Refused alike whether it decided an outreach or not: a 201 would tell that it did."""
    given = household(decided(kind=kind, label=CITYS), brought())
    for attended in ((), (sat(),)):
        with pytest.raises(OutreachNeedsBasis):
            attempt_outreach(given, *attended, attempt(person=None), stamp())
        command = act(MakeContact, method=METHOD, met_person=True)
        with pytest.raises(OutreachNeedsBasis):
            make_contact(given, *attended, command, stamp())


def test_what_is_hidden_from_whom_the_writer_acts_for_elsewhere_is_no_basis() -> None:
    """By a record of another household: a 201 would tell them of the decision."""
    unseen = label(agency=CENTRE, desk="general", hidden_from=[FATHER])
    given = household(decided(kind="outreach", label=unseen), brought())
    assert attempt_outreach(given, attempt(person=None), stamp())
    beside = replace(stamp(), sides=frozenset({FATHER}))
    with pytest.raises(OutreachNeedsBasis):
        attempt_outreach(given, attempt(person=None), beside)
    assert attempt(person=None).asks_sides
    assert not attempt(basis=OWN).asks_sides


def test_what_a_meeting_decided_is_a_basis_for_who_was_there_or_is_bound_by_it() -> None:
    given = household(decided(kind="outreach", label=CITYS), brought())
    notified = fact(DutyNotified, attendee=NURSE, text_version="r8")
    bound = after(given, fact(RoleAssigned, **ROLE, label=CITYS))
    for known, attended in ((given, (sat(notified),)), (bound, ())):
        [told] = attempt_outreach(known, *attended, attempt(person=None), stamp())
        assert told.label.basis == BySitting(sitting=SITTING, item=ITEM)


def test_a_consent_hidden_from_whom_the_writer_acts_for_is_none() -> None:
    """Neither by what goes through nor by what stands in the record do they learn of it."""
    unseen = label(agency=CENTRE, desk="general", hidden_from=[FATHER])
    given, beside = household(consent(label=unseen)), replace(stamp(), sides=frozenset({FATHER}))
    met = act(MakeContact, person=CHILD, method=METHOD, met_person=True, basis=OWN)
    for by, consented in ((stamp(), True), (beside, False)):
        [told] = make_contact(given, met, by)
        assert told.consented is consented
    for basis, refused in (({}, OutreachNeedsBasis), ({"basis": HOLDING[1]}, BasisDoesNotHold)):
        command = attempt(**basis)
        assert command.asks_sides
        assert attempt_outreach(given, command, stamp())
        with pytest.raises(refused):
            attempt_outreach(given, command, beside)


CITYS = label(agency=CITY, desk="layered")
ROLE = {"role": ATTEMPT, "decision": DECISION, "agency": CENTRE, "task": "訪問"}


def sat(*facts: Fact) -> Attended:
    return Attended(id=SITTING, said=held(*facts))


def test_a_contact_follows_an_attempt_and_says_whether_there_was_consent() -> None:
    command = act(
        MakeContact, person=CHILD, method=METHOD, met_person=True, outreach=ATTEMPT, basis=OWN
    )
    for known, consented in [(household(), False), (household(consent()), True)]:
        [told] = make_contact(known, command, stamp())
        assert (told.outreach, told.consented) == (ATTEMPT, consented)


def test_outreach_is_to_members_in_ways_the_municipality_has() -> None:
    with pytest.raises(NotAMember):
        attempt_outreach(household(), attempt(person=STRANGER, basis=OWN), stamp())
    with pytest.raises(UnknownCode):
        attempt_outreach(household(), attempt(method="none", basis=OWN), stamp())


def test_an_entry_service_is_used() -> None:
    command = act(UseEntryService, person=CHILD, service="entry-services-1")
    [told] = use_entry_service(household(), command, stamp())
    assert told.label.subjects == (CHILD,)
