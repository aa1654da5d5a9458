"""The gate (閲覧の関門): may this reader, in this capacity, read this fact today? Default deny.

It opens what the reader's agency wrote, was referred, or was shared with it, and what an office is
there for; absent and hidden look the same to whoever asks through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequestAnswered,
    InformationRequested,
    InformationShared,
    ShareReviewed,
)
from domain.events.intake import (
    AbuseReported,
    ConsultationReceived,
    NoteDropped,
    NoteKept,
    ProtectionTaken,
)
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
)
from domain.events.person import (
    AddressRecorded,
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
    SafeContactAgreed,
)
from domain.events.resource import ResourceFact
from domain.events.rights import RightsFact
from domain.events.staff import StaffFact
from domain.events.support import ShelterProvided
from domain.gate.spoken import Address, Item, addressed, parties, thread
from domain.labels import DESK_ONLY, Category, Label, Paragraph, Tag
from domain.values import Capacity, PersonId, Role, StaffId

__all__ = [
    "Address",
    "Grant",
    "Item",
    "Reader",
    "Situation",
    "addressed",
    "may_read",
    "parties",
    "shown",
    "thread",
]


@dataclass(frozen=True, slots=True)
class Reader:
    """閲覧者: a staff member in a capacity held today."""

    staff: StaffId
    capacity: Capacity
    today: date


@dataclass(frozen=True, slots=True)
class Grant:
    """つなぎ・情報提供 in force: what of one household went to an agency, and about whom."""

    stream: UUID
    to: Address
    versions: frozenset[int] = frozenset()
    categories: frozenset[Category] = frozenset()
    persons: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Situation:
    """What the gate must know besides the item: grants in force, concealments, who answers whom."""

    grants: tuple[Grant, ...] = ()
    concealed: frozenset[UUID] = frozenset()
    parties: Mapping[tuple[UUID, str], frozenset[Address]] = field(default_factory=dict)


_AUTHOR_ONLY = (NoteKept, NoteDropped)
_IDENTITY = (PersonNoted, PersonIdentified, SafeContactAgreed, AddressRecorded)
_PROTECTED = (ConcealmentStarted, ConcealmentExtended, ConcealmentEnded, EndingProposed)
_OFFICES: Mapping[Role, Any] = {
    Role.PRIVACY: (
        RightsFact
        | InformationShared
        | ShareReviewed
        | InformationRequested
        | InformationRequestAnswered
        | ConsentGiven
        | ConsentWithdrawn
    ),
    Role.IDENTITY: (*_IDENTITY, PersonsMerged, PersonsUnmerged),
    Role.PROTECTION: (*_IDENTITY, *_PROTECTED),
}
_KEEPERS = frozenset({Role.ADMINISTRATOR, Role.ANALYST})
"""Who keeps the ledger itself, or counts: no word about anybody supported, in any agency."""
_TELLS_PLACE: Mapping[type[Fact], tuple[str, ...]] = {
    HouseholdOpened: ("area",),
    MemberLeft: ("destination",),
    ShelterProvided: ("place",),
    ProtectionTaken: ("place",),
}
_TELLS_INFORMANT: Mapping[type[Fact], tuple[str, ...]] = {
    AbuseReported: ("reporter", "reporter_relation", "received_how"),
    ConsultationReceived: ("informant",),
}


def may_read(reader: Reader, item: Item, situation: Situation) -> bool:
    """Whether the fact as a whole may be read; parts of it may still be withheld (see `shown`)."""
    return _open(reader, item, item.fact.label, situation)


def shown(reader: Reader, item: Item, situation: Situation) -> Item | None:
    """The fact as this reader may read it: without the parts that are not theirs, or not at all."""
    if not may_read(reader, item, situation):
        return None
    fact = item.fact
    changed: dict[str, Any] = dict.fromkeys(_withheld(reader, item, situation))
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Paragraph):
            kept = tuple(part for part in value if _open(reader, item, part.label, situation))
            changed |= {name: kept} if len(kept) < len(value) else {}
    changed |= _theirs(reader, item, situation)
    return item._replace(fact=fact.model_copy(update=changed)) if changed else item


def _theirs(reader: Reader, item: Item, situation: Situation) -> dict[str, Any]:
    """Whoever only learns where a case is kept now learns of nobody, and no agency, by it."""
    fact = item.fact
    if not isinstance(fact, HouseholdsMerged | HouseholdSplit) or _own(reader, fact.label):
        return {}
    given = (g.persons for g in situation.grants if g.to.agency == reader.capacity.agency)
    known = frozenset().union(*given)
    theirs: dict[str, Any] = {"persons": tuple(p for p in fact.persons if p in known)}
    if isinstance(fact, HouseholdsMerged):
        own = reader.capacity.agency
        theirs["agencies"] = tuple(agency for agency in fact.agencies if agency == own)
    return theirs


def _open(reader: Reader, item: Item, label: Label, situation: Situation) -> bool:
    """Deny wins; then each way in is tried."""
    if isinstance(item.fact, _AUTHOR_ONLY):
        return item.author.staff == reader.staff
    if Tag.INFORMANT in label.tags and not _own_desk(reader, label):
        return False
    if _betrays(item, label, situation):
        return reader.capacity.role is Role.PROTECTION
    if reader.capacity.role in _KEEPERS:
        return _by_office(reader, item)
    return (
        _own(reader, label)
        or _spoken_to(reader, item, label, situation)
        or any(_covers(grant, reader, item, label) for grant in situation.grants)
        or _by_office(reader, item)
    )


def _by_office(reader: Reader, item: Item) -> bool:
    """What the office is there for; and colleagues, places and counts, which are about nobody
    who is supported.
    """
    offices = _OFFICES.get(reader.capacity.role, ())
    return isinstance(item.fact, (ResourceFact, StaffFact, offices))


def _own(reader: Reader, label: Label) -> bool:
    crosses_desks = label.category not in DESK_ONLY
    return label.agency == reader.capacity.agency and (crosses_desks or _own_desk(reader, label))


def _own_desk(reader: Reader, label: Label) -> bool:
    capacity = reader.capacity
    return (label.agency, label.desk) == (capacity.agency, capacity.desk)


def _spoken_to(reader: Reader, item: Item, label: Label, situation: Situation) -> bool:
    to = set(addressed(item.fact))
    if key := thread(item.fact):
        to |= situation.parties.get((item.stream, key), frozenset())
    return any(address.reaches(reader.capacity, label.category) for address in to)


def _covers(grant: Grant, reader: Reader, item: Item, label: Label) -> bool:
    """Who was given anything of a case knows its people, and the consents that name the agency."""
    if not grant.to.reaches(reader.capacity, label.category):
        return False
    if isinstance(item.fact, MemberJoined | MemberLeft):
        return item.fact.person in grant.persons
    if isinstance(item.fact, HouseholdsMerged | HouseholdSplit):
        return not grant.persons.isdisjoint(item.fact.persons)
    if isinstance(item.fact, ConsentGiven | ConsentWithdrawn):
        return item.stream == grant.stream and grant.to.agency in item.fact.agencies
    if isinstance(item.fact, AddressRecorded):
        return item.stream in grant.persons and Category.IDENTITY in grant.categories
    if isinstance(item.fact, _IDENTITY):
        return item.stream in grant.persons
    enclosed = item.stream == grant.stream and item.version in grant.versions
    return enclosed and label.category in grant.categories


def _betrays(item: Item, label: Label, situation: Situation) -> bool:
    """Whether it says where a concealed person is, or what would betray it."""
    if label.concealed:
        return True
    about: set[PersonId] = set(label.subjects)
    if isinstance(item.fact, AddressRecorded):
        return item.stream in situation.concealed
    located = Tag.LOCATION in label.tags and bool(situation.concealed)
    return located and (not about or not about.isdisjoint(situation.concealed))


def _withheld(reader: Reader, item: Item, situation: Situation) -> tuple[str, ...]:
    """The fields that say more than this reader may know."""
    kind, names = type(item.fact), tuple[str, ...]()
    if situation.concealed and reader.capacity.role is not Role.PROTECTION:
        names += _TELLS_PLACE.get(kind, ())
    if not _own_desk(reader, item.fact.label):
        names += _TELLS_INFORMANT.get(kind, ())
    return names
