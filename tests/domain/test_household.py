"""The household as decisions ask: to whom it is there at all."""

from domain.events.consent import (
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    ShareReviewed,
)
from domain.events.referral import LeadAgencyNamed, ReferralAccepted, ReferralMade
from domain.values import Role
from tests.domain.given import (
    CHILD,
    CONSENT,
    COORDINATOR,
    COUNSELLOR,
    IDENTITY,
    PRIVACY,
    PROTECTION,
    REFERRAL,
    SHAKYO,
    SHARE,
    bare,
    capacity,
    fact,
    household,
)


def test_a_household_is_there_for_who_wrote_was_asked_or_leads() -> None:
    assert household().known_to(COUNSELLOR)
    assert not household().known_to(COORDINATOR)
    named = fact(LeadAgencyNamed, agency="city", desk="welfare")
    assert household(named).known_to(COORDINATOR)
    made = fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=SHAKYO,
        purpose="support",
        categories=(),
        answer_due="2026-04-15",
    )
    assert household(made).known_to(capacity(SHAKYO, "support"))


def test_a_household_is_there_for_whoever_is_asked_to_cooperate() -> None:
    """They would be told of it, and could not answer."""
    asked = fact(
        InformationRequested,
        request=REFERRAL,
        of_agency=SHAKYO,
        purpose="support",
        categories=("progress",),
        answer_due="2026-04-15",
    )
    assert household(asked).known_to(capacity(SHAKYO, "support"))
    assert not household(asked).known_to(COORDINATOR)


def test_no_household_is_there_for_who_keeps_the_ledger_or_counts() -> None:
    for role in (Role.ADMINISTRATOR, Role.ANALYST):
        assert not household().known_to(capacity(role=role))


def test_protection_naming_and_privacy_reach_every_household() -> None:
    for office in (PROTECTION, IDENTITY, PRIVACY):
        assert household().known_to(office)


def test_a_household_that_does_not_exist_yet_is_for_everybody() -> None:
    assert bare().known_to(COORDINATOR)


def test_what_speaks_of_a_voided_fact_still_folds() -> None:
    given = household(
        fact(ShareReviewed, share=SHARE, proper=True),
        fact(InformationRequestAnswered, request=SHARE, cooperated=True),
        fact(ReferralAccepted, referral=REFERRAL, recorded_by="receiver"),
        fact(ConsentWithdrawn, consent=CONSENT, by=CHILD, agencies=(), categories=(), purposes=()),
    )
    assert given.version == len(given.people.members) + 6
    assert (len(given.consents.shares), len(given.consents.requests)) == (0, 0)
    assert given.writings.at(5) is not None
