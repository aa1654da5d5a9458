"""The gate's second opinion (別の目): every way in, counted naively over the list of what was told.

Written from the law and the rules alone. It shares nothing with the gate but the facts themselves:
no state, no index, no order of rules. It answers with every rule that lets somebody in, or with
every reason that keeps them out; the gate must name one of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, get_args
from uuid import UUID

from domain.events import Fact, HouseholdFact
from domain.events.consent import LabelLoosened, LabelTightened
from domain.events.membership import MemberJoined
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
    PersonFact,
    PersonsMerged,
    PersonsUnmerged,
)
from domain.labels import Category, Label

F = TypeVar("F", bound=Fact)
Places = frozenset[tuple[UUID, int]]
OF_A_PERSON: tuple[type[Fact], ...] = get_args(PersonFact)
OF_A_CASE: tuple[type[Fact], ...] = (*OF_A_PERSON, *get_args(HouseholdFact))
CONCEALING = (ConcealmentStarted, ConcealmentExtended, ConcealmentEnded, EndingProposed)
CASEWORK = frozenset({"counsellor", "coordinator", "convener", "chief", "protection"})
"""Who reads for the sake of a case; every other role reads for its own office alone."""
SENSITIVE = frozenset({Category.HEALTH, Category.ABUSE})


class Told(NamedTuple):
    stream: UUID
    version: int
    staff: UUID
    fact: Fact
    role: str


class Asker(NamedTuple):
    staff: UUID
    agency: str
    desk: str
    role: str
    today: date
    at: datetime
    elsewhere: tuple[tuple[str, str], ...] = ()
    """The other desks they work at."""

    @property
    def works_on_cases(self) -> bool:
        return self.role in CASEWORK


class Ended(NamedTuple):
    """Why it is closed: what stands before it, or a way that is no more; and by which facts."""

    reason: str
    by: Places = frozenset()


class Answer(NamedTuple):
    """`opens` lets all of it be read, `frames` only that it is there; without the first, `closed`
    says why, if there is anything to say.
    """

    opens: frozenset[str] = frozenset()
    frames: frozenset[str] = frozenset()
    closed: frozenset[Ended] = frozenset()

    @property
    def reasons(self) -> set[str]:
        return {each.reason for each in self.closed}

    @property
    def facts(self) -> set[tuple[UUID, int]]:
        return {place for each in self.closed for place in each.by}


def places(told: Iterable["Told"]) -> Places:
    return frozenset(each[:2] for each in told)


@dataclass(frozen=True)
class Log:
    """What was told, whom persons were found to be, and which one-time views were had."""

    told: Sequence[Told]
    same: Mapping[UUID, UUID] = field(default_factory=dict)
    used: frozenset[tuple[UUID, int]] = frozenset()

    def all(self, kind: type[F], where: Callable[[F], bool] = lambda _: True) -> list[Any]:
        return [t for t in self.told if isinstance(t.fact, kind) and where(t.fact)]

    def who(self, person: UUID) -> UUID:
        return self.same.get(person, person)

    def whos(self, persons: Sequence[UUID]) -> frozenset[UUID]:
        return frozenset(map(self.who, persons))

    def meant(self, persons: Sequence[UUID], said: Told) -> frozenset[UUID]:
        """And whoever was held to be one with them at the moment that was said."""
        pairs: list[set[Any]] = []
        for each in self.told:
            if each[:2] == said[:2]:
                break
            if isinstance(each.fact, PersonsMerged | PersonsUnmerged):
                pair = {each.fact.absorbed, each.fact.survivor}
                pairs = [other for other in pairs if other != pair]
                pairs += [pair] if isinstance(each.fact, PersonsMerged) else []
        found = set(persons)
        for _ in pairs:
            found |= {one for pair in pairs if found & pair for one in pair}
        return self.whos(sorted(found))

    def label(self, told: Told) -> Label:
        """As it was made stricter since."""
        label = told.fact.label
        for tighter in self.tightened(told):
            label = stricter(label, tighter.fact)
        return label

    def tightened(self, told: Told) -> Iterator[Any]:
        """By what, but for what two people took back."""
        for tighter in self.all(LabelTightened, lambda each: each.of == told.version):
            back = any(
                t.stream == tighter.stream and t.fact.tightening == tighter.version
                for t in self.all(LabelLoosened)
            )
            if (tighter.stream == told.stream and tighter.version > told.version) and not back:
                yield tighter

    def about(self, told: Told) -> frozenset[UUID]:
        own = (told.stream,) if isinstance(told.fact, OF_A_PERSON) else ()
        return self.whos((*told.fact.label.subjects, *own))

    def first_joined(self) -> dict[tuple[UUID, UUID], "Told"]:
        """By household and person, the record that said first that they belong."""
        found: dict[tuple[UUID, UUID], Told] = {}
        for joined in self.all(MemberJoined):
            found.setdefault((joined.stream, self.who(joined.fact.person)), joined)
        return found

    def belonging(self, household: UUID) -> frozenset[UUID]:
        joined = self.all(MemberJoined)
        return self.whos([t.fact.person for t in joined if t.stream == household])

    def concealments(self, person: UUID) -> Iterator[Any]:
        """In force: the end of the term reveals nothing, only a decision does."""
        for begun in self.all(ConcealmentStarted):
            ended = any(
                end.fact.concealment == begun.fact.concealment
                and end.stream == begun.stream
                and end.version > begun.version
                for end in self.all(ConcealmentEnded)
            )
            if self.who(begun.stream) == person and not ended:
                yield begun

    def concealed(self) -> frozenset[UUID]:
        whom = self.whos([t.stream for t in self.all(ConcealmentStarted)])
        return frozenset(person for person in whom if any(self.concealments(person)))


def stricter(label: Label, by: LabelTightened) -> Label:
    return label.model_copy(
        update={
            "category": by.category or label.category,
            "hidden_from": (*label.hidden_from, *by.hide_from),
            "concealed": label.concealed or by.conceal,
        }
    )


def from_a_room(label: Label) -> bool:
    return label.basis.kind == "sitting"


def desk_of(label: Label, by: Asker) -> bool:
    return (label.agency, label.desk) == (by.agency, by.desk)
