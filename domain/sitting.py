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
from domain.values import AgencyId, Capacity, HouseholdId, PersonId, StaffId


@dataclass(frozen=True, slots=True)
class AgendaItem:
    kind: ItemKind
    basis: MeetingBasis
    household: HouseholdId | None


@dataclass(frozen=True, slots=True)
class Attendee:
    kind: AttendeeKind
    agency: AgencyId | None
    staff: StaffId | None
    person: PersonId | None
    items: frozenset[UUID] = frozenset()
    notified: bool = False
    pledged: bool = False


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
    secretariat: frozenset[AgencyId] = frozenset()

    def evolve(self, recorded: Recorded) -> "Sitting":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("SittingFact", recorded.fact)
        return replace(self, version=recorded.version, **self._changes(fact))  # type: ignore[arg-type]

    def _changes(self, fact: SittingFact) -> dict[str, object]:
        match fact:
            case SittingConvened():
                convened = {"body": fact.body, "held_on": fact.held_on}
                secretariat = frozenset({fact.label.agency})
                return {**convened, "extraordinary": fact.extraordinary, "secretariat": secretariat}
            case AgendaItemAdded():
                item = AgendaItem(fact.kind, fact.basis, fact.household)
                return {"items": {**self.items, fact.item: item}}
            case AttendeeInvited() | DutyNotified():
                return {"attendees": {**self.attendees, fact.attendee: self._attendee(fact)}}
            case PresenceRecorded():
                return {"presence": {**self.presence, (fact.item, fact.attendee): True}}
            case PresenceEnded():
                return {"presence": {**self.presence, (fact.item, fact.attendee): False}}
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
                return Attendee(fact.kind, fact.agency, fact.staff, fact.person, items)
            case DutyNotified():
                unknown = Attendee(AttendeeKind.OUTSIDE, None, None, None)
                attendee = self.attendees.get(fact.attendee, unknown)
                pledged = attendee.pledged or fact.pledged
                return replace(attendee, notified=True, pledged=pledged)

    def _taken_back(self, fact: PaperTakenBack) -> Mapping[UUID, Paper]:
        if fact.paper not in self.papers:
            return self.papers
        paper = self.papers[fact.paper]
        return {**self.papers, fact.paper: replace(paper, out=paper.out - {fact.attendee})}

    def known_to(self, capacity: Capacity) -> bool:
        """Whether the agency convened it or sits in it."""
        agencies = {attendee.agency for attendee in self.attendees.values()} | self.secretariat
        return not self.version or capacity.agency in agencies

    def was_present(self, agency: AgencyId, item: UUID) -> bool:
        """Whether somebody of that agency was recorded present for that very item."""
        return any(
            self.attendees[attendee].agency == agency
            for present_for, attendee in self.presence
            if present_for == item and attendee in self.attendees
        )

    def duty_done(self, attendee: UUID) -> bool:
        """Rule 13: the notice, and from outsiders the 誓約, are recorded."""
        member = self.attendees[attendee]
        return member.notified and (member.pledged or member.kind is AttendeeKind.STAFF)
