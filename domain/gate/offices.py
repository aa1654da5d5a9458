"""職務と緊急 (ways f, g and p): what an office is there for, and what urgency or audit opens."""

from collections.abc import Mapping
from typing import get_args

from domain.conditions import CASE_WORK
from domain.events import KIND_OF, Fact
from domain.events.membership import MemberJoined, MemberLeft
from domain.events.oversight import OversightFact
from domain.events.person import (
    AddressRecorded,
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
    SafeContactAgreed,
)
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn, RightsFact
from domain.gate.asked import Answer, Asked, Places, placed
from domain.gate.handing import together
from domain.gate.oversight import Access
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.spoken import REVIEWS
from domain.gate.verdict import ONCE, Denial, Grant, Place
from domain.values import Role

_WHO_AND_WHERE: frozenset[type[Fact]] = frozenset(
    {PersonNoted, PersonIdentified, SafeContactAgreed, AddressRecorded}
)
_PROTECTED: frozenset[type[Fact]] = frozenset(
    {ConcealmentStarted, ConcealmentExtended, ConcealmentEnded, EndingProposed}
)
_FOUND_TO_BE: frozenset[type[Fact]] = frozenset({PersonsMerged, PersonsUnmerged})
_RIGHTS = frozenset(get_args(RightsFact)) - {FactCorrected, MisfiledRecordWithdrawn}
_OFFICES: Mapping[Role, tuple[str, frozenset[type[Fact]]]] = {
    Role.PRIVACY: (
        "office-privacy",
        _RIGHTS | frozenset((*get_args(OversightFact), *REVIEWS)),
    ),
    Role.IDENTITY: ("office-identity", _WHO_AND_WHERE | _FOUND_TO_BE),
    Role.PROTECTION: ("protection", _WHO_AND_WHERE | _PROTECTED),
}
"""請求・漏えい・点検、名寄せ、支援措置: their work reaches every household."""


def office(reader: Reader, asked: Asked, _situation: Situation) -> Answer:
    """What the office is there for."""
    rule, kinds = _OFFICES.get(reader.capacity.role, ("", frozenset()))
    return Grant(rule) if type(asked.item.fact) in kinds else None


def _taken_up(asked: Asked, situation: Situation) -> tuple[Place, ...] | None:
    """By which agenda item its household was taken up, where it was learned for one or recorded of
    one; None where that item is about somebody else, or nobody knows of it.
    """
    learned, fact = asked.learned, asked.item.fact
    if learned is None and KIND_OF[type(fact)] != "sitting":
        return ()
    sitting = learned.sitting if learned else asked.item.stream
    item = learned.item if learned else getattr(fact, "item", None)
    if item is None:
        return ()
    meeting = situation.meetings.get(sitting)
    return (meeting.items[item][0],) if meeting and item in meeting.items else None


def audit(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """The content, for the privacy officer, inside an audit case of the office; of a sitting only
    what concerns that household.
    """
    about = _taken_up(asked, situation)
    if reader.capacity.role is not Role.PRIVACY or about is None:
        return None
    ended: list[Denial] = []
    for case in sorted(situation.audits, key=lambda case: case.place != asked.place):
        if case.agency != reader.capacity.agency:
            continue
        if case.closed is None:
            return Grant("privacy-audit", (case.place, *about))
        ended.append(Denial("case-closed", (case.place, case.closed)))
    return together(ended)


def metadata(reader: Reader, asked: Asked, _situation: Situation) -> Answer:
    """Who recorded what, when and on which basis: always, and never a word of it."""
    if asked.field is not None or reader.capacity.role is not Role.PRIVACY:
        return None
    return Grant("privacy-metadata")


def emergency(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """緊急閲覧: for whoever opened it, as the desk they opened it for, until its time is over."""
    ended: list[Denial] = []
    for access in situation.accesses:
        if not _theirs(access, reader) or not _about(access, asked, situation):
            continue
        if facts := access.until(reader.at):
            return Grant("break-glass", facts)
        ended.append(_over(access))
    return together(ended)


def protected_place(reader: Reader, asked: Asked, situation: Situation, where: Places) -> Answer:
    """支援措置担当, or 緊急閲覧 that a second person approved, once."""
    if reader.capacity.role is Role.PROTECTION:
        needed = () if asked.label.concealed else where[:1]
        return office(reader, asked, situation) or Grant("protection", needed)
    ended: list[Denial] = []
    for access in situation.accesses:
        if access.fact.location and _theirs(access, reader) and _of(access, asked, situation):
            answer = _once(access, reader, situation)
            if isinstance(answer, Grant):
                return answer
            ended.append(answer)
    return together(ended)


def _once(access: Access, reader: Reader, situation: Situation) -> Grant | Denial:
    facts = access.until(reader.at)
    if facts is None:
        return _over(access)
    if access.approved is None:
        return Denial("not-approved", (access.place,))
    if access.place in situation.used:
        return Denial("used-up", (access.place,))
    return Grant(ONCE, (*facts, access.approved))


def _over(access: Access) -> Denial:
    renewed = tuple(place for place, _ in access.renewed)
    reviewed = (access.reviewed,) if access.reviewed else ()
    return Denial("access-over", (access.place, *renewed, *reviewed))


def _theirs(access: Access, reader: Reader) -> bool:
    fact, capacity = access.fact, reader.capacity
    held = (fact.staff, fact.agency, fact.desk) == (reader.staff, capacity.agency, capacity.desk)
    return held and capacity.role in CASE_WORK


def _about(access: Access, asked: Asked, situation: Situation) -> bool:
    """All of the household, or what is about the one person, or about nobody in particular; never
    what a sitting recorded of itself (rule 3).
    """
    if KIND_OF[type(asked.item.fact)] == "sitting":
        return False
    if access.fact.person is None:
        return True
    person, fact = situation.who(access.fact.person), asked.item.fact
    if isinstance(fact, MemberJoined | MemberLeft):
        return situation.who(fact.person) == person
    if KIND_OF[type(fact)] == "person":
        return situation.who(asked.item.stream) == person
    about = frozenset(map(situation.who, asked.label.subjects))
    return not about or person in about


def _of(access: Access, asked: Asked, situation: Situation) -> bool:
    """The place of the person it was opened for, and of nobody else."""
    person = access.fact.person
    return person is not None and placed(asked, situation) == {situation.who(person)}
