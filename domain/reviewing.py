"""点検: what left without consent is looked at again, by somebody who had no part in it."""

from uuid import UUID

from domain.conditions import about_members
from domain.events.consent import InformationRequestReviewed, ShareReviewed
from domain.events.referral import ReferralReviewed
from domain.household import Household
from domain.household.grants import Handing
from domain.labels import ByConsent, OwnRecord
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Role


class ReviewShare(CaseCommand):
    proper: bool
    narrative: tuple[ParagraphDraft, ...] = ()


class OwnShare(Refused):
    """自分や自分の係が行った情報提供・つなぎ・協力依頼を、自分で点検することはできません。"""


class NothingToReview(Refused):
    """本人同意による情報提供・協力依頼と、記録を渡していないつなぎに、事後の点検は要りません。"""


def review_share(
    household: Household, command: ReviewShare, stamp: Stamp, *, share: UUID
) -> list[ShareReviewed]:
    given = household.consents.shares.get(share)
    _review(household, command, stamp, given)
    return [stated(ShareReviewed, command, stamp, share=share)]


def review_referral(
    household: Household, command: ReviewShare, stamp: Stamp, *, referral: UUID
) -> list[ReferralReviewed]:
    given = household.referrals.referrals.get(referral)
    _review(household, command, stamp, given)
    return [stated(ReferralReviewed, command, stamp, referral=referral)]


def review_information_request(
    household: Household, command: ReviewShare, stamp: Stamp, *, request: UUID
) -> list[InformationRequestReviewed]:
    """To ask about somebody is to tell of them."""
    asked = household.consents.requests.get(request)
    _review(household, command, stamp, asked.told if asked else None)
    return [stated(InformationRequestReviewed, command, stamp, request=request)]


def _review(
    household: Household, command: ReviewShare, stamp: Stamp, given: Handing | None
) -> None:
    """Never by whoever shared it, nor by anybody of the desk that shared or received it."""
    stamp.requires(Role.PRIVACY)
    about_members(household, command, stamp)
    if given is None:
        raise Unknown
    if isinstance(given.grant.basis, ByConsent | OwnRecord):
        raise NothingToReview
    own_desk = (stamp.capacity.agency, stamp.capacity.desk)
    if given.sharer == stamp.author.staff or own_desk in {given.sharing_desk, given.to}:
        raise OwnShare
    if given.reviewed:
        raise AlreadyRecorded
