"""Whom a fact speaks to (名あて), and whom it tells that there is a case: by the fact itself."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from domain.events.base import Fact
from domain.events.consent import ConsentWithdrawn, InformationRequested, InformationShared
from domain.events.intake import NoteKept
from domain.events.meeting import (
    BroughtToSitting,
    MeetingDecided,
    PlanNotReached,
    RoleAssigned,
    RoleEnded,
)
from domain.events.membership import HouseholdsMerged
from domain.events.oversight import AuditCaseClosed, AuditCaseOpened, EmergencyAccessOpened
from domain.events.referral import LeadAgencyNamed, ReferralMade, WorkHandedOver
from domain.events.rights import DisclosureDecided, DisclosureRequested
from domain.events.support import SupportClosed, SupportReopened
from domain.labels import DESK_ONLY, BySitting, Category, Tag
from domain.values import OFFICES, AgencyId, Capacity, DeskId, DeskRef, Role


class Address(NamedTuple):
    """名あて: an agency, or one desk of it; `alone` where no other desk may know, whatever it is
    about, and `secretariat` where nobody may but who keeps the record of a sitting there.
    """

    agency: AgencyId
    desk: DeskId | None
    alone: bool = False
    secretariat: bool = False

    def within(self, category: Category) -> "Address":
        """健康 and 虐待・DV go only to the desk that was named, if one was."""
        narrow = self.alone or category in DESK_ONLY
        return Address(self.agency, self.desk if narrow else None)

    def reaches(self, capacity: Capacity, category: Category) -> bool:
        if self.secretariat and capacity.role is not Role.COORDINATOR:
            return False
        agency, desk = self.within(category)[:2]
        return agency == capacity.agency and desk in {None, capacity.desk}


_NAMED: Mapping[type[Fact], tuple[str, str | None]] = {
    ReferralMade: ("to_agency", "to_desk"),
    InformationShared: ("to_agency", None),
    InformationRequested: ("of_agency", None),
    LeadAgencyNamed: ("agency", "desk"),
    WorkHandedOver: ("agency", "desk"),
    RoleAssigned: ("agency", "desk"),
    RoleEnded: ("agency", "desk"),
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
        whole = (Address(agency, None) for agency in fact.agencies)
        desks = (Address(each.agency, each.desk, alone=True) for each in fact.desks)
        return (*whole, *desks, *map(secretariat, fact.secretariats))
    if type(fact) not in _NAMED:
        return ()
    agency, desk = _NAMED[type(fact)]
    to = getattr(fact, agency)
    return (Address(to, getattr(fact, desk) if desk else None),) if to else ()


def knows(known: Container[Address], capacity: Capacity) -> bool:
    """Whether it is known to this desk, to all of its agency, or to them as a secretariat."""
    agency, desk = capacity.agency, capacity.desk
    kept = Address(agency, desk, alone=True, secretariat=True)
    keeps = capacity.role is Role.COORDINATOR and kept in known
    return keeps or Address(agency, None) in known or Address(agency, desk) in known


_OF_THE_DESK: frozenset[type[Fact]] = frozenset(
    {NoteKept, AuditCaseOpened, AuditCaseClosed, DisclosureRequested, DisclosureDecided}
)
_MAKING_KNOWN = (_NAMED.keys() | {HouseholdsMerged}) - {EmergencyAccessOpened}
"""緊急閲覧 speaks to who leads; who looks in learns by it of nobody, and they of nothing new."""


def writer(fact: Fact, role: Role) -> Address:
    """Whose record it is to know of (rule 1): the writer's agency, or their desk alone where it is
    of 虐待・DV or 健康, was learned in a 支援会議, tells of a 通報者, stays with the desk, or is
    the work of an office, which reaches every household.
    """
    label = fact.label
    learned = isinstance(label.basis, BySitting) or Tag.INFORMANT in label.tags
    if learned or role in OFFICES:
        return Address(label.agency, label.desk)
    return usual_writer(type(fact), label.agency, label.desk, label.category)


def usual_writer(kind: type[Fact], agency: AgencyId, desk: DeskId, category: str) -> Address:
    """The same of what case work tells, that was learned in no 支援会議 and of no 通報者."""
    closed = category in DESK_ONLY or kind in _OF_THE_DESK
    return Address(agency, desk if closed else None)


def told(fact: Fact, role: Role) -> tuple[Address, ...]:
    """Who learns by it that there is such a case, and goes on knowing: first who wrote it."""
    own = writer(fact, role)
    if isinstance(fact, BroughtToSitting):
        return (own, secretariat(fact.secretariat)) if fact.secretariat else (own,)
    if type(fact) not in _MAKING_KNOWN:
        return (own,)
    return (own, *(to.within(fact.label.category) for to in addressed(fact)))


def secretariat(desk: DeskRef) -> Address:
    """事務局: who keeps the record of a sitting there; no other desk or role of the agency."""
    return Address(desk.agency, desk.desk, alone=True, secretariat=True)
