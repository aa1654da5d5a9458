"""The whole answer: what stands above everything, then each way in, asked one by one."""

from typing import Any, get_args

from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    InformationRequestReviewed,
    InformationShared,
    ShareReviewed,
)
from domain.events.intake import NoteKept
from domain.events.meeting import (
    BroughtToSitting,
    MeetingDecided,
    PlanNotReached,
    RoleAssigned,
    RoleEnded,
)
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.oversight import (
    AuditCaseClosed,
    AuditCaseOpened,
    EmergencyAccessOpened,
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
from domain.events.support import ContactMade, OutreachAttempted, SupportClosed, SupportReopened
from domain.labels import Tag
from tests.laws import gate_oracle_rooms as rooms
from tests.laws.gate_oracle import (
    SENSITIVE,
    Answer,
    Asker,
    Ended,
    Log,
    Told,
    desk_of,
    from_a_room,
)
from tests.laws.gate_oracle_handing import handed
from tests.laws.gate_oracle_meetings import bound_by, in_role, in_room, kept
from tests.laws.gate_oracle_offices import Ways, hidden, located, office, seen_in_danger
from tests.laws.gate_oracle_walls import (
    betrays,
    conflict_of_interest,
    misfiled,
    suspended,
    walled,
)

OPEN_TO_ALL: tuple[type, ...] = (*get_args(ResourceFact), *get_args(StaffFact))
GIVEN_AWAY = (BroughtToSitting, InformationShared, InformationRequested, ReferralMade)
"""What a desk itself gave: it said so, and learned nothing by it."""
WENT = (OutreachAttempted, ContactMade)
"""What a desk saw for itself, on whatever basis it went there; not what a part says of a room."""
ANSWERS: dict[type, str] = {
    ReferralMade: "referral", ReferralAccepted: "referral", ReferralReturned: "referral",
    ReferralWithdrawn: "referral", ReferralReviewed: "referral",
    InformationShared: "share", ShareReviewed: "share",
    InformationRequested: "request", InformationRequestAnswered: "request",
    InformationRequestReviewed: "request",
    ConsentGiven: "consent", ConsentWithdrawn: "consent",
}  # fmt: skip
LOOKED_AT = (ReferralReviewed, ShareReviewed, InformationRequestReviewed)
_ASKING = (ReferralMade, InformationShared, InformationRequested)
OFFICIAL = ("identity", "privacy", "protection")
SPEAKS_TO: dict[type, tuple[str, str | None]] = {
    ReferralMade: ("to_agency", "to_desk"),
    InformationShared: ("to_agency", None),
    InformationRequested: ("of_agency", None),
    LeadAgencyNamed: ("agency", "desk"),
    WorkHandedOver: ("agency", "desk"),
    RoleAssigned: ("agency", "desk"),
    RoleEnded: ("agency", "desk"),
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
    if barred := barrier(log, by, told):
        return Answer(closed=frozenset({barred}))
    if gone := misfiled(log, told):
        return to_audit_alone(log, by, told, Ended("misfiled", gone))
    if isinstance(told.fact, NoteKept):
        return Answer(opens=frozenset({"author"}))
    if stopped := suspended(log, told):
        return to_audit_alone(log, by, told, Ended("use-suspended", stopped))
    if betrays(log, told) is not None:
        return located(log, by, told)
    opens, closed = set[str](), set[Ended]()
    for way in (own, answered, handed, in_room, kept, bound_by, in_role, seen_in_danger, office):
        rules, over = way(log, by, told)
        opens |= rules
        closed |= over
    return Answer(frozenset(opens), frozenset(outlines(log, by, told)), frozenset(closed))


def to_audit_alone(log: Log, by: Asker, told: Told, why: Ended) -> Answer:
    """An audit that was closed is named as well; one that is open finds no protected place."""
    opens, over = office(log, by, told)
    if "privacy-audit" not in opens:
        return Answer(closed=frozenset({why._replace(by=why.by.union(*(e.by for e in over)))}))
    if betrays(log, told) is not None:
        return Answer(closed=frozenset({hidden(log, told)}))
    return Answer(opens=frozenset({"privacy-audit"}))


def barrier(log: Log, by: Asker, told: Told) -> Ended | None:
    """The first that stands before every way in; the first two are raised by other facts."""
    if wall := walled(log, by, told):
        return Ended("wall", wall)
    if conflict := conflict_of_interest(log, by):
        return Ended("stands-aside", conflict)
    private = by.role == "privacy" or desk_of(log.label(told), by)
    writer = told.staff == by.staff and told.fact.label.agency == by.agency
    audited = isinstance(told.fact, AuditCaseOpened | AuditCaseClosed)
    asked_for = isinstance(told.fact, DisclosureRequested | DisclosureDecided)
    stands = {
        "author-only": isinstance(told.fact, NoteKept) and not writer,
        "informant": Tag.INFORMANT in log.label(told).tags and not desk_of(log.label(told), by),
        "no-basis": (audited and by.role != "privacy") or (asked_for and not private),
        "no-personal-text": by.role in {"administrator", "analyst"},
    }
    return next((Ended(rule) for rule, closes in stands.items() if closes), None)


def may_use_own(log: Log, by: Asker, told: Told) -> bool:
    """Rule 3: what was learned in a room stays with who was there, whatever desk wrote it."""
    basis: Any = told.fact.label.basis
    if not from_a_room(told.fact.label):
        return True
    whole = next(t.fact.label for t in log.told if t[:2] == told[:2])
    if isinstance(told.fact, GIVEN_AWAY + WENT) and desk_of(whole, by) and basis == whole.basis:
        return True
    return rooms.attended(log, by, (basis.sitting, basis.item))


def of_nobodys_case(log: Log, told: Told) -> bool:
    """Whose case it was that a room spoke of without a name is known to who wrote that down."""
    basis: Any = told.fact.label.basis
    return from_a_room(told.fact.label) and rooms.of_nobody(log, (basis.sitting, basis.item))


def own(log: Log, by: Asker, told: Told) -> Ways:
    label = log.label(told)
    if label.agency != by.agency:
        return wrote_elsewhere(log, by, told), set()
    desk = label.desk == by.desk
    other = by.works_on_cases and label.category not in SENSITIVE and told.role not in OFFICIAL
    other = other and not of_nobodys_case(log, told)
    if not desk and not other:
        return wrote_elsewhere(log, by, told), set()
    if not may_use_own(log, by, told):
        basis: Any = told.fact.label.basis
        away = rooms.why_absent(log, by, (basis.sitting, basis.item))
        return set(), away or {Ended("not-present")}
    return {"own-desk" if desk else "own-agency"}, set()


def wrote_elsewhere(log: Log, by: Asker, told: Told) -> set[str]:
    """Who wrote first in one household of the case that somebody belongs, reads it in the other; of
    健康 and 虐待 what 名寄せ said again of the desk's own.
    """
    if not isinstance(told.fact, MemberJoined) or not by.works_on_cases:
        return set()
    if from_a_room(told.fact.label):
        return set()
    here, found = log.label(told), set[str]()
    for (_, person), other in log.first_joined().items():
        same = person == log.who(told.fact.person) and other.stream != told.stream
        if not same or not may_use_own(log, by, other):
            continue
        there = log.label(other)
        if here.category in SENSITIVE:
            ours = there.category == here.category and desk_of(there, by)
            found |= {"own-desk"} if ours and told.role == "identity" else set()
        elif there.agency == by.agency and there.category not in SENSITIVE:
            closed = other.role in OFFICIAL or of_nobodys_case(log, other)
            found |= set() if closed else {"own-agency"}
    return found


def answered(log: Log, by: Asker, told: Told) -> Ways:
    """What is asked and answered belongs to all who ask and answer; what an office found when it
    looked at that afterwards does not.
    """
    if isinstance(told.fact, (*_ASKING, *LOOKED_AT)) or from_a_room(told.fact.label):
        return set(), set()
    return {"thread"} if by.works_on_cases and takes_part(log, by, told) else set(), set()


def takes_part(log: Log, by: Asker, told: Told) -> bool:
    """Whether the asker's side wrote some of it, or is named there."""
    kind = ANSWERS.get(type(told.fact))
    for other in log.told if kind else ():
        same = other.stream == told.stream and ANSWERS.get(type(other.fact)) == kind
        if same and getattr(other.fact, str(kind)) == getattr(told.fact, str(kind)):
            named = any(reached(log, by, told, *to) for to in spoken_to(other.fact))
            if named or wrote(log, by, told, other):
                return True
    return False


def wrote(log: Log, by: Asker, told: Told, other: Told) -> bool:
    """For an office its desk alone, and nobody by looking at it afterwards."""
    agency, desk = other.fact.label.agency, other.fact.label.desk
    if isinstance(other.fact, LOOKED_AT):
        return False
    if other.role in OFFICIAL:
        return (agency, desk) == (by.agency, by.desk)
    return reached(log, by, told, agency, desk)


def outlines(log: Log, by: Asker, told: Told) -> set[str]:
    frames = {"privacy-metadata"} if by.role == "privacy" else set[str]()
    if isinstance(told.fact, InformationShared) or not by.works_on_cases:
        return frames
    named = any(reached(log, by, told, *to) for to in spoken_to(told.fact))
    if isinstance(told.fact, HouseholdsMerged):
        kept = told.fact.secretariats if by.role == "coordinator" else ()
        desks = {(each.agency, each.desk) for each in (*told.fact.desks, *kept)}
        named |= (by.agency, by.desk) in desks
    if isinstance(told.fact, LOOKED_AT):
        named |= takes_part(log, by, told)
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
