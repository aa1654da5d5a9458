"""会議のほうから見た入り口: who was there, bound, while the room was open; what was decided."""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from domain.events.consent import InformationShared
from domain.events.meeting import (
    BroughtToSitting,
    CaseStudied,
    MeetingDecided,
    RoleAssigned,
    RoleEnded,
)
from domain.events.membership import MemberJoined, MemberLeft
from domain.events.person import PersonIdentified, PersonNoted
from domain.events.sitting import (
    AgendaItemAdded,
    AttendeeInvited,
    DutyNotified,
    PaperGivenOut,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingConvened,
)
from tests.laws.gate_oracle import Asker, Ended, Log, Places, Told, places

NAMES = (PersonNoted, PersonIdentified)
Item = tuple[UUID, UUID]
"""A sitting, and one item of its agenda."""


def in_(log: Log, sitting: UUID, *kinds: type) -> list[Told]:
    return [t for t in log.told if t.stream == sitting and isinstance(t.fact, kinds)]


def basis_of(log: Log, item: Item) -> str | None:
    added = [t.fact for t in in_(log, item[0], AgendaItemAdded)]
    found = [each.basis for each in added if each.item == item[1]]  # type: ignore[attr-defined]
    return str(found[-1]) if found else None


def confidential(log: Log, item: Item) -> bool:
    """Bound to secrecy by law; so an item that nobody recorded."""
    return basis_of(log, item) in {None, "support", "other-confidential"}


def of_nobody(log: Log, item: Item) -> bool:
    """事例検討 of somebody who is not named."""
    added: list[Any] = [t.fact for t in in_(log, item[0], AgendaItemAdded)]
    homes = [each.household for each in added if each.item == item[1]]
    return bool(homes) and homes[-1] is None


def is_open(log: Log, sitting: UUID) -> bool:
    """Opened once, closed for good."""
    return bool(in_(log, sitting, RoomOpened)) and not in_(log, sitting, RoomClosed)


def seats(log: Log, by: Asker, sitting: UUID) -> list[Any]:
    """Of the reader, as one of the agency they read for, and not as the person it is about."""
    return [s for s in seats_of_agency(log, by, sitting) if s.staff == by.staff]


def seats_of_agency(log: Log, by: Asker, sitting: UUID) -> list[Any]:
    invited = [t.fact for t in in_(log, sitting, AttendeeInvited)]
    return [s for s in invited if s.agency == by.agency and s.kind != "person"]  # type: ignore[attr-defined]


def last_seen(log: Log, seat: Any, item: Item) -> Told | None:
    found = in_(log, item[0], PresenceRecorded, PresenceEnded)
    of_it: list[Any] = [t for t in found if getattr(t.fact, "item", None) == item[1]]
    return next((t for t in reversed(of_it) if t.fact.attendee == seat.attendee), None)


def present(log: Log, seat: Any, item: Item) -> bool:
    last = last_seen(log, seat, item)
    return last is not None and isinstance(last.fact, PresenceRecorded)


def came(log: Log, seat: Any, item: Item) -> bool:
    """Also who has left since: what was decided binds those who took part."""
    recorded: list[Any] = [t.fact for t in in_(log, item[0], PresenceRecorded)]
    return any((each.item, each.attendee) == (item[1], seat.attendee) for each in recorded)


def bound(log: Log, seat: Any, item: Item) -> bool:
    """Rule 13: outsiders of a 支援会議 pledge; those of the office are told."""
    held = [t.fact.held_on for t in in_(log, item[0], SittingConvened)]  # type: ignore[attr-defined]
    told: list[Any] = [t.fact for t in in_(log, item[0], DutyNotified)]
    told = [each for each in told if each.attendee == seat.attendee]
    secret = confidential(log, item)
    if seat.kind == "staff":
        return bool(told) or not secret
    stands = [n.standing_until is not None and n.standing_until >= held[-1] for n in told if held]
    return any(n.pledged for n in told) or any(stands) or (not secret and bool(told))


def attended(log: Log, by: Asker, item: Item) -> bool:
    """Who is there, and has not left."""
    if basis_of(log, item) is None:
        return False
    return any(present(log, s, item) and bound(log, s, item) for s in seats(log, by, item[0]))


def why_absent(log: Log, by: Asker, item: Item) -> set[Ended]:
    """Of whoever has a seat there; nobody else learns that there is a room."""
    found = set[Ended]()
    for seat in seats(log, by, item[0]):
        last, here = last_seen(log, seat, item), present(log, seat, item)
        if here and not bound(log, seat, item):
            found.add(Ended("no-duty", places([last] if last else [])))
        else:
            left = last and not here and came(log, seat, item)
            found.add(Ended("not-present", places([last] if last and left else [])))
    return found


class Door(NamedTuple):
    """By which fact a record came before which item, and about whom."""

    item: Item
    by: Places
    persons: frozenset[UUID]


def doors(log: Log, by: Asker, told: Told) -> list[Door]:
    """Rule 3: what was learned for one item comes before no other."""
    basis, fact = told.fact.label.basis, told.fact
    found = [*tabled(log, told), *shared_there(log, by, told)]
    if basis.kind == "sitting":
        found.append(Door((basis.sitting, basis.item), frozenset(), frozenset()))
    if isinstance(fact, PaperGivenOut):
        found.append(Door((told.stream, fact.item), frozenset(), frozenset()))
    return [door for door in found if heard_for(told) in {None, door.item}]


def heard_for(told: Told) -> Item | None:
    """The item for which it was learned, if in a room at all."""
    basis = told.fact.label.basis
    return (basis.sitting, basis.item) if basis.kind == "sitting" else None


def tabled(log: Log, told: Told) -> Iterator[Door]:
    for brought in log.all(BroughtToSitting):
        fact = brought.fact
        concerned = log.whos((*fact.subjects, *fact.label.subjects))
        named = whom(log, told) & concerned and at_home(told, brought.stream)
        with_it = brought.stream == told.stream and told.version in fact.tabled
        if named or with_it or brought[:2] == told[:2]:
            yield Door((fact.sitting, fact.item), places([brought]), concerned)


def shared_there(log: Log, by: Asker, told: Told) -> Iterator[Door]:
    """What one agency gave another in the room, for that agency alone."""
    for share in log.all(InformationShared, lambda s: s.to_agency == by.agency):
        basis, whose = share.fact.label.basis, log.whos(share.fact.label.subjects)
        given = told.version in share.fact.facts and share.stream == told.stream
        if basis.kind == "sitting" and given and log.label(told).category in share.fact.categories:
            yield Door((basis.sitting, basis.item), places([share]), whose)


def whom(log: Log, told: Told) -> frozenset[UUID]:
    """Whose name or membership it tells, where it tells nothing else."""
    if isinstance(told.fact, NAMES):
        return frozenset({log.who(told.stream)})
    if isinstance(told.fact, MemberJoined | MemberLeft):
        return frozenset({log.who(told.fact.person)})
    return frozenset()


def at_home(told: Told, household: UUID) -> bool:
    return isinstance(told.fact, NAMES) or told.stream == household


def keeps(log: Log, by: Asker, sitting: UUID) -> bool:
    """事務局."""
    convened: list[Any] = [t.fact for t in in_(log, sitting, SittingConvened)]
    desks = {(c.secretariat.agency, c.secretariat.desk) for c in convened if c.secretariat}
    return by.role == "coordinator" and (by.agency, by.desk) in desks


def decided(log: Log, told: Told) -> list[Any]:
    """The decision it is, or that it is part of."""
    if isinstance(told.fact, MeetingDecided):
        return [told.fact]
    if isinstance(told.fact, RoleAssigned | RoleEnded):
        part = told.fact.decision
        return [
            t.fact for t in log.all(MeetingDecided, lambda d: d.decision == part)
            if t.stream == told.stream
        ]  # fmt: skip
    return []


def agency_was_there(log: Log, by: Asker, item: Item) -> bool:
    if basis_of(log, item) is None:
        return False
    of_ours = seats_of_agency(log, by, item[0])
    return any(came(log, s, item) and bound(log, s, item) for s in of_ours)


def holds(by: Asker, role: RoleAssigned) -> bool:
    return role.agency == by.agency and role.desk in {None, by.desk}


def of_role(log: Log, role: Told) -> list[tuple[Item, frozenset[UUID]]]:
    """The item a role was given for, and about whom: whom it names, or else everybody who had been
    brought before that item until then.
    """
    found = []
    for decision in decided(log, role):
        item, taken_up = (decision.sitting, decision.item), set[UUID]()
        for brought in log.all(BroughtToSitting):
            before = brought.stream == role.stream and brought.version < role.version
            if before and (brought.fact.sitting, brought.fact.item) == item:
                taken_up |= {*brought.fact.subjects, *brought.fact.label.subjects}
        found.append((item, log.whos(role.fact.label.subjects) or log.whos(list(taken_up))))
    return found


def bound_agency(log: Log, by: Asker, item: Item) -> bool:
    of_ours = seats_of_agency(log, by, item[0])
    return any(bound(log, seat, item) for seat in of_ours)


def brought_about(log: Log, told: Told) -> set[Item]:
    """The items of what a sitting itself brought about."""
    made = {(decision.sitting, decision.item) for decision in decided(log, told)}
    if isinstance(told.fact, BroughtToSitting | CaseStudied):
        made.add((told.fact.sitting, told.fact.item))
    return made


def concerned(log: Log, by: Asker, item: Item) -> bool:
    """Whether the agency was invited for an item, or came for it."""
    return any(
        not seat.items or item[1] in seat.items or came(log, seat, item)
        for seat in seats_of_agency(log, by, item[0])
    )
