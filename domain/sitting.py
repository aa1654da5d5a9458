"""The sitting (会議の開催) as decisions ask: items, who was present for which, duties, the room."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, cast
from uuid import UUID

from domain.events import SittingFact
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    AttendeeKind,
    DutyNotified,
    ItemKind,
    MeetingBasis,
    PaperGivenOut,
    PaperTakenBack,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
    SittingWrittenUp,
)
from domain.recorded import Recorded
from domain.values import AgencyId, Author, Capacity, DeskRef, HouseholdId, PersonId, StaffId

_BY_CONSENT = frozenset({MeetingBasis.LAYERED, MeetingBasis.NONE})


@dataclass(frozen=True, slots=True)
class AgendaItem:
    kind: ItemKind
    basis: MeetingBasis
    household: HouseholdId | None
    agency: AgencyId
    """Whose desk added it."""


@dataclass(frozen=True, slots=True)
class Attendee:
    kind: AttendeeKind
    agency: AgencyId | None
    staff: StaffId | None
    person: PersonId | None
    items: frozenset[UUID] = frozenset()
    capacity: str = ""
    notified: bool = False
    pledged: bool = False
    standing_until: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    number: int
    item: UUID
    out: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Sitting:
    kind: ClassVar[str] = "sitting"

    id: UUID
    version: int = 0
    body: str = ""
    held_on: date = date.min
    extraordinary: bool = False
    items: Mapping[UUID, AgendaItem] = field(default_factory=dict)
    attendees: Mapping[UUID, Attendee] = field(default_factory=dict)
    presence: Mapping[tuple[UUID, UUID], bool] = field(default_factory=dict)
    papers: Mapping[UUID, Paper] = field(default_factory=dict)
    room_open: bool = False
    room_was_open: bool = False
    cancelled: bool = False
    written_up: bool = False
    offices: frozenset[AgencyId] = frozenset()
    """Of who convenes it and who keeps its record: they know that it is held."""
    secretariat: DeskRef | None = None

    def evolve(self, recorded: Recorded) -> "Sitting":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("SittingFact", recorded.fact)
        return replace(self.told(fact), version=recorded.version)

    def told(self, fact: SittingFact) -> "Sitting":
        """As it stands once the fact is recorded: later facts of the same act rest on it."""
        return replace(self, **self._changes(fact))  # type: ignore[arg-type]

    def _changes(self, fact: SittingFact) -> dict[str, object]:
        match fact:
            case SittingConvened():
                convened = {"body": fact.body, "held_on": fact.held_on}
                kept = {"extraordinary": fact.extraordinary, "secretariat": fact.secretariat}
                offices = frozenset({fact.label.agency, *fact.offices})
                return {**convened, **kept, "offices": offices}
            case AgendaItemAdded():
                item = AgendaItem(fact.kind, fact.basis, fact.household, fact.label.agency)
                return {"items": {**self.items, fact.item: item}}
            case AttendeeInvited() | DutyNotified():
                return {"attendees": {**self.attendees, fact.attendee: self._attendee(fact)}}
            case PresenceRecorded():
                return {"presence": {**self.presence, (fact.item, fact.attendee): True}}
            case PresenceEnded():
                return {"presence": self._departed((fact.item, fact.attendee))}
            case PaperGivenOut():
                paper = Paper(fact.number, fact.item, frozenset(fact.attendees))
                return {"papers": {**self.papers, fact.paper: paper}}
            case PaperTakenBack():
                return {"papers": self._taken_back(fact)}
            case RoomOpened():
                return {"room_open": True, "room_was_open": True}
            case RoomClosed():
                return {"room_open": False}
            case SittingWrittenUp():
                return {"written_up": True}
            case SittingCancelled():
                return {"cancelled": True}

    def _attendee(self, fact: AttendeeInvited | DutyNotified) -> Attendee:
        match fact:
            case AttendeeInvited():
                items = frozenset(fact.items)
                who = (fact.kind, fact.agency, fact.staff, fact.person)
                return Attendee(*who, items, fact.capacity)
            case DutyNotified():
                unknown = Attendee(AttendeeKind.OUTSIDE, None, None, None)
                attendee = self.attendees.get(fact.attendee, unknown)
                pledged = attendee.pledged or fact.pledged
                standing = fact.standing_until or attendee.standing_until
                return replace(attendee, notified=True, pledged=pledged, standing_until=standing)

    def _departed(self, key: tuple[UUID, UUID]) -> Mapping[tuple[UUID, UUID], bool]:
        """Whoever left before the item was never present for it."""
        return {**self.presence, key: False} if key in self.presence else self.presence

    def _taken_back(self, fact: PaperTakenBack) -> Mapping[UUID, Paper]:
        if fact.paper not in self.papers:
            return self.papers
        paper = self.papers[fact.paper]
        return {**self.papers, fact.paper: replace(paper, out=paper.out - {fact.attendee})}

    def known_to(self, capacity: Capacity) -> bool:
        """Whether the agency convenes it, keeps its secretariat or sits in it."""
        seats = self.attendees.values()
        sitting = {seat.agency for seat in seats if seat.kind is not AttendeeKind.PERSON}
        return not self.version or capacity.agency in sitting | self.offices

    def asked_for(self, agency: AgencyId, item: UUID) -> bool:
        """Whether the agency knows of the item: it added it, keeps the sitting, or was invited for
        it or came.
        """
        if item not in self.items or agency in {self.items[item].agency, *self.offices}:
            return item in self.items
        return any(
            seat.agency == agency
            and seat.kind is not AttendeeKind.PERSON
            and (not seat.items or item in seat.items or (item, key) in self.presence)
            for key, seat in self.attendees.items()
        )

    def took_part(self, agency: AgencyId, item: UUID) -> bool:
        """Whether somebody of that agency was recorded present for that very item, bound to
        secrecy where the item asks for it.
        """
        there = self.present_for(item) & self.attendees.keys()
        return any(self._sat_for(agency, attendee, item) for attendee in there)

    def _sat_for(self, agency: AgencyId, attendee: UUID, item: UUID) -> bool:
        seat = self.attendees[attendee]
        bound = self.duty_done(attendee) or self._binds_nobody(attendee, item)
        return seat.agency == agency and seat.kind is not AttendeeKind.PERSON and bound

    def told_to(self, author: Author, item: UUID) -> bool:
        """Rule 3: whether this very person may read what was learned at the item: recorded present
        for it and not gone, bound to secrecy; or keeping the record of what binds to secrecy.
        """
        if item not in self.items:
            return False
        agency, staff = author.capacity.agency, author.staff
        keeps = author.capacity.keeps(self.secretariat)
        return (keeps and self.items[item].basis not in _BY_CONSENT) or any(
            self.presence[item, attendee]
            and self.attendees[attendee].staff == staff
            and self._sat_for(agency, attendee, item)
            for attendee in self.present_for(item) & self.attendees.keys()
        )

    def of_nobody(self, item: UUID) -> bool:
        """Whether it names no household: whose case that was is not said there."""
        return item in self.items and self.items[item].household is None

    def _binds_nobody(self, attendee: UUID, item: UUID) -> bool:
        """Rule 13: who is of the municipality needs no notice where the persons consent."""
        open_item = item in self.items and self.items[item].basis in _BY_CONSENT
        return open_item and self.attendees[attendee].kind is AttendeeKind.STAFF

    def present_for(self, item: UUID) -> frozenset[UUID]:
        """The attendees who were recorded present for the item, those who left in it included."""
        return frozenset(attendee for present_for, attendee in self.presence if present_for == item)

    def has_pledged(self, attendee: UUID) -> bool:
        """A 誓約 for this sitting, or a standing one that still held on its day."""
        member = self.attendees[attendee]
        standing = member.standing_until
        return member.pledged or (standing is not None and self.held_on <= standing)

    def duty_done(self, attendee: UUID) -> bool:
        """Rule 13: the notice, and from outsiders the 誓約, are recorded."""
        member = self.attendees[attendee]
        outside = member.kind is AttendeeKind.OUTSIDE
        return member.notified and (not outside or self.has_pledged(attendee))


@dataclass(frozen=True, slots=True)
class Attended:
    """A sitting as it says who took part in what was decided there. A state of its own, because
    whoever asks need not know the sitting: a decision may name its stream, and nobody is let in.
    """

    kind: ClassVar[str] = "sitting"

    id: UUID
    said: Sitting | None = None

    @property
    def version(self) -> int:
        return self.said.version if self.said else 0

    def evolve(self, recorded: Recorded) -> "Attended":
        return replace(self, said=(self.said or Sitting(self.id)).evolve(recorded))

    def opens(self, capacity: Capacity, item: UUID) -> bool:
        """To the agencies that were there, and to the secretariat, which keeps the record."""
        if self.said is None:
            return False
        return capacity.keeps(self.said.secretariat) or self.said.took_part(capacity.agency, item)
