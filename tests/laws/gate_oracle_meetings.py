"""会議で開くもの: the papers in the room, the record, decisions, roles and who sits there."""

from typing import Any
from uuid import UUID

from domain.events.consent import (
    ConsentGiven,
    InformationShared,
)
from domain.events.meeting import BroughtToSitting, RoleAssigned
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
    Log,
    Told,
)
from tests.laws.gate_oracle_handing import Passed, consented
from tests.laws.gate_oracle_offices import OF_A_SITTING, Ways


def in_room(log: Log, by: Asker, told: Told) -> Ways:
    """The papers of an item, to who is there, while the room is open."""
    rules, reasons = set[str](), set[str]()
    heard = told.fact.label.basis
    for item in rooms.items_about(log, told) | rooms.shared_there(log, by, told):
        if heard.kind == "sitting" and item != (heard.sitting, heard.item):
            continue
        if not by.works_on_cases:
            continue
        if not rooms.attended(log, by, item):
            reasons |= rooms.why_absent(log, by, item)
        elif not rooms.is_open(log, item[0]):
            reasons.add("room-closed")
        elif all_consent(log, by, told, item):
            rules.add("room")
    return rules, reasons


def all_consent(log: Log, by: Asker, told: Told, item: rooms.Item) -> bool:
    """Rule 11: a 重層的支援会議 rests on the consent of each person."""
    if rooms.basis_of(log, item) is None:
        return False
    if rooms.confidential(log, item) or isinstance(told.fact, OF_A_SITTING):
        return True
    named = isinstance(told.fact, rooms.NAMES)
    persons = log.about(told)
    category = None if named else log.label(told).category
    for brought in log.all(BroughtToSitting):
        with_it = told[:2] == brought[:2] or told.version in brought.fact.tabled
        here = (brought.fact.sitting, brought.fact.item) == item and brought.stream == told.stream
        if not persons and here and with_it:
            persons = log.whos((*brought.fact.subjects, *brought.fact.label.subjects))
    return bool(persons) and all(any_consent(log, by, person, category) for person in persons)


def any_consent(log: Log, by: Asker, person: UUID, category: Category | None) -> bool:
    for given in log.all(ConsentGiven):
        for purpose in given.fact.purposes:
            asked = given._replace(fact=_for(given.fact, purpose))
            wanted = frozenset(given.fact.categories if category is None else {category})
            passed = Passed(asked, frozenset({person}), wanted)
            if consented(log, by, passed)[0]:
                return True
    return False


def _for(given: ConsentGiven, purpose: str) -> InformationShared:
    """Handed over for this alone."""
    passed = {"share": given.consent, "to_agency": given.agencies[0], "purpose": purpose}
    dated = {"occurred_on": given.occurred_on, "label": given.label}
    return InformationShared.model_validate(
        {**dated, **passed, "categories": given.categories}, from_attributes=True
    )


def kept(log: Log, by: Asker, told: Told) -> Ways:
    """事務局。"""
    if isinstance(told.fact, OF_A_SITTING) and rooms.keeps(log, by, told.stream):
        return {"secretariat"}, set()
    made = {item for item in rooms.brought_about(log, told) if rooms.keeps(log, by, item[0])}
    heard = told.fact.label.basis
    for item in rooms.items_about(log, told) | rooms.shared_there(log, by, told):
        other_room = heard.kind == "sitting" and item != (heard.sitting, heard.item)
        if not other_room and rooms.keeps(log, by, item[0]) and all_consent(log, by, told, item):
            made.add(item)
    return ({"secretariat"} if made else set()), set()


def bound_by(log: Log, by: Asker, told: Told) -> Ways:
    """決定・構成員。"""
    rules = set[str]()
    if by.works_on_cases:
        for decision in rooms.decided(log, told):
            if rooms.agency_was_there(log, by, (decision.sitting, decision.item)):
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
    rules, reasons = set[str](), set[str]()
    for role in log.all(RoleAssigned):
        if not by.works_on_cases or not rooms.holds(by, role.fact):
            continue
        for item, persons in rooms.of_role(log, role):
            whose = rooms.whom(log, told)
            named = bool(whose) and whose <= persons
            if rooms.basis_of(log, item) is None or (not named and told[:2] != role[:2]):
                continue
            if role.fact.until and role.fact.until < by.today:
                reasons.add("role-ended")
            elif not rooms.confidential(log, item):
                if persons and all(any_consent(log, by, each, None) for each in persons):
                    rules.add("role")
            else:
                bound = rooms.bound_agency(log, by, item)
                (rules if bound else reasons).add("role" if bound else "no-duty")
    return rules, reasons
