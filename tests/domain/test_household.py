"""The household as decisions ask: to whom it is there at all."""

from dataclasses import replace

import pytest

from domain.events import Fact
from domain.events.consent import (
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    ShareReviewed,
)
from domain.events.intake import NoteKept
from domain.events.meeting import PlanNotReached
from domain.events.oversight import AuditCaseOpened, EmergencyAccessOpened
from domain.events.referral import LeadAgencyNamed, ReferralAccepted, ReferralMade
from domain.events.support import ContactMade, SupportClosed
from domain.labels import BySitting
from domain.values import Role
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    COORDINATOR,
    COUNSELLOR,
    IDENTITY,
    PRIVACY,
    PROTECTION,
    REFERRAL,
    SHAKYO,
    SHARE,
    STRANGER,
    bare,
    capacity,
    fact,
    household,
    joined,
    label,
    recorded,
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


VISIT = {"outreach": SHARE, "method": "visit", "met_person": True, "consented": True}
WOMEN, NURSES = capacity(CITY, "women"), capacity(CITY, "nurses")
OF_WOMEN = {"agency": CITY, "desk": "women"}
SITTING = BySitting(sitting=REFERRAL, item=SHARE)


@pytest.mark.parametrize(
    "closed",
    [
        fact(ContactMade, **VISIT, label=label(**OF_WOMEN, category="abuse")),
        fact(ContactMade, **VISIT, label=label(**OF_WOMEN, category="health")),
        fact(ContactMade, **VISIT, label=label(**OF_WOMEN, basis=SITTING)),
        fact(ContactMade, **VISIT, label=label(**OF_WOMEN, tags=["informant"])),
        fact(NoteKept, note=SHARE, text="覚え", label_by="2026-04-04", label=label(**OF_WOMEN)),
        fact(AuditCaseOpened, case=SHARE, reason="点検", label=label(**OF_WOMEN)),
    ],
    ids=["abuse", "health", "learned", "informant", "note", "audit"],
)
def test_what_stays_with_a_desk_makes_it_known_to_no_other_of_its_agency(closed: Fact) -> None:
    given = household(closed)
    assert (given.known_to(WOMEN), given.known_to(NURSES)) == (True, False)


def test_what_all_desks_may_read_makes_it_known_to_them() -> None:
    given = household(fact(ContactMade, **VISIT, label=label(**OF_WOMEN)))
    assert given.known_to(NURSES)


def test_what_naming_found_makes_it_known_to_no_desk_beside_it() -> None:
    told = recorded([joined(STRANGER, label=label(**OF_WOMEN))], after=5)
    author = told[0].author.model_copy(update={"capacity": IDENTITY})
    given = household().evolve(replace(told[0], author=author))
    assert (given.known_to(WOMEN), given.known_to(NURSES)) == (True, False)


@pytest.mark.parametrize(("category", "others"), [("consultation", True), ("abuse", False)])
def test_whom_a_desk_asks_about_abuse_is_that_desk_alone(category: str, *, others: bool) -> None:
    made = fact(
        ReferralMade,
        referral=REFERRAL,
        to_agency=CITY,
        to_desk="women",
        purpose="support",
        categories=(),
        answer_due="2026-04-15",
        label=label(category=category),
    )
    given = household(made)
    assert (given.known_to(WOMEN), given.known_to(NURSES)) == (True, others)


def test_whoever_is_to_keep_an_eye_on_them_can_write_what_they_see() -> None:
    keeper = {"keeper_agency": SHAKYO, "keeper_desk": "support"}
    unreached = fact(PlanNotReached, reason="declined", **keeper)
    successor = {"successor_agency": SHAKYO, "successor_desk": "support"}
    closed = fact(SupportClosed, reason="solved", **successor)
    for named in (unreached, closed):
        assert household(named).known_to(capacity(SHAKYO, "support"))
        assert not household(named).known_to(COORDINATOR)


def test_who_looks_in_by_urgency_is_told_of_no_lead_and_the_lead_of_nothing_new() -> None:
    opened = {"access": SHARE, "staff": SHARE, "agency": CITY, "desk": "welfare"}
    opened |= {"reason": "安否の確認", "until": "2026-04-01T15:00:00Z", "review_due": "2026-04-08"}
    owner = {"owner_agency": SHAKYO, "owner_desk": "support"}
    given = household(fact(EmergencyAccessOpened, **opened, **owner))
    assert not given.known_to(capacity(SHAKYO, "support"))
    assert given.seen_by(CENTRE) == {CENTRE}


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
