"""職務と緊急のほうから見た入り口: what an office is there for, what urgency and audit open."""

from typing import Any, get_args

from domain.events.consent import InformationRequestReviewed, ShareReviewed
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
    Ended,
    Log,
    Told,
    from_a_room,
    places,
)
from tests.laws.gate_oracle_walls import betrays, concealing

CORRECTING = (FactCorrected, MisfiledRecordWithdrawn)
RIGHTS: tuple[type, ...] = (
    *get_args(RightsFact | OversightFact),
    ShareReviewed,
    ReferralReviewed,
    InformationRequestReviewed,
)
WHO_AND_WHERE = (PersonNoted, PersonIdentified, SafeContactAgreed, AddressRecorded)
OFFICES: dict[str, tuple[str, tuple[type, ...]]] = {
    "privacy": ("office-privacy", tuple(set(RIGHTS) - set(CORRECTING))),
    "identity": ("office-identity", (*WHO_AND_WHERE, PersonsMerged, PersonsUnmerged)),
    "protection": ("protection", (*WHO_AND_WHERE, *CONCEALING)),
}
"""請求・点検、名寄せ、支援措置: what an office is there for."""
OF_A_SITTING: tuple[type, ...] = get_args(SittingFact)
Ways = tuple[set[str], set[Ended]]


def hidden(log: Log, told: Told) -> Ended:
    """Whose protection it would betray, and what concealed it."""
    begun = [t for person in betrays(log, told) or () for t in log.concealments(person)]
    return Ended("concealed-location", places([*begun, *concealing(log, told)]))


def located(log: Log, by: Asker, told: Told) -> Answer:
    heard = from_a_room(told.fact.label)
    if by.role == "protection" and not heard:
        return Answer(opens=frozenset({"protection"}))
    where, over = hidden(log, told), set[Ended]()
    for access in accesses(log, by):
        fact: Any = access.fact
        whose = log.whos([fact.person] if fact.person else [])
        if heard or not fact.location or betrays(log, told) != whose:
            continue
        why = run_out(log, by, access) or unapproved(log, access)
        if why is None:
            return Answer(opens=frozenset({"break-glass-location"}))
        over.add(why)
    first = over or {where}
    return Answer(closed=frozenset(Ended(each.reason, each.by | where.by) for each in first))


def unapproved(log: Log, access: Told) -> Ended | None:
    key = access.fact.access  # type: ignore[attr-defined]
    seconds = log.all(EmergencyAccessApproved, lambda a: a.access == key)
    if not any(t.staff != access.fact.staff for t in seconds):  # type: ignore[attr-defined]
        return Ended("not-approved", places([access]))
    seen = (access.stream, access.version) in log.used
    return Ended("used-up", places([access])) if seen else None


def accesses(log: Log, by: Asker) -> list[Told]:
    """Opened by this very reader, as the desk they read for."""
    mine = log.all(
        EmergencyAccessOpened,
        lambda a: (a.staff, a.agency, a.desk) == (by.staff, by.agency, by.desk),
    )
    return mine if by.works_on_cases else []


def run_out(log: Log, by: Asker, access: Told) -> Ended | None:
    opened: Any = access.fact
    longer = log.all(EmergencyAccessRenewed, lambda r: r.access == opened.access)
    until = max([opened.until, *(t.fact.until for t in longer)])
    looked_at = log.all(EmergencyAccessReviewed, lambda r: r.access == opened.access)
    over = looked_at or by.at >= until
    return Ended("access-over", places([access, *longer, *looked_at])) if over else None


def seen_in_danger(log: Log, by: Asker, told: Told) -> Ways:
    rules, closed = set[str](), set[Ended]()
    if from_a_room(told.fact.label) or isinstance(told.fact, OF_A_SITTING):
        return rules, closed
    for access in accesses(log, by):
        person = access.fact.person  # type: ignore[attr-defined]
        about = rooms.whom(log, told) or log.about(told)
        if isinstance(told.fact, OF_A_PERSON):
            about = frozenset({log.who(told.stream)})
        if person and about and log.who(person) not in about:
            continue
        why = run_out(log, by, access)
        rules |= set() if why else {"break-glass"}
        closed |= {why} if why else set()
    return rules, closed


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
    rules, closed = set[str](), set[Ended]()
    if by.role == "privacy" and not of_another_item(log, told):
        for case in log.all(AuditCaseOpened, lambda c: c.label.agency == by.agency):
            over = [t for t in log.all(AuditCaseClosed) if t.fact.case == case.fact.case]
            rules |= set() if over else {"privacy-audit"}
            closed |= {Ended("case-closed", places([case, *over]))} if over else set()
    rule, kinds = OFFICES.get(by.role, ("", ()))
    if isinstance(told.fact, kinds):
        rules.add(rule)
    return rules, closed
