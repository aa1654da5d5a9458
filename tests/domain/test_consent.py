"""本人同意 is per person, agency, category, purpose and period; no household consents as one."""

from datetime import date
from typing import Any

import pytest

from domain.consent import (
    GiveConsent,
    SeekConsent,
    SupportDecision,
    WithdrawConsent,
    give_consent,
    seek_consent,
    support_decision,
    withdraw_consent,
)
from domain.consent.giving import (
    NextTryPast,
    NoAuthorityToConsent,
    OutsideAuthority,
    PeriodOutOfRange,
    SupportDecisionFirst,
    WitnessNeeded,
)
from domain.consent.withdrawing import NotInConsent
from domain.events import Fact
from domain.events.consent import (
    Authority,
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
    LabelTightened,
)
from domain.events.membership import Leaving, MemberLeft
from domain.events.person import ConcealmentStarted, PersonNoted, PersonsMerged
from domain.events.referral import ReferralMade
from domain.events.support import SupportClosed, SupportReopened
from domain.household import Household
from domain.labels import ByConsent, Category
from domain.passing import PurposeForReading
from domain.person import Person
from domain.refusals import (
    HouseholdClosed,
    NotAMember,
    Unknown,
    UnknownAgency,
    UnknownCode,
)
from domain.values import PersonId
from tests.domain.deliberated import consent
from tests.domain.given import (
    CHILD,
    CLINIC,
    CONSENT,
    FATHER,
    MOTHER,
    REFERRAL,
    SCHOOL,
    SHARE,
    STRANGER,
    fact,
    household,
    label,
    person,
    stamp,
)

MINOR = person(fact(PersonNoted, birth_year=2015))


def giving(**fields: Any) -> GiveConsent:
    given: dict[str, Any] = {
        "person": CHILD,
        "method": "written",
        "agencies": [SCHOOL],
        "categories": ["family"],
        "purposes": ["support"],
    }
    return GiveConsent.model_validate({**given, **fields})


def consented(**fields: Any) -> ConsentGiven:
    scope = {
        "agencies": (SCHOOL, CLINIC),
        "categories": (Category.FAMILY, Category.PROGRESS),
        "purposes": ("support",),
    }
    return consent(**{**scope, **fields})


def protected(against: PersonId) -> Person:
    return person(
        fact(PersonNoted, birth_year=2015),
        fact(
            ConcealmentStarted,
            concealment=SHARE,
            counterparties=(against,),
            threat="dv",
            until="2027-03-31",
        ),
    )


def test_a_person_consents_for_themself_for_the_longest_the_town_allows() -> None:
    (given,) = give_consent(household(), person(), giving(), stamp())
    assert (given.person, given.giver, given.authority) == (CHILD, CHILD, Authority.SELF)
    assert (given.period.start, given.period.end) == (date(2026, 4, 1), date(2027, 4, 1))
    assert given.text_version == "r8"
    assert given.label.subjects == (CHILD,)
    consent = household(given).consents.consents[given.consent]
    assert consent.covers(SCHOOL, Category.FAMILY, "support", date(2027, 4, 1))
    assert not consent.covers(SCHOOL, Category.FAMILY, "support", date(2027, 4, 2))
    assert not consent.covers(SCHOOL, Category.HEALTH, "support", date(2026, 4, 2))


def test_nobody_consents_for_another_adult() -> None:
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), person(id=FATHER), giving(person=FATHER, giver=MOTHER), stamp())
    adult = person(fact(PersonNoted, birth_year=2008))
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), adult, giving(giver=MOTHER, authority="parent"), stamp())


def test_of_whom_the_year_of_birth_is_unknown_no_parent_speaks() -> None:
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), person(), giving(giver=MOTHER, authority="parent"), stamp())


def test_a_parent_consents_for_a_minor_child() -> None:
    command = giving(giver=MOTHER, authority="parent", able=False)
    (given,) = give_consent(household(), MINOR, command, stamp())
    assert given.giver == MOTHER


def test_a_parent_does_not_speak_for_themself_as_parent() -> None:
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), MINOR, giving(authority="parent"), stamp())


def test_the_counterparty_never_consents_for_the_child() -> None:
    command = giving(giver=FATHER, authority="parent")
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), protected(FATHER), command, stamp())
    guardian = giving(giver=FATHER, authority="guardian", authority_scope=["family"])
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), protected(FATHER), guardian, stamp())
    assert give_consent(household(), protected(FATHER), giving(giver=MOTHER, authority="parent"),
                        stamp())  # fmt: skip


def found_to_be(absorbed: PersonId, survivor: PersonId) -> list[Person]:
    """名寄せ: the same person under two ids."""
    one = fact(PersonsMerged, absorbed=absorbed, survivor=survivor)
    return [person(one, id=each) for each in (absorbed, survivor)]


@pytest.mark.parametrize("authority", ["parent", "guardian"])
def test_the_counterparty_is_one_under_each_of_their_ids(authority: str) -> None:
    """Whichever id the protection names, and whichever they give the consent by."""
    scope = {"authority": authority, "authority_scope": ["family"], "categories": ["family"]}
    command = giving(giver=FATHER, **scope)
    for pair in ((FATHER, STRANGER), (STRANGER, FATHER)):
        with pytest.raises(NoAuthorityToConsent):
            give_consent(household(), protected(STRANGER), *found_to_be(*pair), command, stamp())
    assert give_consent(household(), protected(STRANGER), person(id=FATHER), command, stamp())


def test_a_protection_bars_them_under_whichever_id_of_the_child_it_stands() -> None:
    one = fact(PersonsMerged, absorbed=STRANGER, survivor=CHILD)
    measure = {"concealment": SHARE, "threat": "dv", "until": "2027-03-31"}
    against = fact(ConcealmentStarted, **measure, counterparties=(FATHER,))
    other = person(one, against, id=STRANGER)
    child = person(fact(PersonNoted, birth_year=2020), one)
    command = giving(giver=FATHER, authority="parent")
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(), child, other, command, stamp())
    given = household(consented(giver=FATHER, authority="parent"))
    with pytest.raises(NoAuthorityToConsent):
        withdraw_consent(given, child, other, withdrawing(by=FATHER), stamp(), consent=CONSENT)


@pytest.mark.parametrize("about", [(CHILD,), ()])
def test_one_from_whom_something_is_hidden_never_consents_for_the_other(about: Any) -> None:
    hiding = fact(SupportClosed, reason="x", label=label(*about, hidden_from=(FATHER,)))
    tight = fact(LabelTightened, of=5, hide_from=(FATHER,))
    again = fact(SupportReopened, cycle=2, after=6, reason="x", agency="centre", desk="general")
    for facts in ((hiding, again), (tight,)):
        with pytest.raises(NoAuthorityToConsent):
            give_consent(
                household(*facts), MINOR, giving(giver=FATHER, authority="parent"), stamp()
            )
        assert give_consent(
            household(*facts), MINOR, giving(giver=MOTHER, authority="parent"), stamp()
        )


def test_what_is_hidden_about_somebody_else_bars_nobody() -> None:
    hiding = fact(LabelTightened, of=99, hide_from=(), label=label(MOTHER, hidden_from=(FATHER,)))
    command = giving(giver=FATHER, authority="parent")
    assert give_consent(household(hiding), MINOR, command, stamp())


def test_a_guardian_consents_within_the_recorded_scope() -> None:
    command = giving(giver=MOTHER, authority="guardian", authority_scope=["family"], able=False)
    assert give_consent(household(), person(), command, stamp())
    narrow = giving(giver=MOTHER, authority="guardian", authority_scope=["finance"])
    with pytest.raises(OutsideAuthority):
        give_consent(household(), person(), narrow, stamp())
    hiding = fact(LabelTightened, of=99, hide_from=(), label=label(hidden_from=(MOTHER,)))
    with pytest.raises(OutsideAuthority):
        give_consent(household(hiding), person(), narrow, stamp())


def test_without_capacity_there_is_no_deemed_consent() -> None:
    with pytest.raises(SupportDecisionFirst):
        give_consent(household(), person(), giving(able=False), stamp())


@pytest.mark.parametrize("gone", [CHILD, MOTHER])
def test_the_dead_neither_give_nor_receive_consent(gone: PersonId) -> None:
    died = fact(MemberLeft, person=gone, reason=Leaving.DIED)
    with pytest.raises(NoAuthorityToConsent):
        give_consent(household(died), MINOR, giving(giver=MOTHER, authority="parent"), stamp())


def test_one_who_moved_out_may_still_consent() -> None:
    left = fact(MemberLeft, person=CHILD, reason=Leaving.MOVED_OUT)
    assert give_consent(household(left), person(), giving(), stamp())


def test_a_stranger_gives_no_consent() -> None:
    with pytest.raises(NotAMember):
        give_consent(household(), MINOR, giving(giver=STRANGER, authority="parent"), stamp())


def test_the_person_beside_is_the_person_named() -> None:
    with pytest.raises(Unknown):
        give_consent(household(), person(id=MOTHER), giving(), stamp())


def test_somebody_saw_what_was_written_for_another() -> None:
    with pytest.raises(WitnessNeeded):
        give_consent(household(), person(), giving(method="written-by-other"), stamp())
    seen = giving(method="written-by-other", witness="民生委員")
    assert give_consent(household(), person(), seen, stamp())


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"agencies": ["moon"]}, UnknownAgency),
        ({"purposes": ["fun"]}, UnknownCode),
        ({"purposes": ["audit"]}, PurposeForReading),
        ({"text_version": "r1"}, UnknownCode),
        ({"period": {"start": "2026-03-31", "end": "2026-12-31"}}, PeriodOutOfRange),
        ({"period": {"start": "2026-04-01", "end": "2027-04-02"}}, PeriodOutOfRange),
        ({"occurred_on": "unknown", "period": {"start": "2026-03-31"}}, PeriodOutOfRange),
    ],
)
def test_a_consent_names_what_the_town_knows_and_allows(wrong: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        give_consent(household(), person(), giving(**wrong), stamp())


def test_a_consent_given_last_week_covers_last_week() -> None:
    command = giving(occurred_on="2026-03-25", text_version="r8", period={"start": "2026-03-25"})
    (given,) = give_consent(household(), person(), command, stamp())
    assert (given.period.start, given.period.end) == (date(2026, 3, 25), date(2027, 3, 25))


def test_a_consent_names_at_least_one_agency_category_and_purpose() -> None:
    for field in ("agencies", "categories", "purposes"):
        with pytest.raises(ValueError, match=field):
            giving(**{field: []})


def test_a_closed_household_asks_for_no_consent() -> None:
    closed = household(fact(SupportClosed, reason="x"))
    with pytest.raises(HouseholdClosed):
        give_consent(closed, person(), giving(), stamp())


def test_a_refusal_is_recorded_with_the_next_try() -> None:
    asking = SeekConsent.model_validate(
        {"person": CHILD, "answer": "refused", "purposes": ["support"], "next_try": "2026-05-01"}
    )
    (sought,) = seek_consent(household(), asking, stamp())
    assert sought.label.subjects == (CHILD,)
    past = asking.model_copy(update={"next_try": date(2026, 3, 31)})
    with pytest.raises(NextTryPast):
        seek_consent(household(), past, stamp())


def test_decision_support_is_recorded_in_words() -> None:
    command = SupportDecision.model_validate(
        {"person": CHILD, "able": False, "narrative": "絵カードで確かめた"}
    )
    (supported,) = support_decision(household(), command, stamp())
    assert supported.narrative[0].principals == (CHILD,)


def withdrawing(**fields: Any) -> WithdrawConsent:
    return WithdrawConsent.model_validate(fields)


def withdraw(given: Household, **fields: Any) -> list[ConsentWithdrawn]:
    decided = withdraw_consent(given, MINOR, withdrawing(**fields), stamp(), consent=CONSENT)
    return [each for each in decided if isinstance(each, ConsentWithdrawn)]


def shared(**fields: Any) -> InformationShared:
    whole = label(CHILD, basis=ByConsent(consent=CONSENT))
    given = {"share": SHARE, "to_agency": SCHOOL, "purpose": "support", "label": whole}
    return fact(InformationShared, **{**given, "categories": (Category.FAMILY,), **fields})


def test_a_withdrawal_takes_everything_and_lists_who_holds_it() -> None:
    referred = fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=CLINIC,
        purpose="support",
        categories=(Category.PROGRESS,),
        answer_due="2026-04-15",
        label=label(CHILD, basis=ByConsent(consent=CONSENT)),
    )
    told_by_law = shared(share=REFERRAL, to_agency="shakyo", label=label(CHILD))
    before = household(consented(), shared(), referred, told_by_law)
    (withdrawn,) = withdraw(before)
    assert withdrawn.holders == (CLINIC, SCHOOL)
    assert (withdrawn.by, withdrawn.agencies) == (CHILD, (CLINIC, SCHOOL))
    after = household(consented(), withdrawn)
    assert not after.consents.consents[CONSENT].covers(
        SCHOOL, Category.FAMILY, "support", date(2026, 4, 1)
    )
    assert not any(each.stands(date(2026, 4, 1)) for each in after.consents.of([CHILD]))


def test_whoever_was_asked_about_them_holds_that_there_is_something_to_ask() -> None:
    """協力依頼: to ask about somebody is to tell of them."""
    asked = fact(
        InformationRequested,
        request=REFERRAL,
        of_agency=CLINIC,
        purpose="support",
        categories=(Category.FAMILY,),
        answer_due="2026-04-15",
        label=label(CHILD, basis=ByConsent(consent=CONSENT)),
    )
    (withdrawn,) = withdraw(household(consented(), asked))
    assert withdrawn.holders == (CLINIC,)


def test_a_withdrawal_in_part_leaves_the_rest_and_lists_only_its_own_holders() -> None:
    (withdrawn,) = withdraw(household(consented(), shared()), agencies=[CLINIC])
    assert withdrawn.holders == ()
    left = household(consented(), withdrawn).consents.consents[CONSENT]
    assert left.covers(SCHOOL, Category.FAMILY, "support", date(2026, 4, 1))
    assert not left.covers(CLINIC, Category.FAMILY, "support", date(2026, 4, 1))


def test_withdrawing_the_same_part_again_changes_nothing() -> None:
    once = household(consented(), *withdraw(household(consented()), agencies=[CLINIC]))
    assert withdraw(once, agencies=[CLINIC]) == []
    assert withdraw(once) != []


def test_what_was_never_consented_to_cannot_be_withdrawn() -> None:
    with pytest.raises(NotInConsent):
        withdraw(household(consented()), categories=["health"])


def test_withdrawal_is_possible_also_after_the_end_and_in_a_new_cycle() -> None:
    closed = fact(SupportClosed, reason="x")
    again = fact(SupportReopened, cycle=2, after=7, reason="x", agency="centre", desk="general")
    assert withdraw(household(consented(), closed))
    reopened = household(consented(), closed, again)
    assert withdraw(reopened)
    assert not any(each.stands(date(2026, 4, 1)) for each in reopened.consents.of([CHILD]))


def by_mother(*facts: Fact) -> Household:
    return household(consented(giver=MOTHER, authority=Authority.PARENT), *facts)


def test_whoever_gave_it_withdraws_it_and_so_does_the_person() -> None:
    assert withdraw(by_mother(), by=MOTHER)
    assert withdraw(by_mother(), by=CHILD)
    with pytest.raises(NoAuthorityToConsent):
        withdraw(by_mother(), by=FATHER)


def test_whoever_became_the_counterparty_withdraws_nothing_for_the_other() -> None:
    with pytest.raises(NoAuthorityToConsent):
        withdraw_consent(
            by_mother(), protected(MOTHER), withdrawing(by=MOTHER), stamp(), consent=CONSENT
        )


def test_a_consent_that_is_not_there_or_is_of_another_is_unknown() -> None:
    with pytest.raises(Unknown):
        withdraw(household())
    with pytest.raises(Unknown):
        withdraw_consent(
            household(consented()), person(id=FATHER), withdrawing(), stamp(), consent=CONSENT
        )
