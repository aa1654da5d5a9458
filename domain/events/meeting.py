"""アセスメント・付議・会議決定・支援プラン。"""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact, FactNumber, PinnedVersion
from domain.labels import Narrative
from domain.values import (
    AgencyId,
    Code,
    Day,
    DeskId,
    DeskRef,
    Personal,
    PersonId,
    SittingId,
    Value,
)


class AssessmentRecorded(Fact):
    """アセスメントを記録した。"""

    assessment: UUID
    persons: tuple[PersonId, ...]
    fields: tuple[Code, ...]
    issues: tuple[Code, ...]
    wishes: Narrative = ()
    narrative: Narrative = ()


class EligibilityJudged(Fact):
    """多機関協働の該当性を判断した。"""

    fields: tuple[Code, ...]
    issues: tuple[Code, ...]
    by_rule: bool
    eligible: bool
    override_reason: Personal | None = None


class BroughtToSitting(Fact):
    """会議の議題に付した。`tabled` は提出した記録の版、`secretariat` はその会議の事務局。"""

    sitting: SittingId
    item: UUID
    subjects: tuple[PersonId, ...]
    tabled: tuple[FactNumber, ...] = ()
    narrative: Narrative = ()
    secretariat: DeskRef | None = None


class PersonsHeldBack(Fact):
    """同意がないため、重層的支援会議の議題から控えた: だれを、どの記録と段落とともに。"""

    sitting: SittingId
    item: UUID
    persons: tuple[PersonId, ...]
    tabled: tuple[FactNumber, ...] = ()
    narrative: Narrative = ()


class DecisionKind(StrEnum):
    """会議決定の種別。"""

    ROLES = "roles"  # 役割分担
    PLAN_APPROVED = "plan-approved"  # プラン承認
    RETURNED = "returned"  # 包括に戻す
    CLOSURE_APPROVED = "closure-approved"  # 終結承認
    SUSPENSION_CONFIRMED = "suspension-confirmed"  # 中断の確認
    CONTINUED = "continued"  # 継続
    OUTREACH = "outreach"  # 訪問・働きかけ
    PROMOTED = "promoted"  # 重層的支援会議へ


class MeetingDecided(Fact):
    """会議で決定した。`rested_on` は決定が拠った記録の版。"""

    decision: UUID
    sitting: SittingId
    item: UUID
    kind: DecisionKind
    plan: UUID | None = None
    rested_on: PinnedVersion
    successor_agency: AgencyId | None = None
    successor_desk: DeskId | None = None
    narrative: Narrative = ()


class RoleAssigned(Fact):
    """役割を分担した（役割遂行に必要な情報つき）。`predecessor` は引き継いだ、前の役割。"""

    role: UUID
    decision: UUID
    agency: AgencyId
    desk: DeskId | None = None
    task: Personal
    needed: Narrative = ()
    until: Day | None = None
    predecessor: UUID | None = None


class RoleEnded(Fact):
    """役割が終わった: 役割遂行に必要な情報は、もう読めない。"""

    role: UUID
    decision: UUID
    agency: AgencyId
    desk: DeskId | None = None
    narrative: Narrative = ()


class CaseStudied(Fact):
    """事例検討を行った。"""

    sitting: SittingId
    item: UUID
    narrative: Narrative = ()


class Measure(Value):
    """支援施策: one line of a plan."""

    service: Code
    agency: AgencyId
    content: Personal


class PlanDrafted(Fact):
    """支援プラン案を作成した。"""

    plan: UUID
    persons: tuple[PersonId, ...]
    goals: Narrative
    measures: tuple[Measure, ...]
    replaces: UUID | None = None


class PlanDecided(Fact):
    """支援プランを決定した（会議前なら `ratify_by` までに事後承認）。`replaces` は終わる。"""

    plan: UUID
    replaces: UUID | None = None
    sitting: SittingId | None = None
    item: UUID | None = None
    ratify_by: Day | None = None
    starts_on: Day
    review_on: Day


class PlanRatifiedAfterwards(Fact):
    """支援プランを事後に承認した。"""

    plan: UUID
    sitting: SittingId
    item: UUID


class EvaluationStage(StrEnum):
    """評価の時期。"""

    INTERIM = "interim"  # 中間
    FINAL = "final"  # 終了時


class EvaluationOutcome(StrEnum):
    """評価の結果。"""

    CONTINUE = "continue"  # 継続
    CHANGE = "change"  # 変更・再プラン
    CLOSE = "close"  # 終結
    SUSPEND = "suspend"  # 中断


class PlanEvaluated(Fact):
    """支援プランを評価した。"""

    plan: UUID
    stage: EvaluationStage
    outcome: EvaluationOutcome
    sitting: SittingId
    item: UUID
    review_on: Day | None = None
    narrative: Narrative = ()


class PlanNotReached(Fact):
    """支援プランに至らなかった。"""

    reason: Code
    keeper_agency: AgencyId
    keeper_desk: DeskId
    narrative: Narrative = ()


MeetingFact = (
    AssessmentRecorded
    | EligibilityJudged
    | BroughtToSitting
    | PersonsHeldBack
    | MeetingDecided
    | RoleAssigned
    | RoleEnded
    | CaseStudied
    | PlanDrafted
    | PlanDecided
    | PlanRatifiedAfterwards
    | PlanEvaluated
    | PlanNotReached
)
