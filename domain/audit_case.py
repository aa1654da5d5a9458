"""監査: the privacy officer reads what was recorded only inside a case opened with a reason."""

from typing import ClassVar
from uuid import UUID

from domain.basis import of_substance
from domain.conditions import about_members
from domain.events.oversight import AuditCaseClosed, AuditCaseOpened
from domain.household import Household
from domain.labels import Category
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import Personal, Role


class AboutAudit(CaseCommand):
    usual_category: ClassVar[Category] = Category.ORGANISATION


class OpenAuditCase(AboutAudit):
    reason: Personal


class CloseAuditCase(AboutAudit):
    """監査を終える。"""


class AuditCaseIsClosed(Refused):
    """この監査はすでに終わっています。"""


def open_audit_case(
    household: Household, command: OpenAuditCase, stamp: Stamp
) -> list[AuditCaseOpened]:
    stamp.requires(Role.PRIVACY)
    about_members(household, command, stamp)
    of_substance(command.reason)
    return [stated(AuditCaseOpened, command, stamp, case=stamp.new_id("case"))]


def close_audit_case(
    household: Household, command: CloseAuditCase, stamp: Stamp, *, case: UUID
) -> list[AuditCaseClosed]:
    """By the office that opened it."""
    stamp.requires(Role.PRIVACY)
    about_members(household, command, stamp)
    opened = household.oversight.cases.get(case)
    if opened is None or opened.agency != stamp.capacity.agency:
        raise Unknown
    if opened.closed:
        raise AuditCaseIsClosed
    return [stated(AuditCaseClosed, command, stamp, case=case)]
