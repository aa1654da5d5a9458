"""The person (本人) as decisions ask: identified or not, concealed or not, one with whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar, cast
from uuid import UUID

from domain.events import PersonFact
from domain.events.addressed import Address, writer
from domain.events.person import (
    AddressRecorded,
    CareNeeded,
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
    SafeContactAgreed,
    VisitRiskNoted,
)
from domain.recorded import Recorded
from domain.values import PersonId, StaffId

_ADULT = 18


@dataclass(frozen=True, slots=True)
class Ending:
    """終了の起案。"""

    proposal: UUID
    by: StaffId
    reason: str


@dataclass(frozen=True, slots=True)
class Concealment:
    """支援措置: in force until a human ends it, whatever its term says."""

    until: date
    counterparties: frozenset[PersonId]
    ended: bool = False
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Person:
    kind: ClassVar[str] = "person"

    id: UUID
    version: int = 0
    identified: bool = False
    birth_year: int | None = None
    absorbed_by: PersonId | None = None
    absorbed: frozenset[PersonId] = frozenset()
    absorbed_at: int = 0
    """Where in the log that is said."""
    parted: frozenset[PersonId] = frozenset()
    """Those with whom they were taken for one, and are not: what is kept from one was perhaps meant
    for the other.
    """
    concealments: Mapping[UUID, Concealment] = field(default_factory=dict)
    known: frozenset[Address] = frozenset()

    def evolve(self, recorded: Recorded) -> "Person":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("PersonFact", recorded.fact)
        known = self.known | {writer(fact, recorded.author.capacity.role)}
        changes = self._changes(recorded, fact)
        return replace(self, version=recorded.version, known=known, **changes)  # type: ignore[arg-type]

    def _changes(self, recorded: Recorded, fact: PersonFact) -> dict[str, object]:
        match fact:
            case PersonNoted():
                return {"birth_year": fact.birth_year}
            case PersonIdentified():
                return {"identified": True, "birth_year": fact.birth_year or self.birth_year}
            case PersonsMerged() | PersonsUnmerged():
                return self._same_as(recorded, fact)
            case ConcealmentStarted():
                begun = Concealment(fact.until, frozenset(fact.counterparties))
                return {"concealments": {**self.concealments, fact.concealment: begun}}
            case ConcealmentExtended() | EndingProposed() | ConcealmentEnded():
                now = self._next(recorded, fact)
                return {"concealments": {**self.concealments, fact.concealment: now}}
            case AddressRecorded() | SafeContactAgreed() | CareNeeded() | VisitRiskNoted():
                return {}

    def _same_as(
        self, recorded: Recorded, fact: PersonsMerged | PersonsUnmerged
    ) -> dict[str, object]:
        merged, other = isinstance(fact, PersonsMerged), fact.absorbed
        if self.id == fact.absorbed:
            other = fact.survivor
            now: dict[str, object] = {
                "absorbed_by": other if merged else None,
                "absorbed_at": recorded.position,
            }
        else:
            others = self.absorbed - {other}
            now = {"absorbed": others | {other} if merged else others}
        return now if merged else {**now, "parted": self.parted | {other}}

    def _next(
        self, recorded: Recorded, fact: ConcealmentExtended | EndingProposed | ConcealmentEnded
    ) -> Concealment:
        now = self.concealments.get(fact.concealment, Concealment(date.max, frozenset()))
        match fact:
            case ConcealmentExtended():
                return replace(now, until=fact.until, ending=None)
            case EndingProposed():
                return replace(
                    now, ending=Ending(fact.proposal, recorded.author.staff, fact.reason)
                )
            case ConcealmentEnded():
                return replace(now, ended=True, ending=None)

    @property
    def ids(self) -> frozenset[PersonId]:
        """All ids this person is known by: a 名寄せ has one survivor, and nobody beyond it."""
        same = {PersonId(self.id), *self.absorbed}
        return frozenset(same | {self.absorbed_by} if self.absorbed_by else same)

    def is_minor(self, day: date) -> bool:
        """18歳未満 for certain: by the year alone, for the day of birth is sealed."""
        return self.birth_year is not None and day.year - self.birth_year < _ADULT

    @property
    def is_concealed(self) -> bool:
        return any(not concealment.ended for concealment in self.concealments.values())

    @property
    def counterparties(self) -> frozenset[PersonId]:
        """相手方 of every concealment in force."""
        standing = [c.counterparties for c in self.concealments.values() if not c.ended]
        return frozenset().union(*standing)


def ever_taken_for(persons: Iterable[PersonId], people: Iterable[Person]) -> frozenset[PersonId]:
    """With whomever they were found to be one, though they are not."""
    named = frozenset(persons)
    return named.union(*(each.parted for each in people if each.id in named))


def ids_of(person: PersonId, people: Iterable[Person]) -> frozenset[PersonId]:
    """All ids of this person, as far as their own records were looked at."""
    known = [each.ids for each in people]
    found = frozenset({person}).union(*(ids for ids in known if person in ids))
    return found.union(*(ids for ids in known if not ids.isdisjoint(found)))
