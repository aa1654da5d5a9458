"""訂正・誤記録・開示請求・利用停止・保存・漏えい。"""

from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from pydantic import SerializeAsAny, ValidationInfo, model_validator

from domain.events.base import Fact, FactNumber
from domain.labels import Narrative
from domain.values import Code, Day, HouseholdId, Personal, PersonId


class FactCorrected(Fact):
    """記録を訂正した。`replacement` がなければ取消し; `rested` は訂正前の記録に拠った版。"""

    of: FactNumber
    reason: Personal
    replacement_kind: str | None = None
    replacement: SerializeAsAny[Fact] | None = None
    rested: tuple[FactNumber, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _typed(cls, given: Any, info: ValidationInfo) -> Any:
        """Read the replacement as the fact it names: a stored fact is JSON, its class only a
        name.
        """
        if isinstance(given, dict) and isinstance(given.get("replacement"), dict):
            from domain.events import CATALOGUE  # noqa: PLC0415 - the catalogue contains this class

            kind = CATALOGUE[given["replacement_kind"]]
            replacement = kind.model_validate(given["replacement"], context=info.context)
            return {**given, "replacement": replacement}
        return given

    @model_validator(mode="after")
    def _named(self) -> Self:
        named = type(self.replacement).__name__ if self.replacement else None
        if named != self.replacement_kind:
            raise ValueError("replacement_kind must name the class of the replacement")
        return self


class MisfiledRecordWithdrawn(Fact):
    """別の世帯の記録を取り下げた（監査を除きただちに閉じる）。"""

    facts: tuple[FactNumber, ...]
    reason: Personal
    belongs_to: HouseholdId | None = None


class Requester(StrEnum):
    """請求者。"""

    PERSON = "person"  # 本人
    REPRESENTATIVE = "representative"  # 法定代理人 (個情法76条2項)
    AGENT = "agent"  # 任意代理人


class DisclosureOutcome(StrEnum):
    """開示決定の内容。"""

    FULL = "full"  # 全部開示
    PARTIAL = "partial"  # 部分開示 (79条)
    REFUSED = "refused"  # 不開示 (78条)
    NEITHER = "neither"  # 存否応答拒否 (81条)


class DisclosureRequested(Fact):
    """開示請求を受けた（個情法76条）。"""

    request: UUID
    person: PersonId
    requester: Requester
    requester_name: Personal | None = None
    scope: Personal
    decide_by: Day


class DisclosureDecided(Fact):
    """開示について決定した（個情法82条）。"""

    request: UUID
    outcome: DisclosureOutcome
    grounds: tuple[Code, ...] = ()
    child_safety_checked: bool
    narrative: Narrative = ()


class CorrectionRequested(Fact):
    """訂正請求を受けた（個情法90条）。"""

    request: UUID
    person: PersonId
    of: FactNumber | None = None
    claim: Personal


class CorrectionDecided(Fact):
    """訂正請求について決定した（個情法93条）。"""

    request: UUID
    granted: bool
    reason: Personal


class UseSuspended(Fact):
    """利用を停止した（個情法98条）。"""

    person: PersonId
    facts: tuple[FactNumber, ...] = ()
    reason: Personal


class LegalHoldPlaced(Fact):
    """廃棄を止めた（訴訟・審査請求など）。"""

    hold: UUID
    reason: Personal


class LegalHoldLifted(Fact):
    """廃棄の停止を解いた。"""

    hold: UUID
    reason: Personal


class IncidentOpened(Fact):
    """漏えい等の事案を認知した（個情法68条）。"""

    incident: UUID
    kind: Code
    persons: tuple[PersonId, ...]
    report_due: Day
    narrative: Narrative = ()


class IncidentReported(Fact):
    """漏えい等を報告した。"""

    incident: UUID
    to: Code
    final: bool


class PersonNotified(Fact):
    """漏えい等を本人に通知した。"""

    incident: UUID
    person: PersonId
    method: Code


RightsFact = (
    FactCorrected
    | MisfiledRecordWithdrawn
    | DisclosureRequested
    | DisclosureDecided
    | CorrectionRequested
    | CorrectionDecided
    | UseSuspended
    | LegalHoldPlaced
    | LegalHoldLifted
    | IncidentOpened
    | IncidentReported
    | PersonNotified
)
