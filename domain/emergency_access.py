"""緊急閲覧: to look without waiting for a basis, for three hours, with others told at once and a
review soon after.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from domain.basis import of_substance
from domain.conditions import CASE_WORK, as_hidden_as, belong, is_kept_back
from domain.events.oversight import (
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
)
from domain.household import Household
from domain.household.oversight import Access
from domain.household.referrals import leading
from domain.person import Person
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, stated
from domain.values import Personal, PersonId, Role

_HOURS = timedelta(hours=3)
_LONGEST = timedelta(hours=72)


class AboutEmergencyAccess(CaseCommand):
    """Whoever must look now need not have had anything to do with the household before."""

    by_strangers: ClassVar[bool] = True


class OpenEmergencyAccess(AboutEmergencyAccess):
    """`location` for the protected place of one person, which a second person must approve."""

    reason: Personal
    person: PersonId | None = None
    location: bool = False


class ApproveEmergencyAccess(AboutEmergencyAccess, SidedCommand):
    """承認: of a look at a protected place."""

    only: ClassVar[tuple[Role, ...]] = (Role.CHIEF, Role.PROTECTION)


class RenewEmergencyAccess(AboutEmergencyAccess, SidedCommand):
    """延長: three more hours, 72 in all."""

    only: ClassVar[tuple[Role, ...]] = (Role.CHIEF,)


class ReviewEmergencyAccess(CaseCommand):
    proper: bool
    narrative: tuple[ParagraphDraft, ...] = ()


class OthersNotTold(Refused):
    """緊急閲覧は、主担当と個人情報保護担当に必ず知らせます。秘匿、通報者・居場所の印、会議の根拠は付けられません。知らせたくない内容は理由に書かず、別の記録にしてください。"""


class PersonNotNamed(Refused):
    """居場所の緊急閲覧では、だれの居場所かを示してください。"""


class AnotherPersonNeeded(Refused):
    """緊急閲覧の承認と点検は、その閲覧にかかわっていない職員が行います。"""


class NothingToApprove(Refused):
    """承認が要るのは、居場所の緊急閲覧だけです。"""


class AccessOver(Refused):
    """この緊急閲覧は、時間が終わったか、点検が済んでいます。必要なら新しく始めてください。"""


class LongestAccess(Refused):
    """緊急閲覧を続けられるのは、始めてから72時間までです。"""


def open_emergency_access(
    household: Household, command: OpenEmergencyAccess, stamp: Stamp
) -> list[EmergencyAccessOpened]:
    """The lead desk and the privacy officer are told by the fact itself. Nobody is told by a
    refusal who belongs to the household (rule 32): of anybody else it opens nothing.
    """
    stamp.requires(*CASE_WORK)
    of_substance(command.reason)
    _tells_others(command)
    if command.location and command.person is None:
        raise PersonNotNamed
    days = stamp.profile.settings(stamp.today).review_working_days
    due = stamp.profile.working_day_after(stamp.today, days)
    more = {"access": stamp.new_id("access"), "until": stamp.at + _HOURS, "review_due": due}
    who = _concerned(household, stamp)
    return [stated(EmergencyAccessOpened, command, stamp, **more, **who)]


def _concerned(household: Household, stamp: Stamp) -> dict[str, Any]:
    """Who looks, and whose case it is."""
    capacity, lead = stamp.capacity, leading(household.referrals.leads, stamp.today)
    return {
        "staff": stamp.author.staff,
        "agency": capacity.agency,
        "desk": capacity.desk,
        "owner_agency": lead.agency if lead else None,
        "owner_desk": lead.desk if lead else None,
    }


def approve_emergency_access(
    household: Household,
    *rest: *tuple[*tuple[Person, ...], ApproveEmergencyAccess, Stamp],
    access: UUID,
) -> list[EmergencyAccessApproved]:
    """A chief or the protection desk, who is not the one that looks."""
    *people, command, stamp = rest
    stamp.requires(*command.only)
    _tells_others(command)
    _of_no_side(household, people, stamp)
    opened = _open(household, stamp, access)
    if not opened.location:
        raise NothingToApprove
    if stamp.author.staff in opened.hands:
        raise AnotherPersonNeeded
    if opened.approved:
        raise AlreadyRecorded
    closed = as_hidden_as(household, command, opened.version)
    return [stated(EmergencyAccessApproved, closed, stamp, access=access)]


def renew_emergency_access(
    household: Household,
    *rest: *tuple[*tuple[Person, ...], RenewEmergencyAccess, Stamp],
    access: UUID,
) -> list[EmergencyAccessRenewed]:
    """A duty manager of the same agency, from now on; never beyond 72 hours."""
    *people, command, stamp = rest
    stamp.requires(*command.only)
    _tells_others(command)
    _of_no_side(household, people, stamp)
    opened = _open(household, stamp, access)
    if opened.agency != stamp.capacity.agency:
        raise Unknown
    until = min(stamp.at + _HOURS, opened.opened_at + _LONGEST)
    if until <= opened.until:
        raise LongestAccess
    closed = as_hidden_as(household, command, opened.version)
    return [stated(EmergencyAccessRenewed, closed, stamp, access=access, until=until)]


def review_emergency_access(
    household: Household, command: ReviewEmergencyAccess, stamp: Stamp, *, access: UUID
) -> list[EmergencyAccessReviewed]:
    """By somebody of the privacy office who had no hand in it; what was open is closed then."""
    stamp.requires(Role.PRIVACY)
    belong(household, stamp, *command.subjects, *command.hidden_from)
    opened = household.oversight.accesses.get(access)
    if opened is None:
        raise Unknown
    if opened.reviewed:
        raise AlreadyRecorded
    if stamp.author.staff in opened.hands:
        raise AnotherPersonNeeded
    closed = as_hidden_as(household, command, opened.version)
    return [stated(EmergencyAccessReviewed, closed, stamp, access=access)]


def _tells_others(command: AboutEmergencyAccess) -> None:
    """Nobody looks, approves or prolongs unseen by those who are there to look at it."""
    if is_kept_back(command):
        raise OthersNotTold


def _of_no_side(household: Household, people: Iterable[Person], stamp: Stamp) -> None:
    """Rule 2: to a chief who acts for one of the household, or for the 相手方 of one, there is no
    緊急閲覧 there; for whichever of the household, so that it tells of no 支援措置. Officers of
    支援措置 leave the whole case where they act for a 相手方 (see the gate's `stands_aside`).
    """
    feared = frozenset().union(*(person.counterparties for person in people))
    beside = household.acted_for(stamp) or not feared.isdisjoint(stamp.sides)
    if beside and stamp.capacity.role is Role.CHIEF:
        raise Unknown


def _open(household: Household, stamp: Stamp, key: UUID) -> Access:
    opened = household.oversight.accesses.get(key)
    if opened is None:
        raise Unknown
    if opened.reviewed or stamp.at >= opened.until:
        raise AccessOver
    return opened
