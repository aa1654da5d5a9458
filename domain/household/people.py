"""世帯員 as decisions ask: who belongs, since when, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
    Membership,
    MembershipFact,
)
from domain.recorded import Recorded
from domain.values import HouseholdId, PersonId


@dataclass(frozen=True, slots=True)
class Member:
    membership: Membership
    since: str
    left: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    members: Mapping[PersonId, Member] = field(default_factory=dict)
    area: str | None = None
    household_type: str | None = None
    merged_into: HouseholdId | None = None

    def evolve(self, recorded: Recorded, fact: MembershipFact) -> "People":
        match fact:
            case HouseholdOpened():
                return replace(self, area=fact.area, household_type=fact.household_type)
            case MemberJoined():
                joined = Member(fact.membership, fact.since)
                return replace(self, members={**self.members, fact.person: joined})
            case MemberLeft():
                return self._leave((fact.person,), fact.occurred_on)
            case HouseholdsMerged():
                gone = recorded.stream == fact.source
                return replace(self, merged_into=fact.target) if gone else self
            case HouseholdSplit():
                gone = recorded.stream == fact.source
                return self._leave(fact.persons, fact.occurred_on) if gone else self

    def _leave(self, persons: tuple[PersonId, ...], day: str) -> "People":
        left = {p: replace(self.members[p], left=day) for p in persons if p in self.members}
        return replace(self, members={**self.members, **left})

    def includes(self, person: PersonId) -> bool:
        """Whether the person belongs now."""
        return person in self.members and self.members[person].left is None

    def ever_included(self, person: PersonId) -> bool:
        """Whether the person belongs or has belonged: records about those who left go on."""
        return person in self.members

    @property
    def present(self) -> tuple[PersonId, ...]:
        return tuple(person for person in self.members if self.includes(person))
