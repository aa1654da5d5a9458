"""出どころ: which records tell of a plan, a 参加支援 or a decision, at which item of a sitting it
was made, and who brought what there: so that a decision can ask what its writer may know of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.meeting import (
    BroughtToSitting,
    MeetingDecided,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanRatifiedAfterwards,
    RoleAssigned,
    RoleEnded,
)
from domain.events.support import ParticipationEnded, ParticipationMatched, ParticipationStarted
from domain.recorded import Recorded
from domain.values import AgencyId, PersonId, SittingId

_TELLS_OF: Mapping[type[Fact], str] = {
    PlanDrafted: "plan",
    PlanDecided: "plan",
    PlanRatifiedAfterwards: "plan",
    PlanEvaluated: "plan",
    ParticipationMatched: "participation",
    ParticipationStarted: "participation",
    ParticipationEnded: "participation",
    MeetingDecided: "decision",
    RoleAssigned: "decision",
    RoleEnded: "decision",
}


class AtItem(NamedTuple):
    """The item of a sitting at which something was decided."""

    sitting: SittingId
    item: UUID


class Brought(NamedTuple):
    """What one agency brought to an item, all in all."""

    subjects: frozenset[PersonId] = frozenset()
    tabled: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sources:
    """`told` are the versions of the records by what they tell of; `items` where a decision was
    made, by its id; `brought` what was brought to each item, by the agency that did.
    """

    told: Mapping[UUID, tuple[int, ...]] = field(default_factory=dict)
    items: Mapping[UUID, AtItem] = field(default_factory=dict)
    brought: Mapping[tuple[UUID, AgencyId], Brought] = field(default_factory=dict)

    def evolve(self, recorded: Recorded) -> "Sources":
        fact = recorded.fact
        if isinstance(fact, BroughtToSitting):
            return self._with(fact)
        name = _TELLS_OF.get(type(fact))
        if name is None:
            return self
        thing: UUID = getattr(fact, name)
        told = {**self.told, thing: (*self.told.get(thing, ()), recorded.version)}
        if isinstance(fact, MeetingDecided):
            at = AtItem(fact.sitting, fact.item)
            return replace(self, told=told, items={**self.items, thing: at})
        return replace(self, told=told)

    def _with(self, fact: BroughtToSitting) -> "Sources":
        key = fact.item, fact.label.agency
        before = self.brought.get(key, Brought())
        now = Brought(before.subjects.union(fact.subjects), before.tabled.union(fact.tabled))
        return replace(self, brought={**self.brought, key: now})

    def decided_at(self, version: int) -> AtItem | None:
        """Where that was decided of which this record tells."""
        told = (self.items[thing] for thing in self.items if version in self.told[thing])
        return next(told, None)
