"""監査: opened with a reason, closed by the office that opened it."""

import pytest

from domain.audit_case import (
    AuditCaseIsClosed,
    CloseAuditCase,
    OpenAuditCase,
    close_audit_case,
    open_audit_case,
)
from domain.basis import ReasonNeeded
from domain.events.oversight import AuditCaseClosed, AuditCaseOpened
from domain.labels import Category
from domain.refusals import RoleNeeded, Unknown
from domain.values import Role
from tests.domain.given import COUNSELLOR, PRIVACY, act, capacity, fact, household, label, stamp

CASE = stamp().new_id("case")
OFFICE = label(agency=PRIVACY.agency, desk=PRIVACY.desk)
OPENED = fact(AuditCaseOpened, case=CASE, reason="苦情を受けた点検", label=OFFICE)


def test_an_audit_begins_with_a_reason() -> None:
    command = act(OpenAuditCase, reason="苦情を受けた提供の点検のため。")
    (opened,) = open_audit_case(household(), command, stamp(PRIVACY))
    assert opened.label.category is Category.ORGANISATION
    with pytest.raises(ReasonNeeded):
        open_audit_case(household(), act(OpenAuditCase, reason="点検"), stamp(PRIVACY))
    with pytest.raises(RoleNeeded):
        open_audit_case(household(), command, stamp(COUNSELLOR))


def test_it_is_closed_once_by_the_office_that_opened_it() -> None:
    command = act(CloseAuditCase)
    (closed,) = close_audit_case(household(OPENED), command, stamp(PRIVACY), case=CASE)
    with pytest.raises(AuditCaseIsClosed):
        close_audit_case(household(OPENED, closed), command, stamp(PRIVACY), case=CASE)
    with pytest.raises(Unknown):
        close_audit_case(household(), command, stamp(PRIVACY), case=CASE)
    elsewhere = stamp(capacity("centre", "general", Role.PRIVACY))
    with pytest.raises(Unknown):
        close_audit_case(household(OPENED), command, elsewhere, case=CASE)


def test_closing_what_was_never_opened_changes_nothing() -> None:
    stray = fact(AuditCaseClosed, case=CASE)
    assert household(stray).oversight == household().oversight
