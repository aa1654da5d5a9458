"""役割分担: who does what, and what they need for it (役割遂行に必要な情報)."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from domain.conditions import about_members, as_closed_as, may_finish
from domain.convening.agenda import CONFIDENTIAL
from domain.convening.charge import acts_for, body_of
from domain.events.meeting import RoleAssigned, RoleEnded
from domain.household import Household
from domain.household.planning import Charge
from domain.knowing import closed, is_known
from domain.meeting.secrecy import on_item
from domain.refusals import Refused, Unknown
from domain.siding import takes_no_side
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, paragraphs, stated
from domain.values import AgencyId, Day, DeskId, Personal, Value


class Place(NamedTuple):
    """Where a role was decided."""

    sitting: Sitting
    item: UUID
    decision: UUID


class RoleDraft(Value):
    """役割分担の案: `needed` は役割遂行に必要な情報。"""

    agency: AgencyId
    desk: DeskId | None = None
    task: Personal
    needed: tuple[ParagraphDraft, ...] = ()
    until: Day | None = None


class EndRole(SidedCommand):
    narrative: tuple[ParagraphDraft, ...] = ()


class AgencyNotInSitting(Refused):
    """この議題に出席も選定もされていない機関には、役割を割り当てられません。"""


class RoleOverAlready(Refused):
    """役割の終わりの日が過去です。今日以降の日にするか、書かずに始めてください。"""


class DutyNotDone(Refused):
    """守秘義務の告知または誓約が済んでいない機関には、支援会議の情報を渡せません。"""


def may_be_charged(household: Household, roles: Iterable[RoleDraft], stamp: Stamp) -> None:
    if any(role.agency != stamp.capacity.agency for role in roles):
        takes_no_side(stamp, household)


def assigned(
    place: Place, role: RoleDraft, command: CaseCommand, stamp: Stamp, key: UUID
) -> RoleAssigned:
    """Rule 3: what a role needs goes to a member body whose duty is done."""
    sitting, item, decision = place
    members = list(_of_agency(sitting, role.agency, item))
    if not members:
        raise AgencyNotInSitting(agency=role.agency)
    if role.until is not None and role.until < stamp.today:
        raise RoleOverAlready
    if role.desk:
        stamp.profile.desk(role.agency, role.desk, stamp.today)
    confidential = sitting.items[item].basis in CONFIDENTIAL
    if role.needed and confidential and not any(map(sitting.duty_done, members)):
        raise DutyNotDone(agency=role.agency)
    label = on_item(sitting, item, command, stamp, role.needed)
    about = {"agency": role.agency, "desk": role.desk, "task": role.task, "until": role.until}
    needed = paragraphs(role.needed, label)
    ids = {"role": key, "decision": decision}
    return stated(RoleAssigned, command, stamp, label=label, needed=needed, **ids, **about)


def end_role(
    household: Household, *rest: *tuple[*tuple[Sitting, ...], EndRole, Stamp], role: UUID
) -> list[RoleEnded]:
    """By who holds it or who is in charge of the body: to anybody else there is no such role."""
    *sittings, command, stamp = rest
    may_finish(household, stamp)
    about_members(household, command, stamp)
    charge = household.planning.roles.get(role)
    at = household.sources.items.get(charge.decision) if charge else None
    sitting = next(iter(sittings), None)
    if charge is None or at is None or sitting is None or at.item not in sitting.items:
        raise Unknown
    if not _may_end(household, charge, sitting, stamp):
        raise Unknown
    ending = as_closed_as(household, command, charge.version)
    label = on_item(sitting, at.item, ending, stamp, ending.narrative)
    of = {"role": role, "decision": charge.decision, "agency": charge.agency, "desk": charge.desk}
    return [stated(RoleEnded, ending, stamp, label=label, **of)]


def _may_end(household: Household, charge: Charge, sitting: Sitting, stamp: Stamp) -> bool:
    written, own = household.writings.at(charge.version), stamp.capacity
    if written is None or closed(household, written, stamp):
        return False
    holds = (charge.agency, charge.desk or own.desk) == (own.agency, own.desk)
    knowing = holds and is_known(household, written, stamp)
    return knowing or acts_for(body_of(sitting, stamp), own)


def _of_agency(sitting: Sitting, agency: AgencyId, item: UUID) -> Iterable[UUID]:
    """The attendees of the agency who were invited for the item or present for it."""
    present = sitting.present_for(item)
    for key, attendee in sitting.attendees.items():
        if attendee.agency == agency and (
            key in present or not attendee.items or item in attendee.items
        ):
            yield key
