"""職務と緊急のほうから見た入り口: what an office is there for, what urgency and audit open."""

from typing import Any, get_args

from domain.events.consent import (
    ShareReviewed,
)
from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessApproved,
    EmergencyAccessOpened,
    EmergencyAccessRenewed,
    EmergencyAccessReviewed,
    OversightFact,
)
from domain.events.person import (
    AddressRecorded,
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
    SafeContactAgreed,
)
from domain.events.referral import (
    ReferralReviewed,
)
from domain.events.rights import (
    FactCorrected,
    MisfiledRecordWithdrawn,
    RightsFact,
)
from domain.events.sitting import SittingFact
from tests.laws import gate_oracle_rooms as rooms
from tests.laws.gate_oracle import (
    CONCEALING,
    OF_A_PERSON,
    Answer,
    Asker,
    Log,
    Told,
    betrays,
    from_a_room,
    misfiled,
)

CORRECTING = (FactCorrected, MisfiledRecordWithdrawn)
RIGHTS: tuple[type, ...] = (*get_args(RightsFact | OversightFact), ShareReviewed, ReferralReviewed)
WHO_AND_WHERE = (PersonNoted, PersonIdentified, SafeContactAgreed, AddressRecorded)
OFFICES: dict[str, tuple[str, tuple[type, ...]]] = {
    "privacy": ("office-privacy", tuple(set(RIGHTS) - set(CORRECTING))),
    "identity": ("office-identity", (*WHO_AND_WHERE, PersonsMerged, PersonsUnmerged)),
    "protection": ("protection", (*WHO_AND_WHERE, *CONCEALING)),
}
"""請求・点検、名寄せ、支援措置: what an office is there for."""
OF_A_SITTING: tuple[type, ...] = get_args(SittingFact)
Ways = tuple[set[str], set[str]]


def located(log: Log, by: Asker, told: Told) -> Answer:
    if misfiled(log, told):
        return Answer(reasons=frozenset({"misfiled", "concealed-location"}))
    heard = from_a_room(told.fact.label)
    if by.role == "protection" and not heard:
        return Answer(opens=frozenset({"protection"}))
    reasons = {"concealed-location"}
    for access in accesses(log, by):
        fact: Any = access.fact
        whose = log.whos([fact.person] if fact.person else [])
        if heard or not fact.location or betrays(log, told) != whose:
            continue
        why = run_out(log, by, access) or unapproved(log, access)
        if why is None:
            return Answer(opens=frozenset({"break-glass-location"}))
        reasons = (reasons - {"concealed-location"}) | {why}
    return Answer(reasons=frozenset(reasons))


def unapproved(log: Log, access: Told) -> str | None:
    key = access.fact.access  # type: ignore[attr-defined]
    seconds = log.all(EmergencyAccessApproved, lambda a: a.access == key)
    if not any(t.staff != access.fact.staff for t in seconds):  # type: ignore[attr-defined]
        return "not-approved"
    return "used-up" if (access.stream, access.version) in log.used else None


def accesses(log: Log, by: Asker) -> list[Told]:
    """Opened by this very reader, as the desk they read for."""
    mine = log.all(
        EmergencyAccessOpened,
        lambda a: (a.staff, a.agency, a.desk) == (by.staff, by.agency, by.desk),
    )
    return mine if by.works_on_cases else []


def run_out(log: Log, by: Asker, access: Told) -> str | None:
    opened: Any = access.fact
    longer = log.all(EmergencyAccessRenewed, lambda r: r.access == opened.access)
    until = max([opened.until, *(t.fact.until for t in longer)])
    looked_at = log.all(EmergencyAccessReviewed, lambda r: r.access == opened.access)
    return "access-over" if looked_at or by.at >= until else None


def seen_in_danger(log: Log, by: Asker, told: Told) -> Ways:
    rules, reasons = set[str](), set[str]()
    if from_a_room(told.fact.label) or isinstance(told.fact, OF_A_SITTING):
        return rules, reasons
    for access in accesses(log, by):
        person = access.fact.person  # type: ignore[attr-defined]
        about = rooms.whom(log, told) or log.about(told)
        if isinstance(told.fact, OF_A_PERSON):
            about = frozenset({log.who(told.stream)})
        if person and about and log.who(person) not in about:
            continue
        why = run_out(log, by, access)
        (reasons if why else rules).add(why or "break-glass")
    return rules, reasons


def of_another_item(log: Log, told: Told) -> bool:
    """Learned for, or recorded of, an agenda item that nobody knows to be of this household."""
    basis: Any = told.fact.label.basis
    if from_a_room(told.fact.label):
        return rooms.basis_of(log, (basis.sitting, basis.item)) is None
    item = getattr(told.fact, "item", None)
    its_own = isinstance(told.fact, get_args(SittingFact))
    return its_own and item is not None and rooms.basis_of(log, (told.stream, item)) is None


def office(log: Log, by: Asker, told: Told) -> Ways:
    """職務: what an office is there for."""
    rules, reasons = set[str](), set[str]()
    if by.role == "privacy" and not of_another_item(log, told):
        over = {t.fact.case for t in log.all(AuditCaseClosed)}
        for case in log.all(AuditCaseOpened, lambda c: c.label.agency == by.agency):
            closed = case.fact.case in over
            (reasons if closed else rules).add("case-closed" if closed else "privacy-audit")
    rule, kinds = OFFICES.get(by.role, ("", ()))
    if isinstance(told.fact, kinds):
        rules.add(rule)
    return rules, reasons
