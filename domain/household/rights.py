"""請求・保存・漏えい as decisions ask: what is still to be answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from domain.events.rights import (
    CorrectionDecided,
    CorrectionRequested,
    DisclosureDecided,
    DisclosureRequested,
    FactCorrected,
    IncidentOpened,
    IncidentReported,
    LegalHoldLifted,
    LegalHoldPlaced,
    MisfiledRecordWithdrawn,
    PersonNotified,
    Requester,
    RightsFact,
    UseSuspended,
)
from domain.recorded import Recorded
from domain.values import PersonId


@dataclass(frozen=True, slots=True)
class Request:
    requester: Requester
    decided: bool = False


class Suspension(NamedTuple):
    """利用停止: of the facts named, or of everything about the person until then."""

    version: int
    person: PersonId
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rights:
    disclosures: Mapping[UUID, Request] = field(default_factory=dict)
    corrections: Mapping[UUID, bool] = field(default_factory=dict)
    holds: Mapping[UUID, bool] = field(default_factory=dict)
    incidents: Mapping[UUID, tuple[PersonId, ...]] = field(default_factory=dict)
    suspensions: tuple[Suspension, ...] = ()

    def evolve(self, recorded: Recorded, fact: RightsFact) -> "Rights":
        match fact:
            case UseSuspended():
                suspended = Suspension(recorded.version, fact.person, fact.facts)
                return replace(self, suspensions=(*self.suspensions, suspended))
            case DisclosureRequested():
                asked = Request(fact.requester)
                return replace(self, disclosures={**self.disclosures, fact.request: asked})
            case DisclosureDecided():
                asked = self.disclosures.get(fact.request, Request(Requester.PERSON))
                decided = replace(asked, decided=True)
                return replace(self, disclosures={**self.disclosures, fact.request: decided})
            case CorrectionRequested():
                return replace(self, corrections={**self.corrections, fact.request: False})
            case CorrectionDecided():
                return replace(self, corrections={**self.corrections, fact.request: True})
            case LegalHoldPlaced():
                return replace(self, holds={**self.holds, fact.hold: True})
            case LegalHoldLifted():
                return replace(self, holds={**self.holds, fact.hold: False})
            case IncidentOpened():
                return replace(self, incidents={**self.incidents, fact.incident: fact.persons})
            case (
                FactCorrected() | MisfiledRecordWithdrawn() | IncidentReported() | PersonNotified()
            ):
                return self
