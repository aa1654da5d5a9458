"""The whole answer: what stands above everything, then each way in, asked one by one."""

from typing import Any, get_args

from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    InformationShared,
    ShareReviewed,
)
from domain.events.intake import NoteKept
from domain.events.meeting import BroughtToSitting, MeetingDecided, PlanNotReached, RoleAssigned
from domain.events.membership import HouseholdsMerged, MemberJoined, MemberLeft
from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessOpened,
    OversightFact,
)
from domain.events.referral import (
    LeadAgencyNamed,
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralReviewed,
    ReferralWithdrawn,
    WorkHandedOver,
)
from domain.events.resource import ResourceFact
from domain.events.rights import DisclosureDecided, DisclosureRequested
from domain.events.staff import StaffFact
from domain.events.support import SupportClosed, SupportReopened
from domain.labels import Tag
from tests.laws import gate_oracle_rooms as rooms
from tests.laws.gate_oracle import (
    SENSITIVE,
    Answer,
    Asker,
    Log,
    Told,
    betrays,
    desk_of,
    from_a_room,
    misfiled,
    suspended,
    walled,
)
from tests.laws.gate_oracle_handing import handed
from tests.laws.gate_oracle_meetings import bound_by, in_role, in_room, kept
from tests.laws.gate_oracle_offices import Ways, located, office, seen_in_danger

OPEN_TO_ALL: tuple[type, ...] = (*get_args(ResourceFact), *get_args(StaffFact))
GIVEN_AWAY = (BroughtToSitting, InformationShared, InformationRequested, ReferralMade)
"""What a desk itself gave: it said so, and learned nothing by it."""
ANSWERS: dict[type, str] = {
    ReferralMade: "referral", ReferralAccepted: "referral", ReferralReturned: "referral",
    ReferralWithdrawn: "referral", ReferralReviewed: "referral",
    InformationShared: "share", ShareReviewed: "share",
    InformationRequested: "request", InformationRequestAnswered: "request",
    ConsentGiven: "consent", ConsentWithdrawn: "consent",
}  # fmt: skip
SPEAKS_TO: dict[type, tuple[str, str | None]] = {
    ReferralMade: ("to_agency", "to_desk"),
    InformationShared: ("to_agency", None),
    InformationRequested: ("of_agency", None),
    LeadAgencyNamed: ("agency", "desk"),
    WorkHandedOver: ("agency", "desk"),
    RoleAssigned: ("agency", "desk"),
    MeetingDecided: ("successor_agency", "successor_desk"),
    PlanNotReached: ("keeper_agency", "keeper_desk"),
    SupportClosed: ("successor_agency", "successor_desk"),
    SupportReopened: ("agency", "desk"),
    EmergencyAccessOpened: ("owner_agency", "owner_desk"),
    ConsentWithdrawn: ("holders", None),
    HouseholdsMerged: ("agencies", None),
}


def answer(log: Log, by: Asker, told: Told) -> Answer:
    if isinstance(told.fact, OPEN_TO_ALL):
        return Answer(opens=frozenset({"open"}))
    if barred := barriers(log, by, told):
        barred |= {"misfiled"} if misfiled(log, told) else set()
        return Answer(reasons=frozenset(barred))
    if isinstance(told.fact, NoteKept):
        wrong = misfiled(log, told)
        return Answer(reasons=frozenset({"misfiled"})) if wrong else Answer(frozenset({"author"}))
    if suspended(log, told) and not isinstance(told.fact, get_args(OversightFact)):
        audited = betrays(log, told) is None
        opens = office(log, by, told)[0] & {"privacy-audit"} if audited else set()
        return Answer(frozenset(opens), reasons=frozenset({"use-suspended", "misfiled"}))
    if betrays(log, told) is not None:
        return located(log, by, told)
    opens, reasons = set[str](), set[str]()
    for way in (own, answered, handed, in_room, kept, bound_by, in_role, seen_in_danger, office):
        rules, why = way(log, by, told)
        opens |= rules
        reasons |= why
    if misfiled(log, told):
        return Answer(frozenset(opens & {"privacy-audit"}), reasons=frozenset({"misfiled"}))
    return Answer(frozenset(opens), frozenset(outlines(log, by, told)), frozenset(reasons))


def barriers(log: Log, by: Asker, told: Told) -> set[str]:
    label, barred = log.label(told), set[str]()
    if by.role in {"administrator", "analyst"}:
        barred.add("no-personal-text")
    if isinstance(told.fact, NoteKept) and not (
        told.staff == by.staff and told.fact.label.agency == by.agency
    ):
        barred.add("author-only")
    if isinstance(told.fact, AuditCaseOpened | AuditCaseClosed) and by.role != "privacy":
        barred.add("no-basis")
    if isinstance(told.fact, DisclosureRequested | DisclosureDecided) and not (
        by.role == "privacy" or desk_of(label, by)
    ):
        barred.add("no-basis")
    if walled(log, by, told):
        barred.add("wall")
    if Tag.INFORMANT in label.tags and not desk_of(label, by):
        barred.add("informant")
    return barred


def may_use_own(log: Log, by: Asker, told: Told) -> bool:
    """Rule 3: what was learned in a room stays with who was there, whatever desk wrote it."""
    basis: Any = told.fact.label.basis
    if not from_a_room(told.fact.label):
        return True
    if isinstance(told.fact, GIVEN_AWAY) and desk_of(told.fact.label, by):
        return True
    return rooms.attended(log, by, (basis.sitting, basis.item))


def own(log: Log, by: Asker, told: Told) -> Ways:
    label = log.label(told)
    if label.agency != by.agency:
        return ({"own-agency"} if wrote_elsewhere(log, by, told) else set()), set()
    desk = label.desk == by.desk
    other = by.works_on_cases and label.category not in SENSITIVE
    if not desk and not other:
        return set(), set()
    if not may_use_own(log, by, told):
        basis: Any = told.fact.label.basis
        return set(), rooms.why_absent(log, by, (basis.sitting, basis.item)) or {"not-present"}
    return {"own-desk" if desk else "own-agency"}, set()


def wrote_elsewhere(log: Log, by: Asker, told: Told) -> bool:
    """Who wrote in one household of the case that somebody belongs, reads it in the other, too."""
    if not isinstance(told.fact, MemberJoined | MemberLeft) or not by.works_on_cases:
        return False
    for other in log.all(MemberJoined):
        same = log.who(other.fact.person) == log.who(told.fact.person)
        label = log.label(other)
        open_to_ours = label.agency == by.agency and label.category not in SENSITIVE
        if same and other.stream != told.stream and open_to_ours and may_use_own(log, by, other):
            return True
    return False


def answered(log: Log, by: Asker, told: Told) -> Ways:
    """What is asked and answered belongs to all who ask and answer."""
    kind = ANSWERS.get(type(told.fact))
    if kind is None or not by.works_on_cases or from_a_room(told.fact.label):
        return set(), set()
    if isinstance(told.fact, ReferralMade | InformationShared | InformationRequested):
        return set(), set()
    key = getattr(told.fact, kind)
    for other in log.told:
        same = ANSWERS.get(type(other.fact)) == kind and getattr(other.fact, kind) == key
        if same and other.stream == told.stream:
            named = [(other.fact.label.agency, other.fact.label.desk), *spoken_to(other.fact)]
            if any(reached(log, by, told, agency, desk) for agency, desk in named):
                return {"thread"}, set()
    return set(), set()


def outlines(log: Log, by: Asker, told: Told) -> set[str]:
    frames = {"privacy-metadata"} if by.role == "privacy" else set[str]()
    if isinstance(told.fact, InformationShared) or not by.works_on_cases:
        return frames
    named = any(reached(log, by, told, *to) for to in spoken_to(told.fact))
    return frames | ({"addressed"} if named else set())


def spoken_to(fact: Any) -> list[tuple[str, str | None]]:
    agency, desk = SPEAKS_TO.get(type(fact), (None, None))
    named = getattr(fact, agency) if agency else ()
    agencies = named if isinstance(named, tuple) else (named,)
    return [(each, getattr(fact, desk) if desk else None) for each in agencies if each]


def reached(log: Log, by: Asker, told: Told, agency: str, desk: str | None) -> bool:
    """健康 and 虐待・DV reach only the desk that was named, if one was."""
    narrow = log.label(told).category in SENSITIVE and desk is not None
    return agency == by.agency and not (narrow and desk != by.desk)
