"""出どころ: which records tell of a plan, a 参加支援 or a decision, and at which item of a sitting
it was made: so that a decision can ask whether its writer may know of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.meeting import (
    MeetingDecided,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanRatifiedAfterwards,
    RoleAssigned,
)
from domain.events.support import ParticipationEnded, ParticipationMatched, ParticipationStarted
from domain.recorded import Recorded
from domain.values import SittingId

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
}


class AtItem(NamedTuple):
    """The item of a sitting at which something was decided."""

    sitting: SittingId
    item: UUID


@dataclass(frozen=True, slots=True)
class Sources:
    """`told` are the versions of the records by what they tell of; `items` where a decision was
    made, by its id.
    """

    told: Mapping[UUID, tuple[int, ...]] = field(default_factory=dict)
    items: Mapping[UUID, AtItem] = field(default_factory=dict)

    def evolve(self, recorded: Recorded) -> "Sources":
        fact = recorded.fact
        name = _TELLS_OF.get(type(fact))
        if name is None:
            return self
        thing: UUID = getattr(fact, name)
        told = {**self.told, thing: (*self.told.get(thing, ()), recorded.version)}
        if isinstance(fact, MeetingDecided):
            at = AtItem(fact.sitting, fact.item)
            return Sources(told, {**self.items, thing: at})
        return replace(self, told=told)

    def decided_at(self, version: int) -> AtItem | None:
        """Where that was decided of which this record tells."""
        told = (self.items[thing] for thing in self.items if version in self.told[thing])
        return next(told, None)
