"""アウトリーチ・参加支援・緊急支援・終結。"""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact, FactNumber
from domain.labels import Narrative
from domain.values import (
    AgencyId,
    Code,
    Day,
    DeskId,
    Occurred,
    Personal,
    PersonId,
    ResourceId,
    SittingId,
    StaffId,
    Value,
)


class OutreachAttempted(Fact):
    """アウトリーチを試みた（会えなかった）。"""

    outreach: UUID
    person: PersonId | None = None
    method: Code
    narrative: Narrative = ()


class ContactMade(Fact):
    """アウトリーチで本人または家族に接触した。"""

    outreach: UUID
    person: PersonId | None = None
    method: Code
    met_person: bool
    consented: bool
    narrative: Narrative = ()


class EntryServiceUsed(Fact):
    """きっかけとなる事業を利用した。"""

    person: PersonId | None = None
    service: Code
    narrative: Narrative = ()


class ParticipationMatched(Fact):
    """参加支援で受入先とマッチングした。"""

    participation: UUID
    person: PersonId
    resource: ResourceId
    kind: Code
    narrative: Narrative = ()


class ParticipationStarted(Fact):
    """参加が始まった。"""

    participation: UUID
    narrative: Narrative = ()


class ParticipationFollowedUp(Fact):
    """定着を支援した。"""

    participation: UUID
    settled: bool
    next_on: Day | None = None
    narrative: Narrative = ()


class ParticipationEnded(Fact):
    """参加支援が終わった。"""

    participation: UUID
    reason: Code
    narrative: Narrative = ()


class Guardianship(StrEnum):
    """後見等の類型。"""

    GUARDIAN = "guardian"  # 後見
    CURATOR = "curator"  # 保佐
    ASSISTANT = "assistant"  # 補助
    VOLUNTARY = "voluntary"  # 任意後見


class GuardianAppointed(Fact):
    """後見人等が受任した。台帳を使う機関・係・職員が受任したときは、それも記録する。"""

    person: PersonId
    kind: Guardianship
    guardian: Personal
    agency: AgencyId | None = None
    desk: DeskId | None = None
    staff: StaffId | None = None


class GuardianshipEnd(StrEnum):
    """後見等が終わった事由。"""

    REVOKED = "revoked"  # 審判の取消し
    RESIGNED = "resigned"  # 辞任
    DISMISSED = "dismissed"  # 解任
    DIED = "died"  # 本人または後見人等の死亡
    FULFILLED = "fulfilled"  # 任務の終了


class GuardianshipEnded(Fact):
    """後見人等の任務が終わった。`of` は受任の記録の版。"""

    of: FactNumber
    person: PersonId
    reason: GuardianshipEnd


class ShelterProvided(Fact):
    """緊急一時保護を行った（泊数・円）。"""

    person: PersonId
    nights: int
    yen: int
    place: Personal | None = None
    narrative: Narrative = ()


class ExpertAdviceReceived(Fact):
    """専門家の助言を受けた（円）。"""

    profession: Code
    yen: int
    narrative: Narrative = ()


class ContactAttempt(Value):
    """中断の前の連絡の試み。"""

    on: Occurred
    method: Code
    answered: bool = False


class SupportClosed(Fact):
    """支援を終結した。"""

    reason: Code
    wish: Personal | None = None
    not_asked_because: Personal | None = None
    evaluated_plan: UUID | None = None
    sitting: SittingId | None = None
    item: UUID | None = None
    successor_agency: AgencyId | None = None
    successor_desk: DeskId | None = None
    narrative: Narrative = ()


class SupportSuspended(Fact):
    """支援を中断した。"""

    reason: Code
    attempts: tuple[ContactAttempt, ...]
    wish: Personal | None = None
    not_asked_because: Personal | None = None
    evaluated_plan: UUID | None = None
    sitting: SittingId | None = None
    item: UUID | None = None
    narrative: Narrative = ()


class SupportReopened(Fact):
    """支援を再開した（新しい期。前の同意は戻らない）。"""

    cycle: int
    after: FactNumber
    reason: Code
    agency: AgencyId
    desk: DeskId
    staff: StaffId | None = None
    narrative: Narrative = ()


class FileAttached(Fact):
    """書類を添付した。`content` は base64。"""

    attachment: UUID
    kind: Code
    title: Personal
    media_type: str
    size: int
    content: Personal
    to: UUID | None = None


SupportFact = (
    OutreachAttempted
    | ContactMade
    | EntryServiceUsed
    | ParticipationMatched
    | ParticipationStarted
    | ParticipationFollowedUp
    | ParticipationEnded
    | GuardianAppointed
    | GuardianshipEnded
    | ShelterProvided
    | ExpertAdviceReceived
    | SupportClosed
    | SupportSuspended
    | SupportReopened
    | FileAttached
)
