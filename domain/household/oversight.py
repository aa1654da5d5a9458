"""緊急閲覧・監査 as decisions ask: what is open, who opened it, what is still to be looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
    OversightFact,
)
from domain.recorded import Recorded
from domain.values import AgencyId, StaffId


@dataclass(frozen=True, slots=True)
class Access:
    """緊急閲覧: `hands` are all who had a hand in it."""

    staff: StaffId
    agency: AgencyId
    location: bool
    opened_at: datetime
    until: datetime
    hands: frozenset[StaffId]
    version: int
    approved: bool = False
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class AuditCase:
    agency: AgencyId
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Oversight:
    accesses: Mapping[UUID, Access] = field(default_factory=dict)
    cases: Mapping[UUID, AuditCase] = field(default_factory=dict)

    def evolve(self, recorded: Recorded, fact: OversightFact) -> "Oversight":
        by = recorded.author.staff
        match fact:
            case EmergencyAccessOpened():
                opened = _opened(recorded, fact)
                return replace(self, accesses={**self.accesses, fact.access: opened})
            case EmergencyAccessApproved():
                return self._changed(fact.access, by, approved=True)
            case EmergencyAccessRenewed():
                return self._changed(fact.access, by, until=fact.until)
            case EmergencyAccessReviewed():
                return self._changed(fact.access, by, reviewed=True)
            case AuditCaseOpened():
                opened_case = AuditCase(fact.label.agency)
                return replace(self, cases={**self.cases, fact.case: opened_case})
            case AuditCaseClosed():
                return self._closed(fact.case)

    def _changed(self, key: UUID, by: StaffId, **now: object) -> "Oversight":
        if key not in self.accesses:
            return self
        access = self.accesses[key]
        changed = replace(access, hands=access.hands | {by}, **now)  # type: ignore[arg-type]
        return replace(self, accesses={**self.accesses, key: changed})

    def _closed(self, key: UUID) -> "Oversight":
        if key not in self.cases:
            return self
        closed = replace(self.cases[key], closed=True)
        return replace(self, cases={**self.cases, key: closed})


def _opened(recorded: Recorded, fact: EmergencyAccessOpened) -> Access:
    return Access(
        staff=fact.staff,
        agency=fact.agency,
        location=fact.location,
        opened_at=recorded.recorded_at,
        until=fact.until,
        hands=frozenset({fact.staff, recorded.author.staff}),
        version=recorded.version,
    )
