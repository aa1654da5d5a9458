"""アセスメント・付議・決定・プラン as decisions ask."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
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
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanNotReached,
    PlanRatifiedAfterwards,
    RoleAssigned,
)
from domain.values import PersonId, SittingId


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


@dataclass(frozen=True, slots=True)
class Plan:
    persons: tuple[PersonId, ...]
    decided: bool = False
    ratify_by: date | None = None
    evaluated: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Planning:
    fields: frozenset[str] = frozenset()
    issues: frozenset[str] = frozenset()
    eligible: bool | None = None
    items: Mapping[UUID, Item] = field(default_factory=dict)
    decisions: Mapping[UUID, Decision] = field(default_factory=dict)
    plans: Mapping[UUID, Plan] = field(default_factory=dict)

    def evolve(self, fact: MeetingFact) -> "Planning":
        match fact:
            case AssessmentRecorded():
                fields = self.fields.union(fact.fields)
                return replace(self, fields=fields, issues=self.issues.union(fact.issues))
            case EligibilityJudged():
                return replace(self, eligible=fact.eligible)
            case BroughtToSitting():
                item = Item(fact.sitting, fact.subjects, fact.tabled)
                return replace(self, items={**self.items, fact.item: item})
            case MeetingDecided():
                decision = Decision(fact.kind, fact.sitting, fact.item, fact.plan)
                return replace(self, decisions={**self.decisions, fact.decision: decision})
            case RoleAssigned() | CaseStudied() | PlanNotReached():
                return self
            case PlanDrafted():
                return self._with_plan(fact.plan, Plan(fact.persons))
            case PlanDecided():
                decided = replace(self.plan(fact.plan), decided=True, ratify_by=fact.ratify_by)
                return self._with_plan(fact.plan, decided)
            case PlanRatifiedAfterwards():
                return self._with_plan(fact.plan, replace(self.plan(fact.plan), ratify_by=None))
            case PlanEvaluated():
                ended = fact.stage is EvaluationStage.FINAL
                plan = replace(self.plan(fact.plan), evaluated=True, ended=ended)
                return self._with_plan(fact.plan, plan)

    def plan(self, key: UUID) -> Plan:
        """The plan, or an empty one where its draft was voided: later facts about it still fold."""
        return self.plans.get(key, Plan(()))

    def _with_plan(self, key: UUID, plan: Plan) -> "Planning":
        return replace(self, plans={**self.plans, key: plan})
