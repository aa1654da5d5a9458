"""支援会議 (way d): the room and its papers, and the record that the secretariat keeps."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.meeting import (
    BroughtToSitting,
    CaseStudied,
    MeetingDecided,
    PlanDecided,
    PlanEvaluated,
    PlanRatifiedAfterwards,
    RoleAssigned,
    RoleEnded,
)
from domain.events.person import PersonIdentified, PersonNoted
from domain.events.sitting import PaperGivenOut
from domain.gate.asked import Answer, Asked, Places
from domain.gate.handing import MEMBERS, together, unique
from domain.gate.meetings import Meeting
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.verdict import Denial, Grant
from domain.labels import BySitting, Category

NAMES = (PersonNoted, PersonIdentified)
_LINKED = (
    BroughtToSitting,
    MeetingDecided,
    CaseStudied,
    PlanDecided,
    PlanRatifiedAfterwards,
    PlanEvaluated,
)


Consents = Places | Denial | None
"""The consents that stand; or those that are over; or there never were any."""


class Brought(NamedTuple):
    """How a thing came into a room: for which item of which sitting, by which facts, and about
    whom.
    """

    sitting: UUID
    item: UUID
    facts: Places = ()
    subjects: frozenset[UUID] = frozenset()


def room(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """What was brought for an item, for those who are there, while the room is open; not of which
    household somebody speaks where the item names none.
    """
    if not situation.meetings:
        return None
    ended: list[Denial] = []
    for brought in _brought(reader, asked, situation):
        meeting = situation.meetings.get(brought.sitting)
        if meeting is None or not any(True for _ in meeting.seats_of(reader)):
            continue
        if meeting.of_nobody(brought.item) and asked.item.stream != meeting.sitting:
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
    there, ended = meeting.there(reader, brought.item), list[Denial]()
    if there is None:
        ended.append(Denial(*meeting.absent(reader, brought.item)))
    if meeting.opened is None or meeting.closed is not None:
        ended.append(Denial("room-closed", (meeting.closed,) if meeting.closed else ()))
    consents = _covered(meeting, brought, asked, situation, reader)
    if isinstance(consents, Denial):
        ended.append(consents)
    over = together(ended)
    if over:
        return Denial(over.rule, unique((*brought.facts, *over.facts)))
    here = (*(there or ()), *filter(None, (meeting.opened,)))
    return resting_on(consents, Grant("room", (*brought.facts, *here)))


def secretariat(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """The secretariat keeps the record of its sittings; each body's its own (rule 3)."""
    if not situation.meetings:
        return None
    ended: list[Denial] = []
    record = [(brought, True) for brought in _record(asked, situation)]
    brought_in = [(brought, False) for brought in _brought(reader, asked, situation)]
    for brought, own in record + brought_in:
        meeting = situation.meetings.get(brought.sitting)
        kept = meeting.kept_by(reader.capacity) if meeting else None
        if meeting is None or kept is None:
            continue
        consents = () if own else _covered(meeting, brought, asked, situation, reader)
        grant = Grant("secretariat", (*brought.facts, *kept))
        answer = resting_on(consents, grant, brought.facts)
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)


def _record(asked: Asked, situation: Situation) -> Iterator[Brought]:
    """What the sitting itself brought about."""
    fact, learned = asked.item.fact, asked.learned
    sitting = asked.item.stream
    if sitting in situation.meetings and (learned is None or learned.sitting == sitting):
        yield Brought(sitting, sitting)
    for brought in _linked(fact, situation):
        if not asked.learned_beside(brought.sitting, brought.item):
            yield brought


def _linked(fact: Fact, situation: Situation) -> Iterator[Brought]:
    if isinstance(fact, _LINKED) and fact.sitting and fact.item:
        yield Brought(fact.sitting, fact.item)
    if isinstance(fact, RoleAssigned | RoleEnded) and fact.decision in situation.decisions:
        place, sitting, item = situation.decisions[fact.decision]
        yield Brought(sitting, item, (place,))


def _brought(reader: Reader, asked: Asked, situation: Situation) -> Iterator[Brought]:
    """Rule 3: what was learned for one item comes into no other room."""
    learned = asked.learned
    if learned:
        yield Brought(learned.sitting, learned.item)
    for brought in (*_tabled(asked, situation), *_told(reader, asked, situation), *_paper(asked)):
        if not asked.learned_beside(brought.sitting, brought.item):
            yield brought


def _paper(asked: Asked) -> Iterator[Brought]:
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
) -> Consents:
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
    return (*of_item, *consents) if isinstance(consents, tuple) else consents


def consented(
    persons: frozenset[UUID], category: Category | None, situation: Situation, reader: Reader
) -> Consents:
    """A consent in force of each of them that names the reader's agency, whatever for."""
    found = [_of(person, category, situation, reader) for person in sorted(persons)]
    given = [each for each in found if isinstance(each, Grant)]
    if persons and len(given) == len(found):
        return tuple(place for each in given for place in each.facts)
    return together([each for each in found if isinstance(each, Denial)])


def _of(person: UUID, category: Category | None, situation: Situation, reader: Reader) -> Answer:
    """The first consent of this person that stands; otherwise all that are over."""
    agency, ended = reader.capacity.agency, list[Denial]()
    for consent in (each for each in situation.consents if each.person == person):
        given = consent.given
        wanted = given.categories if category is None else (category,)
        answer = consent.stands(agency, wanted, given.purposes, reader.today)
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)


def resting_on(consents: Consents, grant: Grant, by: Places = ()) -> Answer:
    """It opens with the consents that it takes; what came in `by` these facts ends with them."""
    match consents:
        case None:
            return None
        case Denial():
            return Denial(consents.rule, unique((*by, *consents.facts)))
        case _:
            return Grant(grant.rule, unique((*grant.facts, *consents)))
