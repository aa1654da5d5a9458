"""Ways in (閲覧の根拠): each opens one kind of thing, for a time, and names what it rests on."""

from domain.events.addressed import Address, addressed
from domain.events.consent import InformationRequested, InformationShared
from domain.events.membership import MemberJoined, MemberLeft
from domain.events.person import PersonIdentified, PersonNoted
from domain.events.referral import ReferralMade
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    AttendeeKind,
    DutyNotified,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
)
from domain.gate.asked import Answer, Asked, Places, whole
from domain.gate.handing import unique
from domain.gate.meetings import Meeting
from domain.gate.reader import Reader
from domain.gate.situation import Situation
from domain.gate.spoken import REVIEWS, thread
from domain.gate.verdict import Denial, Grant, Place
from domain.labels import DESK_ONLY, BySitting
from domain.reading import OWN_DOING
from domain.values import OFFICES, AgencyId, Role

_HANDING = (ReferralMade, InformationShared, InformationRequested)
_OPEN_TO_MEMBERS = frozenset({SittingConvened, RoomOpened, RoomClosed, SittingCancelled})
_OF_AN_ITEM = (AgendaItemAdded, PresenceRecorded, PresenceEnded)


def own_desk(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """What the reader's desk wrote itself; what it learned in a 支援会議 only who was there."""
    if not asked.own(reader):
        return None
    fact, learned = asked.item.fact, asked.learned
    if learned is None or (type(fact) in OWN_DOING and learned == fact.label.basis):
        return Grant("own-desk")
    return _heard("own-desk", reader, learned, situation)


def own_agency(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """Rule 1: between the desks of one agency the purpose decides, but 虐待・DV and 健康 cross
    only on a basis; and what an office records is about cases of others. Whose case was spoken of
    without a name (事例検討) stays with the desk that says so.
    """
    label = asked.label
    if asked.item.author.capacity.role in OFFICES:
        return None
    if label.agency != reader.capacity.agency or label.category in DESK_ONLY:
        return None
    learned = asked.learned
    if learned is None:
        return Grant("own-agency")
    meeting = situation.meetings.get(learned.sitting)
    if meeting and meeting.of_nobody(learned.item):
        return None
    return _heard("own-agency", reader, learned, situation)


def elsewhere(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """Who wrote in one household of the case that somebody belongs reads it in the other, too; not
    that they left it, nor where to, which others may have written alone (rule 1).
    """
    fact = asked.item.fact
    if not isinstance(fact, MemberJoined) or asked.learned:
        return None
    for (stream, person), item in situation.belong.items():
        if stream != asked.item.stream and person == situation.who(fact.person):
            answer = _wrote_so(reader, asked, whole(item, situation), situation)
            if isinstance(answer, Grant):
                return Grant(answer.rule, (*answer.facts, item.place))
    return None


def _wrote_so(reader: Reader, asked: Asked, there: Asked, situation: Situation) -> Answer:
    """Rule 1: of 健康 or 虐待・DV only what 名寄せ said again for the desk that had written it."""
    category = asked.label.category
    if category not in DESK_ONLY:
        return own_agency(reader, there, situation)
    again = asked.item.author.capacity.role is Role.IDENTITY
    if not again or there.label.category != category:
        return None
    return own_desk(reader, there, situation)


def _heard(rule: str, reader: Reader, learned: BySitting, situation: Situation) -> Answer:
    """Rule 3."""
    meeting = situation.meetings.get(learned.sitting)
    if meeting is None:
        return Denial("not-present")
    if there := meeting.there(reader, learned.item):
        return Grant(rule, there)
    return Denial(*meeting.absent(reader, learned.item))


def request(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """協力依頼 (106条の6第3項): whoever is asked need not have been there; they learn whom it is
    about.
    """
    fact, stream = asked.item.fact, asked.item.stream
    for each in situation.handed:
        if each.kind is not InformationRequested or not isinstance(each.basis, BySitting):
            continue
        if isinstance(fact, PersonNoted | PersonIdentified):
            about = situation.who(stream) in each.subjects
        elif isinstance(fact, MemberJoined | MemberLeft):
            about = situation.who(fact.person) in each.subjects
        else:
            about = asked.place == each.place
        if about and each.to.reaches(reader.capacity, asked.label.category):
            return Grant("request", (each.place,))
    return None


def in_thread(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """An answer belongs to all who ask and answer."""
    if asked.learned or isinstance(asked.item.fact, (*_HANDING, *REVIEWS)):
        return None
    parties = _parties(asked, situation)
    for address, place in sorted(parties, key=lambda party: party[1] != asked.place):
        if address.reaches(reader.capacity, asked.label.category):
            return Grant("thread", (place,))
    return None


def _parties(asked: Asked, situation: Situation) -> tuple[tuple[Address, Place], ...]:
    name = thread(asked.item.fact)
    return situation.parties.get((asked.item.stream, name), ()) if name else ()


def addressee(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """Whom a fact speaks to learns that it was recorded, and of a review the parties of what was
    reviewed; no text without a basis (rule 1).
    """
    fact = asked.item.fact
    if asked.field is not None or isinstance(fact, InformationShared):
        return None
    reviewed = _parties(asked, situation) if isinstance(fact, REVIEWS) else ()
    told = (*addressed(fact), *(party for party, _ in reviewed))
    named = any(to.reaches(reader.capacity, asked.label.category) for to in told)
    return Grant("addressed") if named else None


def member(reader: Reader, asked: Asked, situation: Situation) -> Answer:
    """The agencies that sit in it see who sits in it, item by item; papers and minutes they do
    not.
    """
    if not situation.meetings or asked.field is not None:
        return None
    meeting = situation.meetings.get(asked.item.stream)
    facts = _sat_in(meeting, asked, reader) if meeting else None
    return None if facts is None else Grant("sitting-member", facts)


def _sat_in(meeting: Meeting, asked: Asked, reader: Reader) -> Places | None:
    fact, agency = asked.item.fact, reader.capacity.agency
    if isinstance(fact, _OF_AN_ITEM):
        return meeting.asked(agency, fact.item)
    if type(fact) in _OPEN_TO_MEMBERS:
        return _sits(meeting, agency)
    if isinstance(fact, AttendeeInvited | DutyNotified) and fact.attendee in meeting.seats:
        place, seat = meeting.seats[fact.attendee]
        own = fact.attendee in meeting.seats_of_agency(agency)
        facts = (place,) if own else _sits(meeting, agency)
        if seat.kind is AttendeeKind.PERSON:
            found = (meeting.asked(agency, item) for item in seat.items)
            facts = min((facts for facts in found if facts), key=len, default=None)
        return facts and unique((*facts, place))
    return None


def _sits(meeting: Meeting, agency: AgencyId) -> Places | None:
    """The first invitation of that agency."""
    place = next((meeting.seats[seat][0] for seat in meeting.seats_of_agency(agency)), None)
    return None if place is None else (place,)
