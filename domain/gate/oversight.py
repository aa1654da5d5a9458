"""緊急閲覧と監査 as the gate asks: what is open, for whom, until when."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
)
from domain.gate.spoken import Item
from domain.gate.verdict import Place
from domain.values import AgencyId


class Access(NamedTuple):
    """緊急閲覧; `approved` by somebody other than who opened it."""

    place: Place
    fact: EmergencyAccessOpened
    approved: Place | None = None
    renewed: tuple[tuple[Place, datetime], ...] = ()
    reviewed: Place | None = None

    def until(self, at: datetime) -> tuple[Place, ...] | None:
        """The facts by which it is still open at that moment."""
        if self.reviewed is not None:
            return None
        if at < self.fact.until:
            return (self.place,)
        return next(((self.place, place) for place, until in self.renewed if at < until), None)


class AuditCase(NamedTuple):
    """監査, of the office that opened it."""

    place: Place
    agency: AgencyId
    closed: Place | None = None


def accesses(items: Iterable[Item]) -> tuple[Access, ...]:
    found: dict[UUID, Access] = {}
    for item in items:
        match item.fact:
            case EmergencyAccessOpened() as fact:
                found[fact.access] = Access(item.place, fact)
            case (
                EmergencyAccessApproved() | EmergencyAccessRenewed() | EmergencyAccessReviewed()
            ) if item.fact.access in found:
                found[item.fact.access] = _next(found[item.fact.access], item)
    return tuple(found.values())


def _next(access: Access, item: Item) -> Access:
    match item.fact:
        case EmergencyAccessApproved() if item.author.staff != access.fact.staff:
            return access._replace(approved=access.approved or item.place)
        case EmergencyAccessRenewed(until=until):
            return access._replace(renewed=(*access.renewed, (item.place, until)))
        case EmergencyAccessReviewed():
            return access._replace(reviewed=access.reviewed or item.place)
    return access


def audits(items: Iterable[Item]) -> tuple[AuditCase, ...]:
    found: dict[UUID, AuditCase] = {}
    for item in items:
        match item.fact:
            case AuditCaseOpened(case=case):
                found[case] = AuditCase(item.place, item.fact.label.agency)
            case AuditCaseClosed(case=case) if case in found:
                found[case] = found[case]._replace(closed=item.place)
    return tuple(found.values())
