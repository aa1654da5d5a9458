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
    """`version` is the record that they joined; `told` are all those that they joined or left, for
    not every writer may know of each.
    """

    membership: Membership
    relation: str
    since: str
    version: int
    told: tuple[int, ...] = ()
    left: str | None = None
    reason: Leaving | None = None
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
                before = self.members.get(fact.person)
                told = (*(before.told if before else ()), recorded.version)
                about = fact.membership, fact.relation, fact.since
                joined = Member(*about, recorded.version, told)
                return replace(self, members={**self.members, fact.person: joined})
            case MemberLeft():
                day = fact.occurred_on
                return self._leave((fact.person,), recorded.version, day, fact.reason)
            case HouseholdsMerged():
                return self._merged(fact, gone=recorded.stream == fact.source)
            case HouseholdSplit():
                if recorded.stream != fact.source:
                    return self
                return self._leave(fact.persons, recorded.version, fact.occurred_on)

    def _merged(self, fact: HouseholdsMerged, *, gone: bool) -> "People":
        if gone:
            return replace(self, merged_into=fact.target)
        return replace(self, merged_from=(*self.merged_from, fact.source))

    def _leave(
        self,
        persons: tuple[PersonId, ...],
        version: int,
        day: str,
        reason: Leaving | None = None,
    ) -> "People":
        """Who did not know that somebody had left may record it again: the first record stands."""
        left = {
            person: replace(
                was,
                told=(*was.told, version),
                left=was.left or day,
                reason=was.reason or reason,
                died=was.died or reason is Leaving.DIED,
            )
            for person, was in self.members.items()
            if person in persons
        }
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
