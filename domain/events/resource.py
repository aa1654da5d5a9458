"""社会資源・地域づくり・地域課題: never a word about a person."""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact
from domain.values import AgencyId, BodyId, Code, Day, PlainText


class ResourceKind(StrEnum):
    """社会資源の種別。"""

    HOST = "host"  # 受入先
    PARTNER = "partner"  # 協力企業・団体
    PLACE = "place"  # 居場所
    ACTIVITY = "activity"  # 活動


class ResourceRegistered(Fact):
    """社会資源を登録した。"""

    kind: ResourceKind
    name: PlainText
    operator: AgencyId | None = None
    area: Code | None = None
    capacity: int | None = None
    newly_created: bool = False


class ResourceRetired(Fact):
    """社会資源の利用を終えた。"""

    reason: PlainText


class ActivityHeld(Fact):
    """活動を行った（人数だけを数える）。"""

    activity: UUID
    kind: Code
    participants: int
    sessions: int = 1


class CommunityIssueRaised(Fact):
    """地域課題を挙げた（個人の情報は書かない）。"""

    themes: tuple[Code, ...]
    text: PlainText
    raised_by: BodyId | None = None


class CommunityIssueAnswered(Fact):
    """地域課題に応えた。"""

    text: PlainText
    answered_by: BodyId | None = None
    review_on: Day | None = None


ResourceFact = (
    ResourceRegistered
    | ResourceRetired
    | ActivityHeld
    | CommunityIssueRaised
    | CommunityIssueAnswered
)
