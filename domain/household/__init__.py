"""The household (世帯) as its facts tell it: only what decisions need to know."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, assert_never, cast
from uuid import UUID

from domain.events import Fact, HouseholdFact
from domain.events.addressed import Address, knows, told
from domain.events.consent import SharingFact
from domain.events.intake import IntakeFact
from domain.events.meeting import MeetingFact
from domain.events.membership import HouseholdsMerged, MembershipFact
from domain.events.oversight import OversightFact
from domain.events.referral import ReferralFact
from domain.events.rights import RightsFact
from domain.events.support import SupportFact, SupportReopened
from domain.household.consents import Consents
from domain.household.grants import Grant
from domain.household.intake import Intake
from domain.household.oversight import Oversight
from domain.household.people import People
from domain.household.planning import Collected, Planning
from domain.household.quiet import SKIMS
from domain.household.referrals import Lead, Referrals, leading
from domain.household.rights import Rights
from domain.household.sources import Sources
from domain.household.support import Status, Support
from domain.household.written import Writings
from domain.labels import Category, Label
from domain.recorded import Recorded, Skimmed
from domain.stamp import Stamp
from domain.values import OFFICES, AgencyId, Capacity, PersonId, Role

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.ANALYST})
"""Who keeps the ledger itself, or counts: no word about anybody supported, in any agency."""


@dataclass(frozen=True, slots=True)
class Household:
    kind: ClassVar[str] = "household"
    skims: ClassVar[Mapping[type[Fact], str | None]] = SKIMS

    id: UUID
    version: int = 0
    people: People = field(default_factory=People)
    intake: Intake = field(default_factory=Intake)
    referrals: Referrals = field(default_factory=Referrals)
    consents: Consents = field(default_factory=Consents)
    planning: Planning = field(default_factory=Planning)
    support: Support = field(default_factory=Support)
    rights: Rights = field(default_factory=Rights)
    known: frozenset[Address] = frozenset()
    writings: Writings = field(default_factory=Writings)
    oversight: Oversight = field(default_factory=Oversight)
    met: frozenset[tuple[AgencyId, AgencyId]] = frozenset()
    sources: Sources = field(default_factory=Sources)

    def evolve(self, recorded: Recorded) -> "Household":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("HouseholdFact", recorded.fact)
        part = self._part(recorded, fact).get
        addressed = told(fact, recorded.author.capacity.role)
        # Field by field, not by `replace`: histories are folded by the thousand.
        return Household(
            self.id,
            recorded.version,
            part("people", self.people),
            part("intake", self.intake),
            part("referrals", self.referrals),
            part("consents", self.consents),
            part("planning", self.planning),
            part("support", self.support),
            part("rights", self.rights),
            self.known.union(addressed),
            self.writings.evolve(recorded),
            part("oversight", self.oversight),
            self.met if len(addressed) == 1 else self.met | _met(fact, addressed),
            self.sources.evolve(recorded),
        )

    def skim(self, run: Sequence[Skimmed]) -> "Household":
        """A memo is kept; beside that these facts have a place, and their writers know of them."""
        return Household(
            self.id,
            run[-1].version,
            self.people,
            self.intake.skim(run),
            self.referrals,
            self.consents,
            self.planning,
            self.support,
            self.rights,
            self.known.union(skimmed.writer for skimmed in run),
            self.writings.skim(run),
            self.oversight,
            self.met,
            self.sources,
        )

    def _part(self, recorded: Recorded, fact: HouseholdFact) -> dict[str, Any]:
        """The one part of the household that the fact concerns; what is told most often first."""
        if isinstance(fact, SupportFact):
            return {"support": self.support.evolve(recorded, fact)} | self._reopened(fact)
        if isinstance(fact, IntakeFact):
            return {"intake": self.intake.evolve(recorded, fact)}
        if isinstance(fact, SharingFact):
            return {"consents": self.consents.evolve(recorded, fact)}
        if isinstance(fact, ReferralFact):
            return {"referrals": self.referrals.evolve(recorded, fact)}
        if isinstance(fact, MembershipFact):
            return {"people": self.people.evolve(recorded, fact)}
        if isinstance(fact, MeetingFact):
            return {"planning": self.planning.evolve(recorded, fact)}
        if isinstance(fact, RightsFact):
            return {"rights": self.rights.evolve(recorded, fact)}
        if isinstance(fact, OversightFact):
            return {"oversight": self.oversight.evolve(recorded, fact)}
        assert_never(fact)

    def _reopened(self, fact: SupportFact) -> dict[str, Any]:
        """Rule 25: a new cycle begins; old consents, plans and decisions do not revive. Roles that
        nobody ended go on until somebody does.
        """
        if not isinstance(fact, SupportReopened):
            return {}
        consents, intake = self.consents.lapse(), self.intake.anew()
        planning = Planning(roles=self.planning.roles)
        return {"consents": consents, "planning": planning, "intake": intake}

    @property
    def lead(self) -> Lead | None:
        """主担当 (rule 17): of two households that became one, only the one that goes on has it."""
        return None if self.people.merged_into else self.referrals.lead

    def lead_on(self, day: date) -> Lead | None:
        """Who leads on that day, where work was handed over for a day to come."""
        return None if self.people.merged_into else leading(self.referrals.leads, day)

    @property
    def is_open(self) -> bool:
        return self.support.status is Status.OPEN and self.people.merged_into is None

    @property
    def coordinated(self) -> bool:
        """Rule 24: 多機関協働 has accepted, or a sitting has taken it up."""
        return bool(self.planning.items) or bool(self.planning.eligible)

    @property
    def collected(self) -> tuple[Collected, ...]:
        """What was collected of their troubles in this cycle, by whichever agency."""
        received = self.intake.consultations.values()
        told = (Collected(each.version, each.fields, each.issues) for each in received)
        return (*told, *self.planning.assessed)

    def involves(self, capacity: Capacity) -> bool:
        """Whether the desk wrote here, was referred to, told, asked, given a role or the lead, or
        learned of it as all desks of its agency may (rule 1); or whether they keep the record of a
        sitting that took it up. What was known stays known.
        """
        return knows(self.known, capacity)

    def known_to(self, capacity: Capacity) -> bool:
        """Whether it is there to them at all; to who keeps the ledger itself, or counts, no case
        is.
        """
        involved = capacity.role not in KEEPERS and self.involves(capacity)
        return not self.version or involved or capacity.role in OFFICES

    def seen_by(self, agency: AgencyId) -> frozenset[AgencyId]:
        """Who is involved as far as this agency can know by itself: whom it wrote to or heard from.
        Who leads need not be among them, for not everybody may know who leads (rule 2).
        """
        return frozenset((agency, *(other for one, other in self.met if one == agency)))

    def acted_for(self, stamp: Stamp) -> frozenset[PersonId]:
        """For whom of it the writer acts, by a record of it or of any other."""
        elsewhere = stamp.sides & self.people.members.keys()
        return self.support.acted_for(stamp.author) | elsewhere

    def label(self, version: int) -> Label | None:
        """The label of one fact as it reads now; None when there is no such fact."""
        written = self.writings.at(version)
        return self.writings.label(written) if written else None

    def hidden_from(self, person: PersonId) -> frozenset[PersonId]:
        """Rule 21: from whom something about this person is hidden."""
        walls = self.writings.walls
        return (walls.get(person, frozenset()) | walls.get(None, frozenset())) - {person}

    @property
    def grants(self) -> tuple[Grant, ...]:
        """What other agencies were given."""
        shares = tuple(share.grant for share in self.consents.shares.values())
        return (*shares, *self.referrals.grants)

    def holders(
        self, ids: Collection[PersonId], parts: Collection[tuple[AgencyId, Category, str]]
    ) -> frozenset[AgencyId]:
        """Rule 5: who was given something on the consent of this person, within these parts."""
        everything = (
            *(share.grant for share in self.consents.shares.values()),
            *(referral.grant for referral in self.referrals.referrals.values()),
            *(request.told.grant for request in self.consents.requests.values()),
        )
        return frozenset(
            grant.agency
            for grant in everything
            if grant.rests_on(ids)
            for category in grant.categories
            if (grant.agency, category, grant.purpose) in parts
        )


def _met(fact: HouseholdFact, told: tuple[Address, ...]) -> frozenset[tuple[AgencyId, AgencyId]]:
    """Whoever wrote and those it was addressed to; where records become one, nobody is told who
    had worked on the other.
    """
    if isinstance(fact, HouseholdsMerged):
        return frozenset()
    writer = fact.label.agency
    others = {each.agency for each in told} - {writer}
    return frozenset(pair for each in others for pair in ((writer, each), (each, writer)))
