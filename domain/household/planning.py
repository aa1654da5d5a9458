"""アセスメント・付議・決定・プラン as decisions ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events.meeting import (
    AssessmentRecorded,
    BroughtToSitting,
    CaseStudied,
    DecisionKind,
    EligibilityJudged,
    EvaluationStage,
    MeetingDecided,
    MeetingFact,
    PersonsHeldBack,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanNotReached,
    PlanRatifiedAfterwards,
    RoleAssigned,
    RoleEnded,
)
from domain.recorded import Recorded
from domain.values import AgencyId, DeskId, PersonId, SittingId


class Collected(NamedTuple):
    """聞き取った分野と課題, and which record says so."""

    version: int
    fields: tuple[str, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """付議した議題。"""

    sitting: SittingId
    subjects: tuple[PersonId, ...]
    tabled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    kind: DecisionKind
    sitting: SittingId
    item: UUID
    plan: UUID | None
    successor: tuple[AgencyId, DeskId] | None = None


class Charge(NamedTuple):
    """役割: by which decision, whose, and which record says so."""

    decision: UUID
    agency: AgencyId
    desk: DeskId | None
    version: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`ended` once evaluated at its end, or once the plan that replaces it is decided."""

    persons: tuple[PersonId, ...]
    replaces: UUID | None = None
    decided: bool = False
    ratify_by: date | None = None
    evaluated: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Planning:
    assessed: tuple[Collected, ...] = ()
    eligible: bool | None = None
    items: Mapping[UUID, Item] = field(default_factory=dict)
    decisions: Mapping[UUID, Decision] = field(default_factory=dict)
    plans: Mapping[UUID, Plan] = field(default_factory=dict)
    roles: Mapping[UUID, Charge] = field(default_factory=dict)
    """Those that nobody ended or took over yet."""

    def evolve(self, recorded: Recorded, fact: MeetingFact) -> "Planning":
        match fact:
            case AssessmentRecorded():
                told = Collected(recorded.version, fact.fields, fact.issues)
                return replace(self, assessed=(*self.assessed, told))
            case EligibilityJudged():
                return replace(self, eligible=fact.eligible)
            case BroughtToSitting():
                return replace(self, items={**self.items, fact.item: self._brought(fact)})
            case MeetingDecided():
                return replace(self, decisions={**self.decisions, fact.decision: _decision(fact)})
            case RoleAssigned():
                charge = Charge(fact.decision, fact.agency, fact.desk, recorded.version)
                return replace(self, roles={**self._without(fact.predecessor), fact.role: charge})
            case RoleEnded():
                return replace(self, roles=self._without(fact.role))
            case PersonsHeldBack() | CaseStudied() | PlanNotReached():
                return self
            case PlanDrafted():
                return self._with_plan(fact.plan, Plan(fact.persons, fact.replaces))
            case PlanDecided():
                return self._decided(fact)
            case PlanRatifiedAfterwards():
                return self._with_plan(fact.plan, replace(self.plan(fact.plan), ratify_by=None))
            case PlanEvaluated():
                plan = self.plan(fact.plan)
                ended = plan.ended or fact.stage is EvaluationStage.FINAL
                plan = replace(plan, evaluated=True, ended=ended)
                return self._with_plan(fact.plan, plan)

    def _brought(self, fact: BroughtToSitting) -> Item:
        """What several agencies bring to one item adds up."""
        before = self.items.get(fact.item, Item(fact.sitting, (), ()))
        subjects = tuple(dict.fromkeys((*before.subjects, *fact.subjects)))
        tabled = tuple(dict.fromkeys((*before.tabled, *fact.tabled)))
        return Item(fact.sitting, subjects, tabled)

    def _without(self, role: UUID | None) -> dict[UUID, Charge]:
        return {key: charge for key, charge in self.roles.items() if key != role}

    def _decided(self, fact: PlanDecided) -> "Planning":
        plan = self.plan(fact.plan)
        decided = replace(plan, decided=True, ratify_by=fact.ratify_by)
        plans = {**self.plans, fact.plan: decided}
        if fact.replaces in plans:
            plans[fact.replaces] = replace(plans[fact.replaces], ended=True)
        return replace(self, plans=plans)

    @property
    def unratified(self) -> tuple[UUID, ...]:
        """Plans begun before the meeting that it has not approved yet (事後承認待ち)."""
        return tuple(key for key, plan in self.plans.items() if plan.ratify_by and not plan.ended)

    @property
    def running(self) -> tuple[UUID, ...]:
        """Plans that were decided and have not ended."""
        return tuple(key for key, plan in self.plans.items() if plan.decided and not plan.ended)

    def was_decided(self, kind: DecisionKind, item: UUID, plan: UUID | None) -> bool:
        """Whether that was decided at this item, on that plan where one is named."""
        return any(
            (each.kind, each.item) == (kind, item) and plan in {None, each.plan}
            for each in self.decisions.values()
        )

    def plan(self, key: UUID) -> Plan:
        """The plan, or an empty one where its draft was voided: later facts about it still fold."""
        return self.plans.get(key, Plan(()))

    def _with_plan(self, key: UUID, plan: Plan) -> "Planning":
        return replace(self, plans={**self.plans, key: plan})


def _decision(fact: MeetingDecided) -> Decision:
    successor = None
    if fact.successor_agency and fact.successor_desk:
        successor = (fact.successor_agency, fact.successor_desk)
    return Decision(fact.kind, fact.sitting, fact.item, fact.plan, successor)
