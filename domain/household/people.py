"""世帯員 as decisions ask: who belongs, since when, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    Leaving,
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
    relation: str
    since: str
    version: int
    left: str | None = None
    died: bool = False


@dataclass(frozen=True, slots=True)
class People:
    members: Mapping[PersonId, Member] = field(default_factory=dict)
    area: str | None = None
    household_type: str | None = None
    merged_into: HouseholdId | None = None
    merged_from: tuple[HouseholdId, ...] = ()

    def evolve(self, recorded: Recorded, fact: MembershipFact) -> "People":
        match fact:
            case HouseholdOpened():
                return replace(self, area=fact.area, household_type=fact.household_type)
            case MemberJoined():
                joined = Member(fact.membership, fact.relation, fact.since, recorded.version)
                return replace(self, members={**self.members, fact.person: joined})
            case MemberLeft():
                died = fact.reason is Leaving.DIED
                return self._leave((fact.person,), fact.occurred_on, died=died)
            case HouseholdsMerged():
                return self._merged(fact, gone=recorded.stream == fact.source)
            case HouseholdSplit():
                gone = recorded.stream == fact.source
                return self._leave(fact.persons, fact.occurred_on) if gone else self

    def _merged(self, fact: HouseholdsMerged, *, gone: bool) -> "People":
        if gone:
            return replace(self, merged_into=fact.target)
        return replace(self, merged_from=(*self.merged_from, fact.source))

    def _leave(self, persons: tuple[PersonId, ...], day: str, *, died: bool = False) -> "People":
        known = {person: self.members[person] for person in persons if person in self.members}
        left = {person: replace(known[person], left=day, died=died) for person in known}
        return replace(self, members={**self.members, **left})

    def includes(self, person: PersonId) -> bool:
        """Whether the person belongs now."""
        return person in self.members and self.members[person].left is None

    def ever_included(self, *ids: PersonId) -> bool:
        """Whether the person, by any of these ids, belongs or has belonged: records about those who
        left go on.
        """
        return not self.members.keys().isdisjoint(ids)

    @property
    def present(self) -> tuple[PersonId, ...]:
        return tuple(person for person in self.members if self.includes(person))
