"""The household (世帯) as its facts tell it: only what decisions need to know."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple, assert_never, cast
from uuid import UUID

from domain.events import HouseholdFact
from domain.events.consent import InformationShared, SharingFact
from domain.events.intake import IntakeFact
from domain.events.meeting import MeetingFact, RoleAssigned
from domain.events.membership import MembershipFact
from domain.events.referral import LeadAgencyNamed, ReferralFact, ReferralMade
from domain.events.rights import RightsFact
from domain.events.support import SupportFact, SupportReopened
from domain.household.consents import Consents
from domain.household.intake import Intake
from domain.household.people import People
from domain.household.planning import Planning
from domain.household.referrals import Referrals, ReferralStatus
from domain.household.rights import Rights
from domain.household.support import Status, Support
from domain.labels import Label
from domain.recorded import Recorded
from domain.values import AgencyId, Capacity


class Written(NamedTuple):
    """One fact's place and label in a list linked backwards, so that folding a long history stays
    linear.
    """

    version: int
    label: Label
    before: "Written | None"


@dataclass(frozen=True, slots=True)
class Household:
    kind: ClassVar[str] = "household"

    id: UUID
    version: int = 0
    people: People = field(default_factory=People)
    intake: Intake = field(default_factory=Intake)
    referrals: Referrals = field(default_factory=Referrals)
    consents: Consents = field(default_factory=Consents)
    planning: Planning = field(default_factory=Planning)
    support: Support = field(default_factory=Support)
    rights: Rights = field(default_factory=Rights)
    involved: frozenset[AgencyId] = frozenset()
    written: Written | None = None

    def evolve(self, recorded: Recorded) -> "Household":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("HouseholdFact", recorded.fact)
        place = {
            "version": recorded.version,
            "written": Written(recorded.version, fact.label, self.written),
            "involved": self.involved | _involved(fact),
        }
        return replace(self, **place, **self._part(recorded, fact))  # type: ignore[arg-type]

    def _part(self, recorded: Recorded, fact: HouseholdFact) -> dict[str, object]:
        """The one part of the household that the fact concerns."""
        if isinstance(fact, SupportFact):
            return {"support": self.support.evolve(recorded, fact)} | self._reopened(fact)
        if isinstance(fact, SharingFact):
            return {"consents": self.consents.evolve(recorded, fact)}
        if isinstance(fact, ReferralFact):
            return {"referrals": self.referrals.evolve(fact)}
        if isinstance(fact, IntakeFact):
            return {"intake": self.intake.evolve(recorded, fact)}
        if isinstance(fact, MembershipFact):
            return {"people": self.people.evolve(recorded, fact)}
        if isinstance(fact, MeetingFact):
            return {"planning": self.planning.evolve(fact)}
        if isinstance(fact, RightsFact):
            return {"rights": self.rights.evolve(fact)}
        assert_never(fact)

    def _reopened(self, fact: SupportFact) -> dict[str, object]:
        """Rule 25: a new cycle begins; old consents do not revive."""
        return (
            {"consents": replace(self.consents, consents={})}
            if isinstance(fact, SupportReopened)
            else {}
        )

    @property
    def is_open(self) -> bool:
        return self.support.status is Status.OPEN and self.people.merged_into is None

    @property
    def coordinated(self) -> bool:
        """Rule 24: 多機関協働 has accepted, or a sitting has taken it up."""
        return bool(self.planning.items) or bool(self.planning.eligible)

    def known_to(self, capacity: Capacity) -> bool:
        """Whether the agency wrote here, was referred to, told, given a role or the lead."""
        return not self.version or capacity.agency in self.involved

    def has_open_referral_to(self, agency: AgencyId) -> bool:
        return any(
            referral.to_agency == agency and referral.status is ReferralStatus.OPEN
            for referral in self.referrals.referrals.values()
        )

    def label(self, version: int) -> Label | None:
        """The label of one fact of this household; None when there is no such fact."""
        at = self.written
        while at is not None and at.version != version:
            at = at.before
        return at.label if at else None

    def written_by(self, agency: AgencyId) -> tuple[tuple[int, Label], ...]:
        """The agency's own facts, oldest first."""
        found, at = [], self.written
        while at is not None:
            if at.label.agency == agency:
                found.append((at.version, at.label))
            at = at.before
        return tuple(reversed(found))


def _involved(fact: HouseholdFact) -> frozenset[AgencyId]:
    """The writer's agency and those the fact is addressed to."""
    match fact:
        case ReferralMade(to_agency=agency) | InformationShared(to_agency=agency):
            return frozenset({fact.label.agency, agency})
        case LeadAgencyNamed(agency=agency) | RoleAssigned(agency=agency):
            return frozenset({fact.label.agency, agency})
        case _:
            return frozenset({fact.label.agency})
