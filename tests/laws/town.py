"""A small town at work: any of its staff tries anything, likely or not, and the ledger answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID, uuid5

from pydantic import ValidationError

from domain.household import Household
from domain.ledger import Decision, Ledger, Outcome, Stream, ledger_in_memory
from domain.person import Person
from domain.recorded import Recorded
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.values import Author, Capacity, Command, PersonId, Role, StaffId
from tests.domain.given import (
    CENTRE,
    CITY,
    CONVENER,
    COORDINATOR,
    COUNSELLOR,
    IDENTITY,
    NOON,
    PRIVACY,
    PROFILE,
    PROTECTION,
    SHAKYO,
    capacity,
)

T = TypeVar("T")

NURSE = capacity(CENTRE, "nurses")
WORKER = capacity(SHAKYO, "support")
OFFICIAL = capacity(CITY, "welfare")
WOMEN = capacity(CITY, "women")
CHIEF = capacity(CENTRE, "general", Role.CHIEF)
CASE_WORKERS = (COUNSELLOR, COUNSELLOR, COUNSELLOR, NURSE, WORKER, OFFICIAL, WOMEN, CHIEF)
EVERYBODY = (*CASE_WORKERS, COORDINATOR, CONVENER, PROTECTION, IDENTITY, PRIVACY)

_ODDS = 0.06
"""How often a choice is not the likely one."""


def staff(held: Capacity, number: int = 0) -> StaffId:
    """Somebody of a desk, in a role; the desks have two of each."""
    return StaffId(uuid5(UUID(int=7), f"{held.agency} {held.desk} {held.role} {number}"))


class Attempt(NamedTuple):
    """What was asked of the ledger, what it answered, and how long the log was then."""

    decide: Decision
    command: Command
    stamp: Stamp
    streams: tuple[Stream, ...]
    answer: Outcome | Refused
    head: int

    @property
    def recorded(self) -> bool:
        return isinstance(self.answer, Outcome)


@dataclass
class Town:
    """`chance` is set anew for every step, so that a step does the same wherever it stands."""

    ledger: Ledger = field(default_factory=lambda: ledger_in_memory(demonstration=True))
    name: str = "town"
    at: datetime = NOON
    chance: Random = field(default_factory=Random)
    households: list[UUID] = field(default_factory=list)
    persons: list[PersonId] = field(default_factory=list)
    sittings: list[UUID] = field(default_factory=list)
    resources: list[UUID] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)

    def do(
        self, decide: Decision, kind: type[Command], /, *streams: Stream, as_: Capacity, **said: Any
    ) -> Attempt | None:
        """Try it; None where not even the request can be stated."""
        try:
            command = kind.model_validate(said)
        except ValidationError:
            return None
        return self.ask(decide, command, *streams, as_=as_)

    def ask(self, decide: Decision, command: Command, *streams: Stream, as_: Capacity) -> Attempt:
        author = Author(staff=staff(as_, self.chance.randrange(2)), capacity=as_)
        stamp = Stamp(author, self.at, self.next_id, PROFILE)
        answer: Outcome | Refused
        try:
            answer = self.ledger.record(decide, command, stamp, *streams)
        except Refused as refused:
            answer = refused
        attempt = Attempt(decide, command, stamp, streams, answer, self.ledger.head())
        self.attempts.append(attempt)
        return attempt

    @property
    def next_id(self) -> UUID:
        return uuid5(UUID(int=8), f"{self.name} {len(self.attempts)}")

    def new_id(self, name: str) -> UUID:
        """What the next command will bring about."""
        return uuid5(self.next_id, name)

    def pass_days(self, most: int) -> None:
        self.at += timedelta(days=self.chance.randrange(most + 1), minutes=1)

    # --- choices -------------------------------------------------------------------------

    def seldom(self, odds: float = _ODDS) -> bool:
        return self.chance.random() < odds

    def one(self, some: Iterable[T]) -> T:
        return self.chance.choice(list(some))

    def either(self, likely: T, unlikely: T) -> T:
        return unlikely if self.seldom() else likely

    def some(self, of: Iterable[T], most: int = 2, least: int = 0) -> list[T]:
        pool = list(of)
        return self.chance.sample(pool, min(len(pool), self.chance.randint(least, most)))

    def thing(self, known: Iterable[UUID]) -> UUID:
        """One of those known, seldom none of them."""
        pool = list(known)
        return self.one(pool) if pool and not self.seldom() else UUID(int=self.chance.randrange(9))

    def worker(self, *likely: Capacity) -> Capacity:
        return self.one(EVERYBODY) if self.seldom() else self.one(likely or CASE_WORKERS)

    def household(self) -> UUID:
        """Most of the work is about the first."""
        return self.either(self.households[0], self.one(self.households))

    def insider(self, household: UUID, *likely: Capacity) -> Capacity:
        """Somebody who mostly has to do with the household."""
        state = self.state(household)
        known = [held for held in likely or CASE_WORKERS if state.involves(held)]
        return self.worker(*known)

    def member(self, household: UUID) -> PersonId:
        people = [*self.state(household).people.members]
        return self.one(self.persons) if self.seldom() or not people else self.one(people)

    # --- what is known -------------------------------------------------------------------

    def state(self, household: UUID) -> Household:
        return cast("Household", self.ledger.recall(Stream(Household, household)))

    def person(self, person: UUID) -> Person:
        return cast("Person", self.ledger.recall(Stream(Person, person, new=True)))

    def merged_with(self, household: UUID) -> list[UUID]:
        """All households that became one with it, earlier or later, itself left out."""
        found, waiting = {household: None}, [household]
        while waiting:
            people = self.state(waiting.pop()).people
            linked = [*people.merged_from, *filter(None, [people.merged_into])]
            waiting += [each for each in linked if each not in found]
            found.update(dict.fromkeys(linked))
        return [each for each in found if each != household]

    def sitting(self, sitting: UUID) -> Sitting:
        return cast("Sitting", self.ledger.recall(Stream(Sitting, sitting)))

    def log(self) -> list[Recorded]:
        return self.ledger.read(0, 1_000_000)

    def recorded(self) -> Sequence[Attempt]:
        return [attempt for attempt in self.attempts if attempt.recorded]
