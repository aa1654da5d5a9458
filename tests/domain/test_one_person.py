"""名寄せ and what rests on it: one person has one will and one protection, under whichever id."""

from typing import Any

import pytest

from domain.basis import NoBasisForSharing
from domain.concealment import OwnCounterparty, StartConcealment, start_concealment
from domain.consent import WithdrawConsent, withdraw_consent
from domain.events import Fact
from domain.events.consent import Authority, ConsentWithdrawn
from domain.events.person import ConcealmentStarted, PersonNoted, PersonsMerged, PersonsUnmerged
from domain.identity import (
    AbsorbedOthers,
    IdentifyPerson,
    MergePersons,
    NotOnePerson,
    identify_person,
    merge_persons,
)
from domain.labels import ByConsent, Category, Tag
from domain.membership import JoinHousehold, join_household
from domain.naming import PersonMergedAway
from domain.passing import ConcealedPlace, HiddenFromHearer
from domain.person import Person
from domain.refusals import Unknown
from domain.values import PersonId
from tests.domain.given import (
    CHILD,
    CITY,
    CLINIC,
    CONSENT,
    FATHER,
    IDENTITY,
    MOTHER,
    SCHOOL,
    SHARE,
    STRANGER,
    capacity,
    fact,
    household,
    person,
    showing,
    stamp,
)
from tests.domain.test_sharing import consented, consultation, share, shares, telling

NAMING = stamp(IDENTITY)


def one(survivor: PersonId = CHILD, absorbed: PersonId = STRANGER, *facts: Fact) -> list[Person]:
    """The records of one person under two ids, `facts` on the one absorbed."""
    merged = fact(PersonsMerged, absorbed=absorbed, survivor=survivor)
    return [person(merged, id=survivor), person(merged, *facts, id=absorbed)]


def concealed(*against: PersonId) -> ConcealmentStarted:
    given = {"concealment": SHARE, "threat": "dv", "until": "2027-03-31"}
    return fact(ConcealmentStarted, counterparties=against, **given)


EARLIER = consented(STRANGER)
"""A consent given under the id absorbed since."""


def test_a_consent_under_the_earlier_id_opens_what_is_about_the_survivor() -> None:
    with pytest.raises(NoBasisForSharing):
        share(household(EARLIER), telling(), person(id=CHILD))
    for beside in (one(), one()[:1], [one()[1]]):
        shared = share(household(EARLIER), telling(), *beside)
        assert shared.label.basis == ByConsent(consent=CONSENT)
        assert shares(household(EARLIER), telling(basis=shared.label.basis), *beside)


def test_a_consent_of_the_survivor_opens_what_was_written_under_the_earlier_id() -> None:
    of_earlier = telling(subjects=[FATHER])
    given = household(consented(CHILD))
    assert shares(given, of_earlier, *one(CHILD, FATHER))
    with pytest.raises(NoBasisForSharing):
        share(given, of_earlier, person(id=CHILD), person(id=FATHER))


@pytest.mark.parametrize(
    "narrower",
    [
        {"agencies": (CLINIC,)},
        {"categories": (Category.HEALTH,)},
        {"purposes": ("meeting",)},
        {"period": {"start": "2026-04-02", "end": "2026-12-31"}},
    ],
)
def test_it_never_opens_more_than_it_says(narrower: Any) -> None:
    with pytest.raises(NoBasisForSharing):
        share(household(consented(STRANGER, **narrower)), telling(), *one())


def test_taking_the_finding_back_takes_the_basis_back() -> None:
    back = fact(PersonsUnmerged, absorbed=STRANGER, survivor=CHILD, reason="別人だった")
    merged = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    apart = [person(merged, back, id=each) for each in (CHILD, STRANGER)]
    with pytest.raises(NoBasisForSharing):
        share(household(EARLIER), telling(), *apart)


def test_three_ids_of_one_person_are_one() -> None:
    also = fact(PersonsMerged, absorbed=MOTHER, survivor=CHILD)
    survivor = person(fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD), also)
    given, command = household(EARLIER), telling(subjects=[MOTHER])
    assert shares(given, command, person(also, id=MOTHER), survivor)
    with pytest.raises(NoBasisForSharing):
        share(given, command, person(also, id=MOTHER))


def located() -> Any:
    return consultation(CHILD, tags=(Tag.LOCATION,))


def test_a_protection_of_either_id_protects_the_person() -> None:
    given, command = household(consented(), located()), telling(facts=[7])
    assert shares(given, command, *one())
    for beside in (one(CHILD, STRANGER, concealed(FATHER)), one()[:1]):
        with pytest.raises(ConcealedPlace):
            share(given, command, *beside)


def test_what_is_hidden_from_one_id_is_hidden_from_the_person() -> None:
    hidden = consultation(CHILD, hidden_from=(STRANGER,))
    with pytest.raises(HiddenFromHearer):
        share(household(consented(), hidden), telling(facts=[7]), *one())


def test_nobody_speaks_for_somebody_protected_from_them_under_another_id() -> None:
    minor = fact(PersonNoted, birth_year=2015)
    theirs = household(consented(giver=MOTHER, authority=Authority.PARENT))
    mother, earlier = one(MOTHER, STRANGER)
    assert shares(theirs, telling(), person(minor), mother, earlier)
    with pytest.raises(NoBasisForSharing):
        share(theirs, telling(), person(minor, concealed(STRANGER)), mother, earlier)
    child, absorbed = one(CHILD, STRANGER, concealed(MOTHER))
    with pytest.raises(NoBasisForSharing):
        share(theirs, telling(), child, absorbed, person(id=MOTHER))


@pytest.mark.parametrize(("years", "speaks"), [((2015, None), True), ((2015, 1990), False)])
def test_a_parent_speaks_where_no_record_says_of_age(years: Any, speaks: bool) -> None:  # noqa: FBT001
    merged = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    records = [
        person(fact(PersonNoted, birth_year=year), merged, id=each)
        for each, year in zip((CHILD, STRANGER), years, strict=True)
    ]
    theirs = household(consented(giver=MOTHER, authority=Authority.PARENT))
    if speaks:
        assert shares(theirs, telling(), *records, person(id=MOTHER))
        return
    with pytest.raises(NoBasisForSharing):
        share(theirs, telling(), *records, person(id=MOTHER))


def test_the_survivor_withdraws_what_was_given_under_the_earlier_id() -> None:
    shared = share(household(EARLIER), telling(), *one())
    given, (survivor, _) = household(EARLIER, shared), one()
    for by in (None, CHILD, STRANGER):
        withdrawn = withdraw_consent(
            given, survivor, WithdrawConsent(by=by), stamp(), consent=CONSENT
        )[0]
        assert isinstance(withdrawn, ConsentWithdrawn)
        assert withdrawn.holders == (SCHOOL,)
    with pytest.raises(Unknown):
        withdraw_consent(given, person(), WithdrawConsent(), stamp(), consent=CONSENT)


def test_a_household_that_knows_the_earlier_id_may_write_of_the_survivor() -> None:
    merged = fact(PersonsMerged, absorbed=CHILD, survivor=STRANGER)
    survivor, absorbed = person(merged, id=STRANGER), person(merged)
    command = IdentifyPerson.model_validate({"name": "芦屋太郎", "kana": "あしやたろう"})
    assert identify_person(survivor, household(), command, stamp())
    with pytest.raises(PersonMergedAway):
        identify_person(absorbed, household(), command, stamp())
    join = JoinHousehold(person=STRANGER, relation="child")
    outsider = stamp(capacity(CITY, "welfare"))
    shown = showing(outsider, CHILD)
    assert join_household(household(), survivor, join, shown)
    for nobody, by in ((person(id=STRANGER), shown), (survivor, outsider)):
        with pytest.raises(Unknown):
            join_household(household(), nobody, join, by)
    start = StartConcealment.model_validate({"threat": "dv", "counterparties": [FATHER]})
    assert start_concealment(survivor, household(), start, stamp())


def test_nobody_is_their_own_counterparty_under_another_id() -> None:
    start = StartConcealment.model_validate({"threat": "dv", "counterparties": [STRANGER]})
    with pytest.raises(OwnCounterparty):
        start_concealment(one()[0], household(), start, stamp())


def test_whoever_absorbed_others_is_not_absorbed() -> None:
    survivor, absorbed = one(CHILD, STRANGER)
    mother = person(id=MOTHER)
    with pytest.raises(AbsorbedOthers):
        merge_persons(mother, survivor, MergePersons(absorbed=CHILD), NAMING)
    assert merge_persons(survivor, mother, absorbed, MergePersons(absorbed=MOTHER), NAMING)


def test_nobody_becomes_one_with_the_counterparty_of_whom_they_are_one_with() -> None:
    merge, mother = MergePersons(absorbed=MOTHER), person(id=MOTHER)
    survivor, protected = one(CHILD, STRANGER, concealed(MOTHER))
    for beside in ([protected], []):
        with pytest.raises(NotOnePerson):
            merge_persons(survivor, mother, *beside, merge, NAMING)
    survivor, absorbed = one(CHILD, STRANGER)
    against = person(concealed(STRANGER), id=MOTHER)
    with pytest.raises(NotOnePerson):
        merge_persons(survivor, against, absorbed, merge, NAMING)


def test_whom_it_is_hidden_from_matters_under_every_id() -> None:
    wall = consultation(STRANGER, hidden_from=(MOTHER,))
    minor = fact(PersonNoted, birth_year=2015)
    _, earlier = one()
    theirs = consented(giver=MOTHER, authority=Authority.PARENT)
    merged = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    known = [person(minor, merged), earlier, person(id=MOTHER)]
    assert shares(household(theirs), telling(), *known)
    with pytest.raises(NoBasisForSharing):
        share(household(theirs, wall), telling(), *known)
