"""Whom a fact speaks to (名あて): told from the fact itself."""

from collections.abc import Mapping
from typing import NamedTuple

from domain.events.base import Fact
from domain.events.consent import ConsentWithdrawn, InformationRequested, InformationShared
from domain.events.meeting import MeetingDecided, PlanNotReached, RoleAssigned
from domain.events.membership import HouseholdsMerged
from domain.events.oversight import EmergencyAccessOpened
from domain.events.referral import LeadAgencyNamed, ReferralMade, WorkHandedOver
from domain.events.support import SupportClosed, SupportReopened
from domain.labels import DESK_ONLY, Category
from domain.values import AgencyId, Capacity, DeskId


class Address(NamedTuple):
    """名あて: an agency, or one desk of it."""

    agency: AgencyId
    desk: DeskId | None

    def reaches(self, capacity: Capacity, category: Category) -> bool:
        """健康 and 虐待・DV reach only the desk that was named, if one was."""
        narrow = category in DESK_ONLY and self.desk is not None
        return self.agency == capacity.agency and (not narrow or self.desk == capacity.desk)


_NAMED: Mapping[type[Fact], tuple[str, str | None]] = {
    ReferralMade: ("to_agency", "to_desk"),
    InformationShared: ("to_agency", None),
    InformationRequested: ("of_agency", None),
    LeadAgencyNamed: ("agency", "desk"),
    WorkHandedOver: ("agency", "desk"),
    RoleAssigned: ("agency", "desk"),
    MeetingDecided: ("successor_agency", "successor_desk"),
    PlanNotReached: ("keeper_agency", "keeper_desk"),
    SupportClosed: ("successor_agency", "successor_desk"),
    SupportReopened: ("agency", "desk"),
    EmergencyAccessOpened: ("owner_agency", "owner_desk"),
}


def addressed(fact: Fact) -> tuple[Address, ...]:
    """To whom a fact speaks besides those who wrote it."""
    if isinstance(fact, ConsentWithdrawn):
        return tuple(Address(agency, None) for agency in fact.holders)
    if isinstance(fact, HouseholdsMerged):
        return tuple(Address(agency, None) for agency in fact.agencies)
    if type(fact) not in _NAMED:
        return ()
    agency, desk = _NAMED[type(fact)]
    to = getattr(fact, agency)
    return (Address(to, getattr(fact, desk) if desk else None),) if to else ()
