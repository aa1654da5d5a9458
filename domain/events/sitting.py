"""会議の開催: who was present for which item, in which capacity, on which basis."""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact
from domain.labels import Narrative
from domain.values import (
    AgencyId,
    BodyId,
    Code,
    Day,
    DeskRef,
    HouseholdId,
    Personal,
    PersonId,
    PlainText,
    StaffId,
)


class ItemKind(StrEnum):
    """議題の種別。"""

    CASE = "case"  # 個別ケース
    TRAINING = "training"  # 研修・勉強会
    POLICY = "policy"  # 施策・体制


class MeetingBasis(StrEnum):
    """議題の根拠。"""

    SUPPORT = "support"  # 支援会議 (社会福祉法106条の6; 同意不要・守秘義務)
    LAYERED = "layered"  # 重層的支援会議 (実施要綱; 本人同意)
    OTHER_CONFIDENTIAL = "other-confidential"  # その他の守秘義務のある会議
    NONE = "none"  # 個人を扱わない


class SittingConvened(Fact):
    """会議を招集した。`offices` は招集者・代理・事務局の機関、`secretariat` は記録を保管する係。"""

    body: BodyId
    held_on: Day
    extraordinary: bool = False
    place: PlainText | None = None
    write_up_due: Day | None = None
    offices: tuple[AgencyId, ...] = ()
    secretariat: DeskRef | None = None


class AgendaItemAdded(Fact):
    """議題を立てた。`title` に個人の情報は書かない。"""

    item: UUID
    kind: ItemKind
    basis: MeetingBasis
    title: PlainText
    household: HouseholdId | None = None


class AttendeeKind(StrEnum):
    """出席者の立場。"""

    STAFF = "staff"  # 行政・受託者の職員
    OUTSIDE = "outside"  # 市外部の構成員
    PERSON = "person"  # 本人・家族


class AttendeeInvited(Fact):
    """出席者を選定した（その日の資格で）。"""

    attendee: UUID
    kind: AttendeeKind
    staff: StaffId | None = None
    person: PersonId | None = None
    name: Personal | None = None
    agency: AgencyId | None = None
    capacity: PlainText
    tier: Code | None = None
    items: tuple[UUID, ...] = ()


class DutyNotified(Fact):
    """守秘義務を告知した、または誓約を受けた。"""

    attendee: UUID
    pledged: bool = False
    text_version: Code
    standing_until: Day | None = None


class PresenceRecorded(Fact):
    """議題に出席した。"""

    item: UUID
    attendee: UUID
    capacity: PlainText


class PresenceEnded(Fact):
    """議題の途中で、または議題を前に退席した。"""

    item: UUID
    attendee: UUID


class PaperGivenOut(Fact):
    """番号つきの資料を配った。"""

    paper: UUID
    number: int
    item: UUID
    title: PlainText
    attendees: tuple[UUID, ...]


class PaperTakenBack(Fact):
    """資料を回収した。"""

    paper: UUID
    attendee: UUID


class RoomOpened(Fact):
    """会議室を開いた（資料の閲覧が始まる）。"""


class RoomClosed(Fact):
    """会議室を閉じた（資料の閲覧が終わる）。"""


class SittingWrittenUp(Fact):
    """会議の記録を作成した。"""

    minutes: Narrative


class SittingCancelled(Fact):
    """会議を取りやめた。"""

    reason: PlainText


SittingFact = (
    SittingConvened
    | AgendaItemAdded
    | AttendeeInvited
    | DutyNotified
    | PresenceRecorded
    | PresenceEnded
    | PaperGivenOut
    | PaperTakenBack
    | RoomOpened
    | RoomClosed
    | SittingWrittenUp
    | SittingCancelled
)
