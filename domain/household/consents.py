"""同意・情報提供 as decisions ask: what may be told to whom, and what was."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from math import inf
from uuid import UUID

from domain.events.consent import (
    Authority,
    ConsentGiven,
    ConsentSought,
    ConsentWithdrawn,
    DecisionSupported,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestReviewed,
    InformationShared,
    LabelLoosened,
    LabelTightened,
    LooseningProposed,
    ShareReviewed,
    SharingFact,
)
from domain.household.grants import Grant, granted
from domain.labels import Category
from domain.recorded import Recorded
from domain.values import AgencyId, DeskId, Period, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class Consent:
    """本人同意: `cut` holds what a partial withdrawal took away, `said` the facts that say so, `at`
    its place in the log; where a correction replaced it, that of no fact.
    """

    person: PersonId
    agencies: frozenset[AgencyId]
    categories: frozenset[Category]
    purposes: frozenset[str]
    period: Period
    giver: PersonId
    authority: Authority
    lapsed: bool = False
    cut: frozenset[tuple[AgencyId, Category, str]] = frozenset()
    said: tuple[tuple[int, ConsentGiven | ConsentWithdrawn], ...] = ()
    at: float = inf

    def known_to(self, agency: AgencyId) -> bool:
        """Whether the agency took it, or is named in it."""
        return agency in self.agencies or any(f.label.agency == agency for _, f in self.said)

    def will_stand(self, day: date) -> bool:
        """Whether it opens anything that day or later."""
        return self.stands(max(day, self.period.start))

    def stands(self, day: date) -> bool:
        """Whether it opens anything that day: withdrawals may have taken everything away."""
        size = len(self.agencies) * len(self.categories) * len(self.purposes)
        return not self.lapsed and self.period.covers(day) and len(self.cut) < size

    def covers(self, agency: AgencyId, category: Category, purpose: str, day: date) -> bool:
        return (
            not self.lapsed
            and self.period.covers(day)
            and agency in self.agencies
            and category in self.categories
            and purpose in self.purposes
            and (agency, category, purpose) not in self.cut
        )


@dataclass(frozen=True, slots=True)
class Share:
    sharer: StaffId
    sharing_desk: tuple[AgencyId, DeskId]
    grant: Grant
    reviewed: bool = False

    @property
    def to(self) -> tuple[AgencyId, DeskId | None]:
        return self.grant.agency, None


@dataclass(frozen=True, slots=True)
class InformationRequest:
    """協力依頼: `told` is what asking told."""

    version: int
    told: Share
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Consents:
    consents: Mapping[UUID, Consent] = field(default_factory=dict)
    shares: Mapping[UUID, Share] = field(default_factory=dict)
    requests: Mapping[UUID, InformationRequest] = field(default_factory=dict)

    def evolve(self, recorded: Recorded, fact: SharingFact) -> "Consents":
        match fact:
            case ConsentGiven():
                given = _given(recorded, fact)
                return replace(self, consents={**self.consents, fact.consent: given})
            case ConsentWithdrawn():
                return self._withdraw(recorded.version, fact)
            case InformationShared():
                return replace(self, shares={**self.shares, fact.share: _told(recorded, fact)})
            case ShareReviewed():
                return self._reviewed(fact.share)
            case InformationRequested():
                asked = InformationRequest(recorded.version, _told(recorded, fact))
                return replace(self, requests={**self.requests, fact.request: asked})
            case InformationRequestAnswered():
                return self._asked(fact.request, lambda asked: replace(asked, answered=True))
            case InformationRequestReviewed():
                return self._asked(fact.request, _looked_at)
            case (
                ConsentSought()
                | DecisionSupported()
                | LabelTightened()
                | LooseningProposed()
                | LabelLoosened()
            ):
                return self

    def _withdraw(self, version: int, fact: ConsentWithdrawn) -> "Consents":
        if fact.consent not in self.consents:
            return self
        consent = self.consents[fact.consent]
        cut = {(a, c, p) for a in fact.agencies for c in fact.categories for p in fact.purposes}
        said = (*consent.said, (version, fact))
        withdrawn = replace(consent, cut=consent.cut | cut, said=said)
        return replace(self, consents={**self.consents, fact.consent: withdrawn})

    def _asked(
        self, request: UUID, then: Callable[[InformationRequest], InformationRequest]
    ) -> "Consents":
        if request not in self.requests:
            return self
        return replace(self, requests={**self.requests, request: then(self.requests[request])})

    def lapse(self) -> "Consents":
        """Rule 25: what was consented to before a new cycle opens nothing more."""
        lapsed = {key: replace(consent, lapsed=True) for key, consent in self.consents.items()}
        return replace(self, consents=lapsed)

    def _reviewed(self, share: UUID) -> "Consents":
        if share not in self.shares:
            return self
        reviewed = replace(self.shares[share], reviewed=True)
        return replace(self, shares={**self.shares, share: reviewed})

    def of(self, ids: Collection[PersonId]) -> tuple[Consent, ...]:
        """What one person has consented to, under whichever of their ids."""
        return tuple(consent for consent in self.consents.values() if consent.person in ids)

    def cover(
        self,
        ids: Collection[PersonId],
        agency: AgencyId,
        category: Category,
        purpose: str,
        day: date,
    ) -> bool:
        """Whether a consent of this very person covers agency × category × purpose × day."""
        return any(each.covers(agency, category, purpose, day) for each in self.of(ids))


def _told(recorded: Recorded, fact: InformationShared | InformationRequested) -> Share:
    desk = (fact.label.agency, fact.label.desk)
    return Share(recorded.author.staff, desk, granted(recorded.version, fact))


def _looked_at(asked: InformationRequest) -> InformationRequest:
    return replace(asked, told=replace(asked.told, reviewed=True))


def _given(recorded: Recorded, fact: ConsentGiven) -> Consent:
    return Consent(
        person=fact.person,
        agencies=frozenset(fact.agencies),
        categories=frozenset(fact.categories),
        purposes=frozenset(fact.purposes),
        period=fact.period,
        giver=fact.giver,
        authority=fact.authority,
        said=((recorded.version, fact),),
        at=inf if recorded.words else recorded.position,
    )
