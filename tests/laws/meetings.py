"""A sitting's own log, read slowly: who sat together over which item, bound to secrecy."""

from collections.abc import Sequence
from uuid import UUID

from domain.events.consent import InformationRequested
from domain.events.meeting import DecisionKind, MeetingDecided
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    MeetingBasis,
    PresenceRecorded,
    SittingCancelled,
    SittingConvened,
    SittingFact,
)
from domain.labels import BySitting
from domain.recorded import Recorded
from domain.values import JST


def said_of(before: Sequence[Recorded], sitting: UUID) -> list[SittingFact]:
    return [r.fact for r in before if r.stream == sitting]  # type: ignore[misc]


def item_of(before: Sequence[Recorded], sitting: UUID, item: UUID) -> AgendaItemAdded | None:
    added = [f for f in said_of(before, sitting) if isinstance(f, AgendaItemAdded)]
    return next((f for f in added if f.item == item), None)


def heard_together(said: Recorded, to: str, before: Sequence[Recorded], basis: BySitting) -> bool:
    """Writer and hearer were present for that very item of a 支援会議 on the day, bound.

    Whoever is asked for co-operation (106条の6第3項) need not have been there.
    """
    facts, item = said_of(before, basis.sitting), item_of(before, basis.sitting, basis.item)
    if item is None or any(isinstance(fact, SittingCancelled) for fact in facts):
        return False
    asked = isinstance(said.fact, InformationRequested)
    there = _bound(facts, basis.item)
    members = {said.author.capacity.agency} | (set() if asked else {to})
    right = item.basis is MeetingBasis.SUPPORT and item.household == said.stream
    return right and members <= there and (asked or _on_the_day(said, before, facts))


def _bound(facts: Sequence[SittingFact], item: UUID) -> set[str | None]:
    present = {f.attendee for f in facts if isinstance(f, PresenceRecorded) and f.item == item}
    told = [f for f in facts if isinstance(f, DutyNotified)]
    notified = {f.attendee for f in told}
    pledged = {f.attendee for f in told if f.pledged or f.standing_until}
    return {
        f.agency
        for f in facts
        if isinstance(f, AttendeeInvited)
        and f.kind != "person"
        and f.attendee in present & notified
        and (f.kind == "staff" or f.attendee in pledged)
    }


def _on_the_day(said: Recorded, before: Sequence[Recorded], facts: Sequence[SittingFact]) -> bool:
    """Told on the day of the sitting, of what had been written by then."""
    (held,) = [f.held_on for f in facts if isinstance(f, SittingConvened)]
    versions = getattr(said.fact, "facts", ()) or getattr(said.fact, "enclosed", ())
    written = [
        r.recorded_at.astimezone(JST).date()
        for r in before
        if r.stream == said.stream and r.version in versions
    ]
    return said.fact.occurred_on == held.isoformat() and all(day <= held for day in written)


def approved(before: Sequence[Recorded], home: Sequence[Recorded], plan: UUID) -> bool:
    """Whether an item on the basis of a 重層的支援会議 approved this plan."""
    for each in home:
        match each.fact:
            case MeetingDecided(kind=DecisionKind.PLAN_APPROVED, sitting=s, item=i, plan=of):
                item = item_of(before, s, i)
                if of == plan and item and item.basis is MeetingBasis.LAYERED:
                    return True
            case _:
                pass
    return False
