"""相談受付・スクリーニング・メモ・虐待通報。"""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact
from domain.labels import Narrative
from domain.values import Code, Day, DeskId, Personal, PersonId


class Consulter(StrEnum):
    """だれからの相談か。"""

    SELF = "self"  # 本人
    FAMILY = "family"  # 家族
    NEIGHBOUR = "neighbour"  # 近隣・地域住民
    AGENCY = "agency"  # 機関


class Urgency(StrEnum):
    """緊急度。"""

    NOW = "now"  # 直ちに
    SOON = "soon"  # 早めに
    ROUTINE = "routine"  # 通常


class NextStep(StrEnum):
    """Rule 14: every contact ends in an answer, a named つなぎ, or continued contact."""

    ANSWERED = "answered"  # 情報提供・相談対応で終了
    REFERRED = "referred"  # つなぎ
    CONTINUED = "continued"  # 継続的な関わり


class ConsultationReceived(Fact):
    """相談を受け付けた。"""

    consultation: UUID
    route: Code
    window: DeskId
    fields: tuple[Code, ...]
    issues: tuple[Code, ...]
    consulter: Consulter
    person: PersonId | None = None
    urgency: Urgency
    from_paper: bool = False
    informant: Personal | None = None
    narrative: Narrative = ()


class ConsultationScreened(Fact):
    """スクリーニングの結果を出した。"""

    consultation: UUID
    result: Code
    next_step: NextStep
    referral: UUID | None = None
    keeper: DeskId | None = None
    narrative: Narrative = ()


class NoteKept(Fact):
    """メモを残した（本人だけが見る。3日以内に整理する）。"""

    note: UUID
    text: Personal
    label_by: Day


class NoteLabelled(Fact):
    """メモを記録に整理した。"""

    note: UUID
    narrative: Narrative


class NoteDropped(Fact):
    """メモを破棄した。"""

    note: UUID


class AbuseKind(StrEnum):
    """虐待の種別（根拠法ごと）。"""

    CHILD = "child"  # 児童虐待防止法
    ELDER = "elder"  # 高齢者虐待防止法
    DISABLED = "disabled"  # 障害者虐待防止法
    SPOUSE = "spouse"  # DV防止法


class AbuseReported(Fact):
    """虐待の通報を受けた。通報者にかかわることは受けた係にとどまる（児童虐待防止法7条ほか）。"""

    report: UUID
    kind: AbuseKind
    victim: PersonId | None = None
    reporter: Personal | None = None
    reporter_relation: Personal | None = None
    received_how: Personal | None = None
    narrative: Narrative = ()


class FactsChecked(Fact):
    """事実確認をした。"""

    report: UUID
    seen_in_person: bool
    finding: Code
    narrative: Narrative = ()


class ProtectionTaken(Fact):
    """保護の措置をとった。"""

    report: UUID | None = None
    person: PersonId
    measure: Code
    place: Personal | None = None
    narrative: Narrative = ()


IntakeFact = (
    ConsultationReceived
    | ConsultationScreened
    | NoteKept
    | NoteLabelled
    | NoteDropped
    | AbuseReported
    | FactsChecked
    | ProtectionTaken
)
