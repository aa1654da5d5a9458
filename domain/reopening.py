"""再開: a new cycle of support, led like any other."""

from typing import Any

from domain.conditions import CASE_WORK, HouseholdMerged, about_members, known
from domain.events import Fact
from domain.events.referral import LeadAgencyNamed
from domain.events.support import SupportReopened
from domain.household import Household
from domain.household.former import Former
from domain.household.referrals import Lead
from domain.household.support import Status
from domain.leading import may_lead
from domain.refusals import Refused
from domain.staff import Staff
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import AgencyId, Code, DeskId, StaffId


class ReopenSupport(CaseCommand):
    """Led by the writer's desk unless another is named."""

    reason: Code
    agency: AgencyId | None = None
    desk: DeskId | None = None
    staff: StaffId | None = None
    narrative: tuple[ParagraphDraft, ...] = ()

    @property
    def asks_sides(self) -> bool:
        """As whoever names the lead."""
        return self.agency is not None


class NotEnded(Refused):
    """この世帯の支援は続いています。再開の必要はありません。"""


def reopen_support(
    household: Household, *rest: *tuple[*tuple[Former | Staff, ...], ReopenSupport, Stamp]
) -> list[Fact]:
    """Rule 25: a new cycle, linked to the ending; what was consented to before does not revive. It
    is led by none who could not be named the lead while it went on.
    """
    *beside, command, stamp = rest
    stamp.requires(*CASE_WORK)
    if household.people.merged_into:
        raise HouseholdMerged(household=household.people.merged_into)
    if household.support.status is Status.OPEN:
        raise NotEnded
    about_members(household, command, stamp)
    known(stamp, "reopening-reasons", command.reason)
    agency, desk = command.agency or stamp.capacity.agency, command.desk or stamp.capacity.desk
    stamp.profile.desk(agency, desk, stamp.today)
    may_lead(household, beside, Lead(agency, desk, command.staff), stamp)
    by: dict[str, Any] = {"agency": agency, "desk": desk}
    support = household.support
    cycle = {"cycle": support.cycle + 1, "after": support.closed_at}
    named = {"staff": command.staff, "reason": "reopened"}
    return [
        stated(SupportReopened, command, stamp, **by, **cycle),
        stated(LeadAgencyNamed, command, stamp, **by, **named),
    ]
