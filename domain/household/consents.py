"""同意・情報提供 as decisions ask: what may be told to whom, and what was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from domain.events.consent import (
    ConsentGiven,
    ConsentSought,
    ConsentWithdrawn,
    DecisionSupported,
    InformationRequestAnswered,
    InformationRequested,
    InformationShared,
    LabelTightened,
    ShareReviewed,
    SharingFact,
)
from domain.labels import ByConsent, Category
from domain.recorded import Recorded
from domain.values import AgencyId, Period, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class Consent:
    """本人同意: `cut` holds what a partial withdrawal took away."""

    person: PersonId
    agencies: frozenset[AgencyId]
    categories: frozenset[Category]
    purposes: frozenset[str]
    period: Period
    cut: frozenset[tuple[AgencyId, Category, str]] = frozenset()

    def covers(self, agency: AgencyId, category: Category, purpose: str, day: date) -> bool:
        return (
            self.period.covers(day)
            and agency in self.agencies
            and category in self.categories
            and purpose in self.purposes
            and (agency, category, purpose) not in self.cut
        )


@dataclass(frozen=True, slots=True)
class Share:
    sharer: StaffId
    to_agency: AgencyId
    consent: UUID | None
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Consents:
    consents: Mapping[UUID, Consent] = field(default_factory=dict)
    shares: Mapping[UUID, Share] = field(default_factory=dict)
    requests: Mapping[UUID, bool] = field(default_factory=dict)

    def evolve(self, recorded: Recorded, fact: SharingFact) -> "Consents":
        match fact:
            case ConsentGiven():
                return replace(self, consents={**self.consents, fact.consent: _given(fact)})
            case ConsentWithdrawn():
                return self._withdraw(fact)
            case InformationShared():
                by = fact.label.basis.consent if isinstance(fact.label.basis, ByConsent) else None
                share = Share(recorded.author.staff, fact.to_agency, by)
                return replace(self, shares={**self.shares, fact.share: share})
            case ShareReviewed():
                return self._reviewed(fact.share)
            case InformationRequested():
                return replace(self, requests={**self.requests, fact.request: False})
            case InformationRequestAnswered():
                return replace(self, requests={**self.requests, fact.request: True})
            case ConsentSought() | DecisionSupported() | LabelTightened():
                return self

    def _withdraw(self, fact: ConsentWithdrawn) -> "Consents":
        if fact.consent not in self.consents:
            return self
        consent = self.consents[fact.consent]
        cut = {(a, c, p) for a in fact.agencies for c in fact.categories for p in fact.purposes}
        withdrawn = replace(consent, cut=consent.cut | cut)
        return replace(self, consents={**self.consents, fact.consent: withdrawn})

    def _reviewed(self, share: UUID) -> "Consents":
        if share not in self.shares:
            return self
        reviewed = replace(self.shares[share], reviewed=True)
        return replace(self, shares={**self.shares, share: reviewed})

    def covering(
        self, person: PersonId, agency: AgencyId, category: Category, purpose: str, day: date
    ) -> UUID | None:
        """The consent of this very person that covers agency × category × purpose × day."""
        for key, consent in self.consents.items():
            if consent.person == person and consent.covers(agency, category, purpose, day):
                return key
        return None

    def all_consented(self, persons: Collection[PersonId], day: date) -> bool:
        """Whether each has some consent in force: what a 重層的支援会議 needs to take them up."""
        standing = {
            c.person for c in self.consents.values() if c.period.covers(day) and not _empty(c)
        }
        return bool(persons) and standing.issuperset(persons)


def _given(fact: ConsentGiven) -> Consent:
    return Consent(
        person=fact.person,
        agencies=frozenset(fact.agencies),
        categories=frozenset(fact.categories),
        purposes=frozenset(fact.purposes),
        period=fact.period,
    )


def _empty(consent: Consent) -> bool:
    """Whether withdrawals have taken everything away."""
    size = len(consent.agencies) * len(consent.categories) * len(consent.purposes)
    return len(consent.cut) >= size
