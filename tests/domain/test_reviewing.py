"""What left without consent is looked at once more, by somebody who had no part in it."""

from typing import Any
from uuid import UUID

import pytest

from domain.events.consent import InformationRequested, InformationShared
from domain.events.referral import ReferralMade, ReferralReviewed
from domain.labels import Basis, ByConsent, ByStatute, Category, OwnRecord
from domain.refusals import AlreadyRecorded, RoleNeeded, Unknown
from domain.reviewing import (
    NothingToReview,
    OwnShare,
    ReviewShare,
    review_information_request,
    review_referral,
    review_share,
)
from domain.stamp import Stamp
from domain.values import Role
from tests.domain.given import (
    CHILD,
    CITY,
    CONSENT,
    PRIVACY,
    REFERRAL,
    SATO,
    SCHOOL,
    SHARE,
    TANAKA,
    TODAY,
    capacity,
    fact,
    household,
    label,
    stamp,
)

REQUEST = UUID(int=0x9)
BY_LAW = ByStatute(article="jido-6")
REVIEWER = stamp(PRIVACY, SATO)
PROPER = ReviewShare(proper=True)


def shared(basis: Basis = BY_LAW, **labelled: Any) -> InformationShared:
    whole = label(CHILD, basis=basis, **labelled)
    given = {"share": SHARE, "to_agency": SCHOOL, "purpose": "support", "label": whole}
    return fact(InformationShared, **given, categories=(Category.FAMILY,))


def referred(basis: Basis = BY_LAW, **fields: Any) -> ReferralMade:
    whole = label(CHILD, basis=basis)
    given = {"referral": REFERRAL, "to_agency": SCHOOL, "purpose": "support", "label": whole}
    return fact(
        ReferralMade, **{**given, "categories": (Category.FAMILY,), "answer_due": TODAY, **fields}
    )


def asked(basis: Basis = BY_LAW, **fields: Any) -> InformationRequested:
    given = {"request": REQUEST, "of_agency": SCHOOL, "purpose": "support", "answer_due": TODAY}
    about = label(CHILD, basis=basis, **fields)
    return fact(InformationRequested, **given, categories=(Category.FAMILY,), label=about)


def of_share(given: Any, by: Stamp = REVIEWER) -> Any:
    return review_share(household(*given), PROPER, by, share=SHARE)


def of_referral(given: Any, by: Stamp = REVIEWER) -> Any:
    return review_referral(household(*given), PROPER, by, referral=REFERRAL)


def of_request(given: Any, by: Stamp = REVIEWER) -> Any:
    return review_information_request(household(*given), PROPER, by, request=REQUEST)


@pytest.mark.parametrize(
    ("review", "given"),
    [(of_share, shared()), (of_referral, referred()), (of_request, asked())],
)
def test_it_is_reviewed_once_by_somebody_else(review: Any, given: Any) -> None:
    (reviewed,) = review([given])
    assert reviewed.proper
    with pytest.raises(AlreadyRecorded):
        review([given, reviewed])
    with pytest.raises(OwnShare):
        review([given], stamp(PRIVACY, TANAKA))
    with pytest.raises(RoleNeeded):
        review([given], stamp(staff=SATO))
    with pytest.raises(Unknown):
        review([])


@pytest.mark.parametrize("basis", [ByConsent(consent=CONSENT), OwnRecord()])
def test_what_was_consented_to_or_held_nothing_needs_no_review(basis: Basis) -> None:
    for review, given in (
        (of_share, shared(basis)),
        (of_referral, referred(basis)),
        (of_request, asked(basis)),
    ):
        with pytest.raises(NothingToReview):
            review([given])


def test_the_desk_that_shared_does_not_review() -> None:
    own: dict[str, Any] = {"agency": CITY, "desk": "privacy"}
    with pytest.raises(OwnShare):
        of_share([shared(**own)])
    with pytest.raises(OwnShare):
        of_request([asked(**own)])


def test_the_desk_it_went_to_does_not_review() -> None:
    to_us = referred(to_agency=CITY, to_desk="privacy")
    with pytest.raises(OwnShare):
        of_referral([to_us])
    (reviewed,) = of_referral([to_us], stamp(capacity(CITY, "other", Role.PRIVACY), SATO))
    assert reviewed.proper


def test_a_review_of_what_is_not_there_changes_nothing() -> None:
    reviewed = fact(ReferralReviewed, referral=UUID(int=99), proper=True)
    assert household(reviewed).referrals.referrals == {}
