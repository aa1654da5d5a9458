"""つなぎと主担当。"""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact, FactNumber
from domain.labels import Category, Narrative
from domain.values import AgencyId, Code, Day, DeskId, Personal, StaffId


class AnsweredBy(StrEnum):
    """だれが回答を記録したか: a receiver without access answers by telephone, the sender writes
    it down.
    """

    RECEIVER = "receiver"
    SENDER = "sender"


class ReferralMade(Fact):
    """つなぎを依頼した。`enclosed` are the versions of this household's facts that go with it."""

    referral: UUID
    to_agency: AgencyId
    to_desk: DeskId | None = None
    purpose: Code
    categories: tuple[Category, ...]
    enclosed: tuple[FactNumber, ...] = ()
    answer_due: Day
    consultation: UUID | None = None
    narrative: Narrative = ()


class ReferralAccepted(Fact):
    """つなぎが受理された。"""

    referral: UUID
    recorded_by: AnsweredBy
    answered_by: Personal | None = None
    answered_how: Code | None = None


class ReferralReturned(Fact):
    """つなぎが返戻された。"""

    referral: UUID
    recorded_by: AnsweredBy
    answered_by: Personal | None = None
    answered_how: Code | None = None
    reason: Personal


class ReferralWithdrawn(Fact):
    """つなぎを取り下げた。"""

    referral: UUID
    reason: Personal


class ReferralReviewed(Fact):
    """同意によらずに記録を渡したつなぎを事後に点検した。"""

    referral: UUID
    proper: bool
    narrative: Narrative = ()


class LeadAgencyNamed(Fact):
    """主担当を定めた。"""

    agency: AgencyId
    desk: DeskId
    staff: StaffId | None = None
    reason: Code | None = None


class WorkHandedOver(Fact):
    """担当を引き継いだ（`until` があれば不在時の代行）。"""

    from_staff: StaffId
    to_staff: StaffId
    agency: AgencyId
    desk: DeskId
    effective_on: Day
    until: Day | None = None
    memo: Narrative = ()


ReferralFact = (
    ReferralMade
    | ReferralAccepted
    | ReferralReturned
    | ReferralWithdrawn
    | ReferralReviewed
    | LeadAgencyNamed
    | WorkHandedOver
)
