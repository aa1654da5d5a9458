"""主担当: exactly one in every open household (rule 17), and how work passes to a colleague."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from domain.conditions import about_members, drafts_about_members, known, may_write
from domain.events import Fact, On
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.household import Household
from domain.household.former import Former
from domain.household.referrals import Lead
from domain.knowing import knows_member
from domain.leading import at_work, may_lead
from domain.refusals import NotAMember, Refused, RoleNeeded, Unknown
from domain.staff import Staff
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, stated
from domain.values import AgencyId, Code, Day, DeskId, HouseholdId, Role, StaffId

ARRANGERS = (Role.COORDINATOR, Role.CONVENER)
"""Who may settle the lead between agencies."""


class NameLead(SidedCommand):
    agency: AgencyId
    desk: DeskId
    staff: StaffId | None = None
    reason: Code | None = None


class HandOverWork(CaseCommand):
    """引継書: `memo` goes into every household, `memos` into the one it is about."""

    from_staff: StaffId
    to_staff: StaffId
    households: tuple[HouseholdId, ...] = Field(min_length=1)
    desk: DeskId | None = None
    effective_on: Day
    until: Day | None = None
    memo: tuple[ParagraphDraft, ...] = ()
    memos: Mapping[HouseholdId, tuple[ParagraphDraft, ...]] = {}

    @field_validator("memos", mode="before")
    @classmethod
    def _written(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {key: [{"text": m}] if isinstance(m, str) else m for key, m in given.items()}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.effective_on:
            raise ValueError("代行の終わりの日が、始まりの日より前です。")
        if self.from_staff == self.to_staff:
            raise ValueError("引き継ぐ相手が同じ職員です。")
        if not set(self.memos) <= set(self.households):
            raise ValueError("memos に、引き継ぐ世帯以外の世帯が書かれています。")
        return self

    def told_in(self, household: HouseholdId) -> "HandOverWork":
        """What of it is written into that household."""
        memo = (*self.memo, *self.memos.get(household, ()))
        return self.model_copy(update={"memo": memo, "memos": {}})


class NotTheirCase(Refused):
    """引き継ぐ職員が主担当ではない世帯が含まれています。"""


def name_lead(
    *given: *tuple[Household, *tuple[Former | Staff, ...], NameLead, Stamp],
) -> list[LeadAgencyNamed]:
    """The lead passes on their own case; between agencies 多機関協働 may settle it. Where another
    agency leads already, that is recorded again: the writer may act for somebody who must not know
    who leads (rule 2). Naming the one who leads already ends a 代行, and a handover to come.
    """
    household, *beside, command, stamp = given
    may_write(household, stamp)
    about_members(household, command, stamp)
    stamp.profile.desk(command.agency, command.desk, stamp.today)
    known(stamp, "lead-reasons", command.reason)
    lead, named = household.lead, Lead(command.agency, command.desk, command.staff)
    if lead and lead.agency != stamp.capacity.agency and stamp.capacity.role not in ARRANGERS:
        raise RoleNeeded(roles=list(ARRANGERS))
    settled = lead == named == household.lead_on(stamp.today)
    leads = settled and named.agency == stamp.capacity.agency
    if leads and not household.referrals.covered:
        return []
    may_lead(household, beside, named, stamp)
    return [stated(LeadAgencyNamed, command, stamp)]


def hand_over_work(
    *given: *tuple[*tuple[Household | Staff, ...], HandOverWork, Stamp],
) -> list[Fact | On]:
    """A worker's cases in one act; whoever stands in for a time does not become the lead."""
    *beside, command, stamp = given
    households = [each for each in beside if isinstance(each, Household)]
    if {household.id for household in households} != set(command.households):
        raise Unknown
    _may_hand_over(command, stamp)
    desk = command.desk or stamp.capacity.desk
    stamp.profile.desk(stamp.capacity.agency, desk, stamp.today)
    theirs = [household.id for household in households if _leads(household, command, stamp)]
    if others := [household.id for household in households if household.id not in theirs]:
        raise NotTheirCase(households=others)
    at_work(beside, stamp.capacity.agency, desk, command.effective_on)
    shown = _as_shown(households, stamp)
    _named_somewhere(shown, command)
    first, *rest = [On(each.id, _handed_over(each, command, at, desk)) for each, at in shown]
    return [first.fact, *rest]


def _may_hand_over(command: HandOverWork, stamp: Stamp) -> None:
    """One's own work, or that of a colleague when one is 係長."""
    if command.from_staff != stamp.author.staff:
        stamp.requires(Role.CHIEF)


def _leads(household: Household, command: HandOverWork, stamp: Stamp) -> bool:
    lead = household.lead_on(stamp.today)
    if lead is None or not household.is_open:
        return False
    return (lead.agency, lead.staff) == (stamp.capacity.agency, command.from_staff)


def _as_shown(households: Sequence[Household], stamp: Stamp) -> list[tuple[Household, Stamp]]:
    """Whom the writer is shown was looked up of the first household, and tells of no other."""
    first, *others = households
    alone = stamp if stamp.shown is None else replace(stamp, shown={})
    return [(first, stamp), *((each, alone) for each in others)]


def _named_somewhere(shown: Sequence[tuple[Household, Stamp]], command: HandOverWork) -> None:
    """Whom the act is about, or is hidden from, belongs to one of the households at least."""
    named = dict.fromkeys((*command.subjects, *command.hidden_from))
    strangers = [p for p in named if not any(knows_member(h, at, p) for h, at in shown)]
    if strangers:
        raise NotAMember(persons=strangers)


def _handed_over(
    household: Household, command: HandOverWork, stamp: Stamp, desk: DeskId
) -> WorkHandedOver:
    """What concerns one household is written into that one alone, and about those whom the writer
    knows to belong there. Whoever else belongs is not told of, but it is hidden from them as well.
    """
    may_write(household, stamp)
    own = command.told_in(HouseholdId(household.id))
    drafts_about_members(household, own.memo, stamp)
    members = household.people.members
    persons = {
        "subjects": tuple(p for p in own.subjects if knows_member(household, stamp, p)),
        "hidden_from": tuple(p for p in own.hidden_from if p in members),
    }
    own = own.model_copy(update=persons)
    return stated(WorkHandedOver, own, stamp, agency=stamp.capacity.agency, desk=desk)
