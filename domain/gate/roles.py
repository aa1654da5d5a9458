"""決定と役割 (way d): visible to the bodies they bind; what a role needs, to whoever holds it."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from domain.events.meeting import MeetingDecided, RoleAssigned, RoleEnded
from domain.gate.asked import Answer, Asked, Places
from domain.gate.handing import MEMBERS, together
from domain.gate.reader import Reader
from domain.gate.rooms import NAMES, consented, resting_on
from domain.gate.situation import Situation, Tabled
from domain.gate.verdict import Denial, Grant, Place

_NEEDED = "needed"


def decision(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """Decisions and roles stay visible to the agencies that were there and are bound by them."""
    made = _made(asked, situation)
    if made is None or asked.learned_beside(*made[1:]):
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
    if isinstance(fact, RoleAssigned | RoleEnded) and asked.field != _NEEDED:
        decided = situation.decisions.get(fact.decision)
        return ((decided[0],), *decided[1:]) if decided else None
    return None


class _Held(NamedTuple):
    """A role with the decision behind it, and whom it is about: those it names itself, or those
    whom `brought` took up.
    """

    place: Place
    fact: RoleAssigned
    decided: tuple[Place, UUID, UUID]
    subjects: frozenset[UUID]
    brought: tuple[Tabled, ...] = ()

    @property
    def facts(self) -> Places:
        return (self.place, self.decided[0])


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
        if asked.learned_beside(*held.decided[1:]):
            continue
        answer = _holding(held, reader, asked, situation)
        if isinstance(answer, Grant):
            return answer
        if answer:
            ended.append(answer)
    return together(ended)


def _held(place: Place, fact: RoleAssigned, situation: Situation) -> _Held:
    """Whom it is about: those it names, or all who had been taken up at its item by then."""
    decided = situation.decisions[fact.decision]
    named = frozenset(map(situation.who, fact.label.subjects))
    if named:
        return _Held(place, fact, decided, named)
    item, home = decided[2], place.stream
    brought = tuple(
        t for t in situation.tabled if (t.item, t.place.stream) == (item, home) and t.place < place
    )
    return _Held(place, fact, decided, _all(brought), brought)


def _all(brought: Iterable[Tabled]) -> frozenset[UUID]:
    return frozenset(person for each in brought for person in each.subjects)


def _needs(asked: Asked, place: Place, held: _Held, situation: Situation) -> bool:
    """What the role was told, and the names of those it is about."""
    if not isinstance(asked.item.fact, (*NAMES, *MEMBERS)):
        return asked.place == place
    return _whose(asked, situation) in held.subjects


def _whose(asked: Asked, situation: Situation) -> UUID | None:
    fact = asked.item.fact
    if isinstance(fact, NAMES):
        return situation.who(asked.item.stream)
    return situation.who(fact.person) if isinstance(fact, MEMBERS) else None


def _holding(held: _Held, reader: Reader, asked: Asked, situation: Situation) -> Answer:
    _, sitting, item = held.decided
    meeting = situation.meetings.get(sitting)
    if meeting is None or item not in meeting.items:
        return None
    if held.fact.until is not None and held.fact.until < reader.today:
        return Denial("role-ended", (held.place,))
    if over := _taken_over(held, situation) or _ended(held, situation):
        return Denial("role-ended", (held.place, over))
    of_item = meeting.items[item][0]
    if not meeting.confidential(item):
        consents = consented(held.subjects, None, situation, reader)
        grant = Grant("role", (*held.facts, *_taking(held), of_item))
        return resting_on(consents, grant, (held.place,))
    whose = _whose(asked, situation)
    naming = next(((each.place,) for each in held.brought if whose in each.subjects), ())
    for seat in meeting.seats_of_agency(reader.capacity.agency):
        if bound := meeting.bound(seat, item):
            by = (*held.facts, *naming, of_item)
            return Grant("role", (*by, meeting.seats[seat][0], *bound))
    return Denial("no-duty", (held.place,))


def _taken_over(held: _Held, situation: Situation) -> Place | None:
    """Where it was handed to somebody else."""
    same = (held.place.stream, held.fact.role)
    roles = ((place, fact) for place, fact in situation.roles if fact.predecessor)
    return next((p for p, fact in roles if (p.stream, fact.predecessor) == same), None)


def _ended(held: _Held, situation: Situation) -> Place | None:
    same = (held.place.stream, held.fact.role)
    return next((p for p, fact in situation.role_ends if (p.stream, fact.role) == same), None)


def _taking(held: _Held) -> Places:
    """The fewest 付議 by which everybody was taken up whose consent it takes."""
    kept = list(held.brought)
    for each in held.brought:
        rest = [other for other in kept if other is not each]
        kept = rest if each.subjects <= _all(rest) else kept
    return tuple(each.place for each in kept)
