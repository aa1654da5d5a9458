"""Sittings as the gate asks (会議): who was present for which item, bound to secrecy, and until
when the room was open; each answer with the facts that it rests on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.convening.agenda import CONFIDENTIAL
from domain.events import Fact
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    AttendeeKind,
    DutyNotified,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingConvened,
)
from domain.gate.reader import Reader
from domain.gate.spoken import Item
from domain.gate.verdict import Place
from domain.values import AgencyId, Capacity

Places = tuple[Place, ...]


class Presence(NamedTuple):
    """出席: where it was recorded, and where the departure was."""

    recorded: Place
    left: Place | None


@dataclass
class Meeting:
    """会議: filled from its own facts, in order, and asked afterwards."""

    sitting: UUID
    convened: tuple[Place, SittingConvened] | None = None
    items: dict[UUID, tuple[Place, AgendaItemAdded]] = field(default_factory=dict)
    seats: dict[UUID, tuple[Place, AttendeeInvited]] = field(default_factory=dict)
    duties: dict[UUID, list[tuple[Place, DutyNotified]]] = field(default_factory=dict)
    presences: dict[tuple[UUID, UUID], Presence] = field(default_factory=dict)
    opened: Place | None = None
    closed: Place | None = None

    def hear(self, item: Item) -> None:
        place = item.place
        match item.fact:
            case SittingConvened() as fact:
                self.convened = (place, fact)
            case AgendaItemAdded() as fact:
                self.items[fact.item] = (place, fact)
            case AttendeeInvited() as fact:
                self.seats[fact.attendee] = (place, fact)
            case DutyNotified() as fact:
                self.duties.setdefault(fact.attendee, []).append((place, fact))
            case PresenceRecorded() as fact:
                self.presences[fact.item, fact.attendee] = Presence(place, None)
            case PresenceEnded() as fact:
                self._left(fact, place)
            case RoomOpened():
                self.opened = place
            case RoomClosed():
                self.closed = place

    def _left(self, fact: PresenceEnded, place: Place) -> None:
        key = fact.item, fact.attendee
        if key in self.presences:
            self.presences[key] = self.presences[key]._replace(left=place)

    def confidential(self, item: UUID) -> bool:
        """Whether its members are bound to secrecy by law; so an item nobody knows of."""
        return item not in self.items or self.items[item][1].basis in CONFIDENTIAL

    def of_nobody(self, item: UUID) -> bool:
        """Whether it names no household: whose case that was is not said in the room."""
        return item in self.items and self.items[item][1].household is None

    def seats_of(self, reader: Reader) -> Iterator[UUID]:
        """The seats held by this very person in this capacity; whoever attends as 本人・家族 holds
        none.
        """
        for key in self.seats_of_agency(reader.capacity.agency):
            if self.seats[key][1].staff == reader.staff:
                yield key

    def seats_of_agency(self, agency: AgencyId) -> Iterator[UUID]:
        for key, (_, seat) in self.seats.items():
            if seat.agency == agency and seat.kind is not AttendeeKind.PERSON:
                yield key

    def bound(self, attendee: UUID, item: UUID) -> Places | None:
        """The notice or 誓約 that binds an attendee, as the item asks for it (rule 13)."""
        outside = self.seats[attendee][1].kind is AttendeeKind.OUTSIDE
        if not outside and not self.confidential(item):
            return ()
        for place, duty in self.duties.get(attendee, ()):
            if not outside or duty.pledged or not self.confidential(item):
                return (place,)
            if self.convened and (duty.standing_until or date.min) >= self.convened[1].held_on:
                return (place, self.convened[0])
        return None

    def came(self, attendee: UUID, item: UUID) -> Places | None:
        """The facts by which an attendee took part in an item, bound to secrecy."""
        presence, bound = self.presences.get((item, attendee)), self.bound(attendee, item)
        if presence is None or bound is None or item not in self.items:
            return None
        return (self.items[item][0], self.seats[attendee][0], *bound, presence.recorded)

    def there(self, reader: Reader, item: UUID) -> Places | None:
        """The facts by which the reader takes part in an item and has not left it."""
        for seat in self.seats_of(reader):
            presence, came = self.presences.get((item, seat)), self.came(seat, item)
            if came and presence and presence.left is None:
                return came
        return None

    def absent(self, reader: Reader, item: UUID) -> tuple[str, Places]:
        """Why the reader does not take part in it, for a refusal: each seat they left, or came to
        unbound.
        """
        found: list[tuple[str, Place]] = []
        for seat in self.seats_of(reader):
            presence = self.presences.get((item, seat))
            if presence and presence.left:
                found.append(("not-present", presence.left))
            elif presence and self.bound(seat, item) is None:
                found.append(("no-duty", presence.recorded))
        rule = found[0][0] if found else "not-present"
        return rule, tuple(place for _, place in found)

    def kept_by(self, capacity: Capacity) -> Places | None:
        """The fact by which they keep its record (事務局)."""
        if self.convened is None:
            return None
        place, fact = self.convened
        return (place,) if capacity.keeps(fact.secretariat) else None

    def asked(self, agency: AgencyId, item: UUID) -> Places | None:
        """The facts by which an agency was invited for an item, or came for it."""
        for seat in self.seats_of_agency(agency):
            place, fact = self.seats[seat]
            presence = self.presences.get((item, seat))
            if not fact.items or item in fact.items:
                return (place,)
            if presence:
                return (place, presence.recorded)
        return None


HEARD: frozenset[type[Fact]] = frozenset(
    {
        SittingConvened,
        AgendaItemAdded,
        AttendeeInvited,
        DutyNotified,
        PresenceRecorded,
        PresenceEnded,
        RoomOpened,
        RoomClosed,
    }
)
"""What a sitting's stream says that decides who may read."""


def meetings(items: Iterable[Item]) -> Mapping[UUID, Meeting]:
    """The sittings that these facts, in order, speak of."""
    found: dict[UUID, Meeting] = {}
    for item in items:
        if type(item.fact) in HEARD:
            found.setdefault(item.stream, Meeting(item.stream)).hear(item)
    return found
