"""付議・会議決定: what a sitting takes up, what it decides, and who does what afterwards."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.conditions import about_members, have_consented, may_write
from domain.convening.charge import body_of, in_charge
from domain.events import Fact
from domain.events.meeting import CaseStudied, DecisionKind, MeetingDecided, RoleAssigned
from domain.events.referral import LeadAgencyNamed
from domain.events.sitting import MeetingBasis
from domain.household import Household
from domain.household.planning import Item
from domain.meeting.deliberation import (
    AtItem,
    agreeing,
    attended,
    deliberated,
    named,
    on_agenda,
    taken_up,
)
from domain.meeting.holding import not_yet
from domain.meeting.roles import Place, RoleDraft, assigned, may_be_charged
from domain.meeting.secrecy import on_item
from domain.person import Person
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import ParagraphDraft, SidedCommand, stated
from domain.values import AgencyId, DeskId, SittingId

Kind = DecisionKind
_DECIDES: dict[MeetingBasis, frozenset[DecisionKind]] = {
    MeetingBasis.SUPPORT: frozenset(Kind) - {Kind.PLAN_APPROVED},
    MeetingBasis.LAYERED: frozenset(Kind) - {Kind.PROMOTED},
    MeetingBasis.OTHER_CONFIDENTIAL: frozenset(
        {Kind.ROLES, Kind.CONTINUED, Kind.OUTREACH, Kind.PROMOTED}
    ),
    MeetingBasis.NONE: frozenset(),
}
_ONCE = frozenset(
    {Kind.PLAN_APPROVED, Kind.RETURNED, Kind.CLOSURE_APPROVED, Kind.SUSPENSION_CONFIRMED}
)
_NAMES_SUCCESSOR = frozenset({Kind.RETURNED, Kind.CLOSURE_APPROVED})


class DecideInMeeting(AtItem):
    kind: DecisionKind
    plan: UUID | None = None
    successor_agency: AgencyId | None = None
    successor_desk: DeskId | None = None
    roles: Annotated[tuple[RoleDraft, ...], Field(max_length=50)] = ()
    narrative: tuple[ParagraphDraft, ...] = ()


class AssignRole(SidedCommand):
    sitting: SittingId
    decision: UUID
    role: RoleDraft
    predecessor: UUID | None = None


class StudyCase(AtItem):
    narrative: tuple[ParagraphDraft, ...] = ()


class SupportMeetingDecidesNoPlan(Refused):
    """支援会議ではプランを決定できません。本人の同意を得て、重層的支援会議の議題で決定してください。"""


class NotDecidedOnThisBasis(Refused):
    """この根拠の議題では、この種別の決定はできません。"""


class PlanNotNamed(Refused):
    """承認するプランを示してください。プラン以外の決定では示しません。"""


class SuccessorNotNamed(Refused):
    """次の主担当の機関と係を示してください。"""


def decide_in_meeting(
    household: Household,
    sitting: Sitting,
    *rest: *tuple[*tuple[Person, ...], DecideInMeeting, Stamp],
) -> list[Fact]:
    """Rules 10–12 and 17: by those present for this very item, on what its basis allows."""
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    in_charge(body_of(sitting, stamp), stamp)
    deliberated(household, sitting, command, stamp, people)
    _may_decide(household, sitting, command, stamp, people)
    successor = _successor(command, stamp)
    decision = stamp.new_id("decision")
    label = on_item(sitting, command.item, command, stamp, command.narrative)
    decided = stated(
        MeetingDecided, command, stamp, decision=decision, rested_on=household.version, label=label
    )
    lead = (
        [stated(LeadAgencyNamed, command, stamp, **successor, reason="returned")]
        if successor and command.kind is Kind.RETURNED
        else []
    )
    place = Place(sitting, command.item, decision)
    may_be_charged(household, command.roles, stamp)
    roles = [
        assigned(place, role, command, stamp, stamp.new_id(f"role-{number}"))
        for number, role in enumerate(command.roles)
    ]
    if command.kind is Kind.PROMOTED:
        return [*not_yet(household, sitting, command, stamp, people), decided, *roles]
    return [decided, *lead, *roles]


def assign_role(
    household: Household, sitting: Sitting, *rest: *tuple[*tuple[Person, ...], AssignRole, Stamp]
) -> list[RoleAssigned]:
    """役割分担 after the sitting, or handing a role over, which ends it for whoever held it: both
    rest on the decision.
    """
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    in_charge(body_of(sitting, stamp), stamp)
    decision = household.planning.decisions.get(command.decision)
    if decision is None or decision.sitting != sitting.id or decision.item not in sitting.items:
        raise Unknown
    handed = command.predecessor
    charge = household.planning.roles.get(handed) if handed else None
    if handed and (charge is None or charge.decision != command.decision):
        raise Unknown
    spoken_of = named(command)
    if sitting.items[decision.item].basis is MeetingBasis.LAYERED and spoken_of:
        brought = household.planning.items.get(decision.item, Item(decision.sitting, (), ()))
        agreeing(household, sitting, brought, spoken_of, stamp, people)
    may_be_charged(household, (command.role,), stamp)
    place = Place(sitting, decision.item, command.decision)
    role = assigned(place, command.role, command, stamp, stamp.new_id("role"))
    return [role.model_copy(update={"predecessor": handed})]


def study_case(
    household: Household, sitting: Sitting, *rest: *tuple[*tuple[Person, ...], StudyCase, Stamp]
) -> list[CaseStudied]:
    """事例検討: where the body takes no identified cases, the item names no household."""
    *people, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    on_agenda(sitting, command.item, stamp)
    if sitting.items[command.item].household:
        deliberated(household, sitting, command, stamp, people)
    else:
        attended(sitting, command.item, stamp)
    label = on_item(sitting, command.item, command, stamp, command.narrative)
    return [stated(CaseStudied, command, stamp, label=label)]


def _may_decide(
    household: Household,
    sitting: Sitting,
    command: DecideInMeeting,
    stamp: Stamp,
    people: list[Person],
) -> None:
    basis, kind = sitting.items[command.item].basis, command.kind
    if basis is MeetingBasis.SUPPORT and kind is Kind.PLAN_APPROVED:
        raise SupportMeetingDecidesNoPlan
    if (kind is Kind.PLAN_APPROVED) != (command.plan is not None):
        raise PlanNotNamed
    if kind not in _DECIDES[basis]:
        raise NotDecidedOnThisBasis(basis=basis, allowed=sorted(_DECIDES[basis]))
    if command.plan:
        _plan_taken_up(household, command.plan, command.item, stamp, people)
    if kind in _ONCE and household.planning.was_decided(kind, command.item, command.plan):
        raise AlreadyRecorded


def _plan_taken_up(
    household: Household, plan: UUID, item: UUID, stamp: Stamp, people: list[Person]
) -> None:
    """Rule 10: each person of the plan consents, and it is their item."""
    if plan not in household.planning.plans:
        raise Unknown
    persons = household.planning.plans[plan].persons
    have_consented(household, persons, stamp.today, stamp, people)
    taken_up(household.planning.items[item], persons, people)


def _successor(command: DecideInMeeting, stamp: Stamp) -> dict[str, str]:
    """Rule 17: 包括に戻す and 終結 name who leads from now on."""
    agency, desk = command.successor_agency, command.successor_desk
    if agency and desk:
        stamp.profile.desk(agency, desk, stamp.today)
        return {"agency": agency, "desk": desk}
    required = stamp.profile.settings(stamp.today).lead_successor_required
    if agency or desk or (required and command.kind in _NAMES_SUCCESSOR):
        raise SuccessorNotNamed
    return {}
