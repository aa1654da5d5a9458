"""選定: who is asked to attend, as what, and for which items."""

from collections.abc import Collection
from uuid import UUID

from domain.convening.charge import body_of
from domain.events.sitting import AttendeeInvited, AttendeeKind
from domain.profile import Agency, Body, Operation, PersonAttends
from domain.refusals import AlreadyRecorded, Refused, Unknown, UnknownCode
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import AgencyId, Code, Personal, PersonId, PlainText, StaffId, Value


class Invitation(Value):
    """選定の案: `capacity` is the post in which somebody takes part on that day."""

    kind: AttendeeKind
    staff: StaffId | None = None
    person: PersonId | None = None
    name: Personal | None = None
    agency: AgencyId | None = None
    capacity: PlainText
    tier: Code | None = None


class AttendeeNotNamed(Refused):
    """だれが出席するか分かりません。職員は機関、市外部の構成員は機関か氏名、本人・家族は本人を示してください。"""


class NotOurStaff(Refused):
    """市の職員でも受託者の職員でもない人です。市外部の構成員として選定し、誓約を受けてください。"""


class PersonsDoNotAttend(Refused):
    """この会議体には、本人・家族は出席しません。"""


class ItemsNotNamed(Refused):
    """本人・家族が出席できるのは、示された議題だけです。出席する議題を示してください。"""


class NotOfThisTier(Refused):
    """この出席者の区分に属さない機関です。"""


def attendee_invited(  # noqa: PLR0913 - an invitation alone or as part of convening
    sitting: Sitting,
    invitation: Invitation,
    items: tuple[UUID, ...],
    command: CaseCommand,
    stamp: Stamp,
    *,
    attendee: UUID,
) -> AttendeeInvited:
    """Rule 12: in the capacity of that day, for the items named (all where none is)."""
    body = body_of(sitting, stamp)
    if not sitting.items.keys() >= set(items):
        raise Unknown
    _named(invitation, sitting, stamp)
    if invitation.kind is AttendeeKind.PERSON:
        _person_may_attend(body, items)
    _of_tier(invitation, body)
    who = (invitation.staff, invitation.person)
    if any(who) and who in {(a.staff, a.person) for a in sitting.attendees.values()}:
        raise AlreadyRecorded
    about = {name: getattr(invitation, name) for name in Invitation.model_fields}
    return stated(AttendeeInvited, command, stamp, attendee=attendee, items=items, **about)


def _named(invitation: Invitation, sitting: Sitting, stamp: Stamp) -> None:
    agency = invitation.agency and stamp.profile.agency(invitation.agency, sitting.held_on)
    match invitation.kind:
        case AttendeeKind.STAFF:
            named = bool(agency)
        case AttendeeKind.OUTSIDE:
            named = bool(agency or invitation.name)
        case AttendeeKind.PERSON:
            named = invitation.person is not None
    if not named:
        raise AttendeeNotNamed(kind=invitation.kind)
    if invitation.kind is AttendeeKind.STAFF and agency and not _is_ours(agency):
        raise NotOurStaff(agency=invitation.agency)


def _is_ours(agency: Agency) -> bool:
    return agency.inside or agency.operation in {Operation.DIRECT, Operation.ENTRUSTED}


def _person_may_attend(body: Body, items: Collection[UUID]) -> None:
    if body.person_attends is PersonAttends.NO:
        raise PersonsDoNotAttend(body=body.id)
    if not items:
        raise ItemsNotNamed


def _of_tier(invitation: Invitation, body: Body) -> None:
    """A tier may describe others in words, and admit the person."""
    if invitation.tier is None:
        return
    tier = next((tier for tier in body.tiers if tier.id == invitation.tier), None)
    if tier is None:
        allowed = [tier.id for tier in body.tiers]
        raise UnknownCode(list="tiers", code=invitation.tier, allowed=allowed)
    described = bool(tier.others) or (tier.person and invitation.kind is AttendeeKind.PERSON)
    if invitation.agency not in tier.agencies and not described:
        raise NotOfThisTier(tier=tier.id, allowed=list(tier.agencies))
