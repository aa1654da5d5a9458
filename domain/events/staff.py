"""職員: appointments to a desk, with a role and dates."""

from uuid import UUID

from domain.events.base import Fact
from domain.values import AgencyId, Day, DeskId, Period, Personal, PlainText, Role


class StaffRegistered(Fact):
    """職員を登録した。`subject` は認証基盤の利用者識別子 (OIDC sub)。"""

    issuer: PlainText
    subject: PlainText
    name: Personal
    kana: Personal | None = None


class Appointed(Fact):
    """係・事業に任命した。"""

    appointment: UUID
    agency: AgencyId
    desk: DeskId
    role: Role
    period: Period


class AppointmentEnded(Fact):
    """任命を解いた。"""

    appointment: UUID
    last_day: Day


StaffFact = StaffRegistered | Appointed | AppointmentEnded
