"""決定と役割 (way d): visible to the bodies they bind; what a role needs, to whoever holds it."""

from typing import NamedTuple
from uuid import UUID

from domain.events.meeting import MeetingDecided, RoleAssigned
from domain.gate.asked import Answer, Asked, Places
from domain.gate.handing import MEMBERS, together
from domain.gate.reader import Reader
from domain.gate.rooms import NAMES, consented, resting_on
from domain.gate.situation import Situation
from domain.gate.verdict import Denial, Grant, Place

_NEEDED = "needed"


def decision(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """Decisions and roles stay visible to the agencies that were there and are bound by them."""
    made = _made(asked, situation)
    if made is None:
        return None
    facts, sitting, item = made
    meeting = situation.meetings.get(sitting)
    if meeting is None:
        return None
    for seat in meeting.seats_of_agency(reader.capacity.agency):
        if came := meeting.came(seat, item):
            return Grant("decision", (*facts, *came))
    return None


def _made(asked: Asked, situation: Situation) -> tuple[Places, UUID, UUID] | None:
    """Where it was decided; what a role needs is for those who hold it alone."""
    fact = asked.item.fact
    if isinstance(fact, MeetingDecided):
        return (), fact.sitting, fact.item
    if isinstance(fact, RoleAssigned) and asked.field != _NEEDED:
        decided = situation.decisions.get(fact.decision)
        return ((decided[0],), *decided[1:]) if decided else None
    return None


class _Held(NamedTuple):
    """A role with the decision behind it, whom it is about, and the facts that say so."""

    fact: RoleAssigned
    sitting: UUID
    item: UUID
    subjects: frozenset[UUID]
    facts: Places


def role(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """役割遂行に必要な情報: for the desk that holds the role, bound to secrecy, until it ends."""
    ended: list[Denial] = []
    for place, fact in situation.roles:
        desk = fact.desk in {None, reader.capacity.desk}
        if fact.decision not in situation.decisions or not desk:
            continue
        held = _held(place, fact, situation)
        if fact.agency != reader.capacity.agency or not _needs(asked, place, held, situation):
            continue
        answer = _holding(held, reader, situation)
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)


def _held(place: Place, fact: RoleAssigned, situation: Situation) -> _Held:
    """Whom it is about: those it names, or those who were taken up at its item."""
    decided, sitting, item = situation.decisions[fact.decision]
    named = frozenset(map(situation.who, fact.label.subjects))
    if named:
        return _Held(fact, sitting, item, named, (place, decided))
    brought = [t for t in situation.tabled if (t.item, t.place.stream) == (item, place.stream)]
    about = frozenset(person for each in brought for person in each.subjects)
    facts = (place, decided, *(each.place for each in brought))
    return _Held(fact, sitting, item, about, facts)


def _needs(asked: Asked, place: Place, held: _Held, situation: Situation) -> bool:
    """What the role was told, and the names of those it is about."""
    fact = asked.item.fact
    if isinstance(fact, NAMES):
        return situation.who(asked.item.stream) in held.subjects
    if isinstance(fact, MEMBERS):
        return situation.who(fact.person) in held.subjects
    return asked.place == place


def _holding(held: _Held, reader: Reader, situation: Situation) -> Answer:
    meeting = situation.meetings.get(held.sitting)
    if meeting is None or held.item not in meeting.items:
        return None
    if held.fact.until is not None and held.fact.until < reader.today:
        return Denial("role-ended", held.facts[:1])
    facts = (*held.facts, meeting.items[held.item][0])
    if not meeting.confidential(held.item):
        consents = consented(held.subjects, None, situation, reader)
        return resting_on(consents, Grant("role", facts), held.facts[:1])
    for seat in meeting.seats_of_agency(reader.capacity.agency):
        if bound := meeting.bound(seat, held.item):
            return Grant("role", (*facts, meeting.seats[seat][0], *bound))
    return Denial("no-duty", held.facts[:1])
