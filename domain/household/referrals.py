"""つなぎ・主担当 as decisions ask: what is unanswered, who leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from domain.events.referral import (
    LeadAgencyNamed,
    ReferralAccepted,
    ReferralFact,
    ReferralMade,
    ReferralReturned,
    ReferralReviewed,
    ReferralWithdrawn,
    WorkHandedOver,
)
from domain.household.grants import Grant, granted
from domain.recorded import Recorded
from domain.values import AgencyId, DeskId, StaffId


class ReferralStatus(StrEnum):
    """つなぎの状態。"""

    OPEN = "open"  # 回答待ち
    ACCEPTED = "accepted"  # 受理
    RETURNED = "returned"  # 返戻
    WITHDRAWN = "withdrawn"  # 取下げ


@dataclass(frozen=True, slots=True)
class Referral:
    from_agency: AgencyId
    from_desk: DeskId
    to_agency: AgencyId
    to_desk: DeskId | None
    made_on: str
    grant: Grant
    sharer: StaffId
    version: int
    status: ReferralStatus = ReferralStatus.OPEN
    reviewed: bool = False
    hidden: bool = False
    """Whether there is somebody it is hidden from."""

    @property
    def sharing_desk(self) -> tuple[AgencyId, DeskId]:
        return self.from_agency, self.from_desk

    @property
    def to(self) -> tuple[AgencyId, DeskId | None]:
        return self.to_agency, self.to_desk


@dataclass(frozen=True, slots=True)
class Lead:
    agency: AgencyId
    desk: DeskId
    staff: StaffId | None = None


class Leading(NamedTuple):
    """Who leads from that day on; from the beginning where it is None."""

    lead: Lead
    since: date | None = None


Leads = tuple[Leading, ...]
"""In the order they were named."""


def led(leads: Leads, fact: LeadAgencyNamed | WorkHandedOver) -> Leads:
    """Naming the lead holds at once and takes back what was to come. Whoever hands their work over
    leads until the day, and whoever stands in for a time never does.
    """
    if isinstance(fact, LeadAgencyNamed):
        return (Leading(Lead(fact.agency, fact.desk, fact.staff)),)
    if fact.until is not None:
        return leads
    return (*leads, Leading(Lead(fact.agency, fact.desk, fact.to_staff), fact.effective_on))


def leading(leads: Leads, day: date) -> Lead | None:
    """Who leads on that day (rule 17): whoever was named last of those who lead by then."""
    begun = (each.lead for each in reversed(leads) if each.since is None or each.since <= day)
    return next(begun, leads[0].lead if leads else None)


@dataclass(frozen=True, slots=True)
class Referrals:
    referrals: Mapping[UUID, Referral] = field(default_factory=dict)
    leads: Leads = ()
    covered: bool = False
    """代行: whether somebody stands in for the lead, until it is named again."""

    def evolve(self, recorded: Recorded, fact: ReferralFact) -> "Referrals":
        match fact:
            case ReferralMade():
                made = _made(recorded, fact)
                return replace(self, referrals={**self.referrals, fact.referral: made})
            case ReferralAccepted():
                return self._changed(fact.referral, status=ReferralStatus.ACCEPTED)
            case ReferralReturned():
                return self._changed(fact.referral, status=ReferralStatus.RETURNED)
            case ReferralWithdrawn():
                return self._changed(fact.referral, status=ReferralStatus.WITHDRAWN)
            case ReferralReviewed():
                return self._changed(fact.referral, reviewed=True)
            case LeadAgencyNamed():
                return replace(self, leads=led(self.leads, fact), covered=False)
            case WorkHandedOver():
                covered = fact.until is not None
                return replace(self, leads=led(self.leads, fact), covered=covered)

    @property
    def lead(self) -> Lead | None:
        """Who was named last, for now or for a day to come."""
        return self.leads[-1].lead if self.leads else None

    def _changed(self, referral: UUID, **now: Any) -> "Referrals":
        if referral not in self.referrals:
            return self
        changed = replace(self.referrals[referral], **now)
        return replace(self, referrals={**self.referrals, referral: changed})

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What the receivers hold: as long as it is neither returned nor withdrawn."""
        held = (ReferralStatus.OPEN, ReferralStatus.ACCEPTED)
        return tuple(r.grant for r in self.referrals.values() if r.status in held)


def _made(recorded: Recorded, fact: ReferralMade) -> Referral:
    return Referral(
        from_agency=fact.label.agency,
        from_desk=fact.label.desk,
        to_agency=fact.to_agency,
        to_desk=fact.to_desk,
        made_on=fact.occurred_on,
        grant=granted(recorded.version, fact),
        sharer=recorded.author.staff,
        version=recorded.version,
        hidden=bool(fact.label.hidden_from),
    )
