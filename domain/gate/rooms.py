"""支援会議 (way d): the room and its papers, and the record that the secretariat keeps."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from domain.events.meeting import (
    BroughtToSitting,
    CaseStudied,
    MeetingDecided,
    PlanDecided,
    PlanEvaluated,
    PlanRatifiedAfterwards,
    RoleAssigned,
)
from domain.events.person import PersonIdentified, PersonNoted
from domain.events.sitting import PaperGivenOut
from domain.gate.asked import Answer, Asked, Places
from domain.gate.handing import MEMBERS, together, unique
from domain.gate.meetings import Meeting
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.verdict import Denial, Grant, Place
from domain.labels import BySitting, Category
from domain.values import Role

NAMES = (PersonNoted, PersonIdentified)
_LINKED = (
    BroughtToSitting,
    MeetingDecided,
    CaseStudied,
    PlanDecided,
    PlanRatifiedAfterwards,
    PlanEvaluated,
)


class Brought(NamedTuple):
    """How a thing came into a room: for which item of which sitting, by which facts, and about
    whom.
    """

    sitting: UUID
    item: UUID
    facts: Places = ()
    subjects: frozenset[UUID] = frozenset()


def room(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """What was brought for an item, for those who are there, while the room is open."""
    if not situation.meetings:
        return None
    ended: list[Denial] = []
    for brought in _brought(reader, asked, situation):
        meeting = situation.meetings.get(brought.sitting)
        if meeting is None or not any(True for _ in meeting.seats_of(reader)):
            continue
        answer = _in_room(meeting, brought, reader, asked, situation)
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)


def _in_room(
    meeting: Meeting, brought: Brought, reader: Reader, asked: Asked, situation: Situation
) -> Answer:
    there = meeting.there(reader, brought.item)
    if there is None:
        rule, facts = meeting.absent(reader, brought.item)
        return Denial(rule, (*brought.facts, *facts))
    if meeting.opened is None or meeting.closed is not None:
        closed = (meeting.closed,) if meeting.closed else ()
        return Denial("room-closed", (*brought.facts, *closed))
    consents = _covered(meeting, brought, asked, situation, reader)
    if consents is None:
        return None
    return Grant("room", unique((*brought.facts, *there, meeting.opened, *consents)))


def secretariat(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """The secretariat keeps the record of its sittings."""
    if reader.capacity.role is not Role.COORDINATOR or not situation.meetings:
        return None
    record = [(brought, True) for brought in _record(asked, situation)]
    brought_in = [(brought, False) for brought in _brought(reader, asked, situation)]
    for brought, own in record + brought_in:
        meeting = situation.meetings.get(brought.sitting)
        keeps = meeting.keeps(reader.capacity.agency) if meeting else None
        if meeting is None or keeps is None:
            continue
        consents = () if own else _covered(meeting, brought, asked, situation, reader)
        if consents is not None:
            return Grant("secretariat", unique((*brought.facts, *keeps, *consents)))
    return None


def _record(asked: Asked, situation: Situation) -> Iterator[Brought]:
    """What the sitting itself brought about."""
    fact = asked.item.fact
    if asked.item.stream in situation.meetings:
        yield Brought(asked.item.stream, asked.item.stream)
    if isinstance(fact, _LINKED) and fact.sitting and fact.item:
        yield Brought(fact.sitting, fact.item)
    if isinstance(fact, RoleAssigned) and fact.decision in situation.decisions:
        place, sitting, item = situation.decisions[fact.decision]
        yield Brought(sitting, item, (place,))


def _brought(reader: Reader, asked: Asked, situation: Situation) -> Iterator[Brought]:
    """Rule 3: what was learned for one item comes into no other room."""
    learned = asked.learned
    if learned:
        yield Brought(learned.sitting, learned.item)
    for brought in (*_tabled(asked, situation), *_told(reader, asked, situation)):
        if learned is None or (brought.sitting, brought.item) == (learned.sitting, learned.item):
            yield brought
    if isinstance(asked.item.fact, PaperGivenOut):
        yield Brought(asked.item.stream, asked.item.fact.item)


def _tabled(asked: Asked, situation: Situation) -> Iterator[Brought]:
    """What was tabled, the 付議 itself, and whom it is about."""
    fact, stream = asked.item.fact, asked.item.stream
    for each in situation.tabled:
        here = stream == each.place.stream
        if isinstance(fact, NAMES):
            about = situation.who(stream) in each.subjects
        elif isinstance(fact, MEMBERS) and asked.item.version not in each.versions:
            about = here and situation.who(fact.person) in each.subjects
        else:
            about = here and (asked.item.version in each.versions or asked.place == each.place)
        if about:
            yield Brought(each.sitting, each.item, (each.place,), each.subjects)


def _told(reader: Reader, asked: Asked, situation: Situation) -> Iterator[Brought]:
    """What was shared in the room with the reader's agency."""
    for each in situation.handed:
        basis = each.basis
        if not isinstance(basis, BySitting) or each.to.agency != reader.capacity.agency:
            continue
        enclosed = asked.item.version in each.versions and asked.label.category in each.categories
        if asked.item.stream == each.place.stream and (enclosed or asked.place == each.place):
            yield Brought(basis.sitting, basis.item, (each.place,), frozenset(each.subjects))


def _covered(
    meeting: Meeting, brought: Brought, asked: Asked, situation: Situation, reader: Reader
) -> Places | None:
    """A confidential item needs no consent; any other rests on that of each person (rule 5)."""
    if brought.item not in meeting.items:
        return None
    of_item = (meeting.items[brought.item][0],)
    if meeting.confidential(brought.item) or asked.item.stream == meeting.sitting:
        return of_item
    persons = frozenset(map(situation.who, asked.persons))
    category: Category | None = asked.label.category
    if isinstance(asked.item.fact, NAMES):
        persons, category = frozenset({situation.who(asked.item.stream)}), None
    consents = consented(persons or brought.subjects, category, situation, reader)
    return None if consents is None else (*of_item, *consents)


def consented(
    persons: frozenset[UUID], category: Category | None, situation: Situation, reader: Reader
) -> Places | None:
    """A consent in force of each of them that names the reader's agency, whatever for."""
    found: list[Place] = []
    for person in sorted(persons):
        standing = (
            consent.place
            for consent in situation.consents
            if consent.person == person
            and consent.stands(reader.capacity.agency, category, reader.today)
        )
        place = next(standing, None)
        if place is None:
            return None
        found.append(place)
    return tuple(found) or None
