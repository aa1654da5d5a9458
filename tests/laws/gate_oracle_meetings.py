"""会議で開くもの: the papers in the room, the record, decisions, roles and who sits there."""

from typing import Any
from uuid import UUID

from domain.events.consent import (
    ConsentGiven,
)
from domain.events.meeting import RoleAssigned, RoleEnded
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
)
from domain.labels import Category
from tests.laws import gate_oracle_rooms as rooms
from tests.laws.gate_oracle import (
    Asker,
    Ended,
    Log,
    Told,
    places,
)
from tests.laws.gate_oracle_handing import lost
from tests.laws.gate_oracle_offices import OF_A_SITTING, Ways


def in_room(log: Log, by: Asker, told: Told) -> Ways:
    """The papers of an item, to who is there, while the room is open."""
    rules, closed = set[str](), set[Ended]()
    for door in rooms.doors(log, by, told) if by.works_on_cases else ():
        if not rooms.seats(log, by, door.item[0]):
            continue
        if rooms.of_nobody(log, door.item) and told.stream != door.item[0]:
            continue
        well, over = all_consent(log, by, told, door)
        if not rooms.attended(log, by, door.item):
            over |= rooms.why_absent(log, by, door.item)
        if not rooms.is_open(log, door.item[0]):
            shut = rooms.in_(log, door.item[0], RoomClosed)
            over.add(Ended("room-closed", places(shut)))
        closed |= behind(door, over)
        rules |= {"room"} if well and not over else set()
    return rules, closed


def behind(door: rooms.Door, over: set[Ended]) -> set[Ended]:
    return {Ended(each.reason, each.by | door.by) for each in over}


def all_consent(log: Log, by: Asker, told: Told, door: rooms.Door) -> tuple[bool, set[Ended]]:
    """Rule 11: a 重層的支援会議 rests on the consent of each person."""
    if rooms.basis_of(log, door.item) is None:
        return False, set()
    if rooms.confidential(log, door.item) or isinstance(told.fact, OF_A_SITTING):
        return True, set()
    named = isinstance(told.fact, rooms.NAMES)
    category = None if named else log.label(told).category
    return each_consents(log, by, log.about(told) or door.persons, category)


def each_consents(
    log: Log, by: Asker, persons: frozenset[UUID], category: Category | None
) -> tuple[bool, set[Ended]]:
    """For whatever purpose; else what is over, of those who have consented no longer."""
    missing, over = not persons, set[Ended]()
    for person in persons:
        why = [
            lost(log, by, given, purpose, wanted)
            for given in log.all(ConsentGiven)
            for purpose in given.fact.purposes
            for wanted in [frozenset(given.fact.categories if category is None else {category})]
            if log.who(given.fact.person) == person
            and by.agency in given.fact.agencies
            and wanted & set(given.fact.categories)
        ]
        if all(why):
            missing = True
            over |= {each for each in why if each and each.by}
    return not missing, over


def kept(log: Log, by: Asker, told: Told) -> Ways:
    """事務局。"""
    heard = rooms.heard_for(told)
    of_it = heard is None or heard[0] == told.stream
    if isinstance(told.fact, OF_A_SITTING) and of_it and rooms.keeps(log, by, told.stream):
        return {"secretariat"}, set()
    made = {item for item in rooms.brought_about(log, told) if rooms.keeps(log, by, item[0])}
    made = {item for item in made if heard in {None, item}}
    rules, closed = {"secretariat"} if made else set(), set[Ended]()
    for door in rooms.doors(log, by, told):
        if rooms.keeps(log, by, door.item[0]):
            well, over = all_consent(log, by, told, door)
            rules |= {"secretariat"} if well else set()
            closed |= behind(door, over)
    return rules, closed


def bound_by(log: Log, by: Asker, told: Told) -> Ways:
    """決定・構成員。"""
    rules = set[str]()
    if by.works_on_cases:
        for decision in rooms.decided(log, told):
            item = (decision.sitting, decision.item)
            if rooms.heard_for(told) in {None, item} and rooms.agency_was_there(log, by, item):
                rules.add("decision")
        if isinstance(told.fact, OF_A_SITTING) and member(log, by, told):
            rules.add("sitting-member")
    return rules, set()


def member(log: Log, by: Asker, told: Told) -> bool:
    """Of the sitting as a whole; of an item, where it is theirs; never its papers and minutes."""
    fact: Any = told.fact
    if isinstance(fact, AgendaItemAdded | PresenceRecorded | PresenceEnded):
        return rooms.concerned(log, by, (told.stream, fact.item))
    if isinstance(fact, AttendeeInvited | DutyNotified):
        invited: list[Any] = [t.fact for t in rooms.in_(log, told.stream, AttendeeInvited)]
        seat = next((each for each in invited if each.attendee == fact.attendee), None)
        if seat is None:
            return False
        if seat.kind == "person":
            return any(rooms.concerned(log, by, (told.stream, item)) for item in seat.items)
    elif not isinstance(fact, SittingConvened | RoomOpened | RoomClosed | SittingCancelled):
        return False
    return bool(rooms.seats_of_agency(log, by, told.stream))


def in_role(log: Log, by: Asker, told: Told) -> Ways:
    rules, closed = set[str](), set[Ended]()
    for role in log.all(RoleAssigned):
        if not by.works_on_cases or not rooms.holds(by, role.fact):
            continue
        for item, persons in rooms.of_role(log, role):
            whose = rooms.whom(log, told)
            named = bool(whose) and whose <= persons
            if rooms.basis_of(log, item) is None or (not named and told[:2] != role[:2]):
                continue
            if rooms.heard_for(told) not in {None, item}:
                continue
            well, over = still_held(log, by, role, item, persons)
            rules |= {"role"} if well else set()
            closed |= {Ended(each.reason, each.by | {role[:2]}) for each in over}
    return rules, closed


def still_held(
    log: Log, by: Asker, role: Any, item: rooms.Item, persons: frozenset[UUID]
) -> tuple[bool, set[Ended]]:
    if role.fact.until and role.fact.until < by.today:
        return False, {Ended("role-ended")}
    for next_ in log.all(RoleAssigned, lambda r: r.predecessor == role.fact.role):
        if next_.stream == role.stream:
            return False, {Ended("role-ended", frozenset({next_[:2]}))}
    for end in log.all(RoleEnded, lambda e: e.role == role.fact.role):
        if end.stream == role.stream:
            return False, {Ended("role-ended", frozenset({end[:2]}))}
    if not rooms.confidential(log, item):
        return each_consents(log, by, persons, None)
    bound = rooms.bound_agency(log, by, item)
    return bound, set() if bound else {Ended("no-duty")}
