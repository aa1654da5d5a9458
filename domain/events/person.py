"""本人: identity, addresses and what would betray them; kept apart from the household so that
they can be protected.
"""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact
from domain.labels import Narrative
from domain.values import Code, Day, Period, Personal, PersonId


class Sex(StrEnum):
    """性別 as the person states it."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class PersonNoted(Fact):
    """人の存在を把握した（通称しか分からないこともある）。"""

    nickname: Personal | None = None
    description: Personal | None = None
    sex: Sex = Sex.UNKNOWN
    birth_year: int | None = None


class PersonIdentified(Fact):
    """本人を特定した。生年だけは平文で持つ。"""

    name: Personal
    kana: Personal
    birth_date: Personal | None = None
    birth_year: int | None = None
    sex: Sex = Sex.UNKNOWN
    phones: tuple[Personal, ...] = ()
    confirmed_by: Code | None = None


class Place(StrEnum):
    """場所の種別: where somebody is, and what would betray it."""

    REGISTERED = "registered"  # 住民票
    RESIDENCE = "residence"  # 居所
    NONE = "none"  # 不定
    CAR = "car"  # 車上
    FACILITY = "facility"  # 施設
    SCHOOL = "school"  # 通学先
    CLINIC = "clinic"  # 通院先
    WORKPLACE = "workplace"  # 勤務先
    AGENCY = "agency"  # 支援機関


class AddressRecorded(Fact):
    """住所・居所または居場所の手がかりを記録した。"""

    address: UUID
    place: Place
    text: Personal
    area: Code | None = None
    period: Period


class SafeContactAgreed(Fact):
    """安全な連絡方法を取り決めた。"""

    phone: Personal | None = None
    times: Personal | None = None
    voicemail_allowed: bool = False
    sender_name: Personal | None = None
    family_unaware: bool = False


class CareNeeded(Fact):
    """通訳・配慮が必要である。"""

    kinds: tuple[Code, ...]
    narrative: Narrative = ()


class VisitRiskNoted(Fact):
    """訪問時の危険を記録した。"""

    level: Code
    narrative: Narrative = ()


class PersonsMerged(Fact):
    """同一人と判断した（名寄せ）。"""

    absorbed: PersonId
    survivor: PersonId
    reason: Personal | None = None


class PersonsUnmerged(Fact):
    """同一人の判断を取り消した。"""

    absorbed: PersonId
    survivor: PersonId
    reason: Personal


class Threat(StrEnum):
    """支援措置の事由。"""

    DV = "dv"  # 配偶者暴力
    STALKING = "stalking"
    CHILD_ABUSE = "child-abuse"  # 児童虐待
    OTHER = "other"  # その他これらに準ずる


class ConcealmentStarted(Fact):
    """支援措置を開始した。相手方は申出人が名指した人であり、加害者と決めつけない。"""

    concealment: UUID
    counterparties: tuple[PersonId, ...] = ()
    counterparty_names: tuple[Personal, ...] = ()
    threat: Threat
    until: Day


class ConcealmentExtended(Fact):
    """支援措置を延長した。"""

    concealment: UUID
    until: Day


class ConcealmentEnded(Fact):
    """支援措置を終了した（人が判断する。期限が来ても自動では終わらない）。"""

    concealment: UUID
    reason: Code
    proposed_by: UUID


class EndingProposed(Fact):
    """支援措置の終了を起案した（決めるのは別の職員）。"""

    concealment: UUID
    proposal: UUID
    reason: Code


PersonFact = (
    PersonNoted
    | PersonIdentified
    | AddressRecorded
    | SafeContactAgreed
    | CareNeeded
    | VisitRiskNoted
    | PersonsMerged
    | PersonsUnmerged
    | ConcealmentStarted
    | ConcealmentExtended
    | ConcealmentEnded
    | EndingProposed
)
