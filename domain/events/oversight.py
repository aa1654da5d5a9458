"""緊急閲覧・監査: who looked without waiting for a basis, and who looks at that afterwards."""

from enum import StrEnum
from uuid import UUID

from domain.events.base import Fact
from domain.labels import Narrative
from domain.values import AgencyId, Day, DeskId, HouseholdId, Moment, Personal, PersonId, StaffId


class EmergencyAccessOpened(Fact):
    """緊急閲覧を始めた。`location` は秘匿された居場所の閲覧、`owner_*` は知らせる主担当。"""

    access: UUID
    staff: StaffId
    agency: AgencyId
    desk: DeskId
    reason: Personal
    person: PersonId | None = None
    location: bool = False
    until: Moment
    review_due: Day
    owner_agency: AgencyId | None = None
    owner_desk: DeskId | None = None


class EmergencyAccessApproved(Fact):
    """居場所の緊急閲覧を、二人目の職員が承認した。"""

    access: UUID


class EmergencyAccessRenewed(Fact):
    """緊急閲覧を、責任者が延長した。"""

    access: UUID
    until: Moment


class EmergencyAccessReviewed(Fact):
    """緊急閲覧を事後に点検した（閲覧はここで終わる）。"""

    access: UUID
    proper: bool
    narrative: Narrative = ()


class AuditCaseOpened(Fact):
    """監査を始めた（閉じるまで、個人情報保護担当が内容を読める）。"""

    case: UUID
    reason: Personal


class AuditCaseClosed(Fact):
    """監査を終えた。"""

    case: UUID


class Finding(StrEnum):
    """確かめた結果。"""

    WORK = "work"  # 業務上の閲覧だった
    MISTAKE = "mistake"  # 開き間違いだった
    IMPROPER = "improper"  # 業務によらない閲覧だった


class UnusualReadLookedInto(Fact):
    """気になる閲覧を確かめた。職員の流れに残り、世帯が書かれていなければ、まとめ読みについて。"""

    day: Day
    household: HouseholdId | None = None
    finding: Finding


OversightFact = (
    EmergencyAccessOpened
    | EmergencyAccessApproved
    | EmergencyAccessRenewed
    | EmergencyAccessReviewed
    | AuditCaseOpened
    | AuditCaseClosed
)
