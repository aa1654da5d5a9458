"""会議の記録簿の中身: composed from the facts of the sitting and of the households it took up."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from api.audit.lines import ats
from api.audit.open_facts import Facts, only
from api.auditing import Audit
from domain.events.meeting import (
    BroughtToSitting,
    CaseStudied,
    MeetingDecided,
    PersonsHeldBack,
    RoleAssigned,
    RoleEnded,
)
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
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

History = Sequence[Recorded]
Body = dict[str, Any]


def told(sid: UUID, own: History, others: History, facts: Facts, audit: Audit) -> Body:
    """The whole but for who read it."""
    ((convened, fact), *_) = only(own, SittingConvened)
    return {
        "sitting": sid,
        "body": fact.body,
        "body_name": audit.showing.body(fact.body, fact.held_on),
        "held_on": fact.held_on,
        "extraordinary": fact.extraordinary,
        "convened": facts.act(convened),
        "cancelled": _first(own, SittingCancelled, facts),
        "written_up": _first(own, SittingWrittenUp, facts),
        "write_up_due": fact.write_up_due,
        "room": [
            {**facts.act(each), "opened": isinstance(room, RoomOpened)}
            for each, room in only(own, RoomOpened, RoomClosed)
        ],
        "items": [
            _item(added, item, own, others, facts) for added, item in only(own, AgendaItemAdded)
        ],
        "attendees": [
            _attendee(invited, seat, own, facts) for invited, seat in only(own, AttendeeInvited)
        ],
    }


def decisions(found: Iterable[Recorded], sid: UUID) -> frozenset[UUID]:
    made = only(found, MeetingDecided)
    return frozenset(fact.decision for _, fact in made if fact.sitting == sid)


def follows(recorded: Recorded, decided: frozenset[UUID]) -> bool:
    """役割分担: assigned by one of these decisions, or ended."""
    return isinstance(recorded.fact, RoleAssigned | RoleEnded) and recorded.fact.decision in decided


def _first(own: History, kind: type[Any], facts: Facts) -> Body | None:
    return next((facts.act(each) for each, _ in only(own, kind)), None)


def _attendee(invited: Recorded, seat: AttendeeInvited, own: History, facts: Facts) -> Body:
    said = seat.model_dump(
        include={"attendee", "kind", "staff", "person", "agency", "capacity", "items"}
    )
    duties = [
        {
            **facts.act(each),
            **duty.model_dump(include={"pledged", "text_version", "standing_until"}),
        }
        for each, duty in only(own, DutyNotified)
        if duty.attendee == seat.attendee
    ]
    return {**facts.act(invited), **said, "duties": duties}


def _item(
    added: Recorded, item: AgendaItemAdded, own: History, others: History, facts: Facts
) -> Body:
    here = [each for each in others if getattr(each.fact, "item", None) == item.item]
    made = {fact.decision for _, fact in only(here, MeetingDecided)}
    roles = [each for each in others if follows(each, frozenset(made))]
    return {
        **facts.act(added),
        **item.model_dump(include={"item", "kind", "basis", "title", "household"}),
        "present": _present(item.item, own, facts),
        "tabled": [_tabled(each, fact, facts) for each, fact in only(here, BroughtToSitting)],
        "held_back": [_held_back(each, fact, facts) for each, fact in only(here, PersonsHeldBack)],
        "papers": [
            _paper(each, paper, own, facts)
            for each, paper in only(own, PaperGivenOut)
            if paper.item == item.item
        ],
        "decided": [_decided(each, facts) for each in (*here, *roles) if _is_decision(each)],
    }


def _present(item: UUID, own: History, facts: Facts) -> list[Body]:
    """Coming and going in the order recorded; who comes twice is listed twice."""
    found: list[Body] = []
    for each, fact in only(own, PresenceRecorded, PresenceEnded):
        if fact.item != item:
            continue
        if isinstance(fact, PresenceRecorded):
            who = {"attendee": fact.attendee, "capacity": fact.capacity, "until": None}
            found.append({**facts.act(each), **who})
            continue
        for line in found:
            if line["attendee"] == fact.attendee and line["until"] is None:
                line["until"] = each.recorded_at
    return found


def _tabled(brought: Recorded, fact: BroughtToSitting, facts: Facts) -> Body:
    records = ats((brought.stream, version) for version in fact.tabled)
    about = {"household": brought.stream, "subjects": fact.subjects}
    return {**facts.act(brought), **about, "records": records}


def _held_back(held: Recorded, fact: PersonsHeldBack, facts: Facts) -> Body:
    records = ats((held.stream, version) for version in fact.tabled)
    about = {"household": held.stream, "persons": fact.persons}
    return {**facts.act(held), **about, "records": records}


def _paper(given: Recorded, fact: PaperGivenOut, own: History, facts: Facts) -> Body:
    returned = [
        {"attendee": back.attendee, "at": each.recorded_at}
        for each, back in only(own, PaperTakenBack)
        if back.paper == fact.paper
    ]
    said = fact.model_dump(include={"paper", "number", "title"})
    return {**facts.act(given), **said, "to": fact.attendees, "returned": returned}


def _is_decision(recorded: Recorded) -> bool:
    fact = recorded.fact
    return isinstance(fact, RoleAssigned | RoleEnded) or (
        hasattr(fact, "sitting")
        and not isinstance(fact, BroughtToSitting | PersonsHeldBack | CaseStudied)
    )


def _decided(recorded: Recorded, facts: Facts) -> Body:
    fact = recorded.fact
    kind = str(fact.kind) if isinstance(fact, MeetingDecided) else type(fact).__name__
    agency = fact.agency if isinstance(fact, RoleAssigned | RoleEnded) else None
    decision = getattr(fact, "decision", None)
    return {**facts.act(recorded), "kind": kind, "decision": decision, "agency": agency}
