"""記録の所在: each fact's place and label as it reads now, and what in it is judged by itself."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple, Optional
from uuid import UUID

from domain.events import Fact
from domain.events.addressed import Address, addressed
from domain.events.consent import LabelLoosened, LabelTightened, LooseningProposed
from domain.events.membership import (
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
    Wall,
)
from domain.labels import BySitting, Label, Narrative
from domain.recorded import Recorded, Skimmed
from domain.values import OFFICES, Personal, PersonId, StaffId

Walls = Mapping[PersonId | None, frozenset[PersonId]]
"""From whom something is hidden about a person; None stands for the whole household."""


class Part(NamedTuple):
    """A fact as a whole, or one of its paragraphs, and the persons whose consent it takes."""

    label: Label
    persons: tuple[PersonId, ...]


class Written(NamedTuple):
    """One fact's place in a list linked backwards, so that folding a long history stays linear."""

    version: int
    kind: type[Fact]
    told: tuple[Part, ...] | Skimmed
    recorded_at: datetime
    before: Optional["Written"]
    to: tuple[Address, ...] = ()
    official: bool = False
    """Whether an office wrote it: nothing of that crosses to another desk of the agency."""

    @property
    def addresses(self) -> tuple[Address, ...]:
        """To whom it speaks."""
        return addressed(self.told.fact) if isinstance(self.told, Skimmed) else self.to

    @property
    def parts(self) -> tuple[Part, ...]:
        return _parts(self.told.fact) if isinstance(self.told, Skimmed) else self.told

    @property
    def label(self) -> Label:
        """The label it was written with."""
        return self.parts[0].label

    def names(self, ids: Collection[PersonId]) -> bool:
        """Whether it, or a paragraph of it, is about one of these persons."""
        return any(person in ids for part in self.parts for person in part.persons)


class Loosening(NamedTuple):
    """起案: whose, and why."""

    proposal: UUID
    by: StaffId
    reason: Personal


@dataclass(frozen=True, slots=True, eq=False)
class Writings:
    """`tightened` are the changes of each record's label by their own version, but those taken
    back; `joined` the records that somebody joined or left, which nearly every act asks for.
    """

    last: Written | None = None
    tightened: Mapping[int, Mapping[int, LabelTightened]] = field(default_factory=dict)
    proposed: Mapping[int, Loosening] = field(default_factory=dict)
    walls: Walls = field(default_factory=dict)
    joined: Mapping[int, Written] = field(default_factory=dict)

    def evolve(self, recorded: Recorded) -> "Writings":
        fact = recorded.fact
        parts = _parts(fact)
        at, to = recorded.recorded_at, addressed(fact)
        official = recorded.author.capacity.role in OFFICES
        last = Written(recorded.version, type(fact), parts, at, self.last, to, official)
        walls = self.walls
        for part in parts:
            if part.label.hidden_from and not _moved(fact):
                walls = _raised(walls, part.persons, part.label.hidden_from)
        stricter, proposed, joined = self.tightened, self.proposed, self.joined
        match fact:
            case MemberJoined() | MemberLeft():
                joined = {**joined, recorded.version: last}
            case HouseholdSplit():
                joined = {**joined, recorded.version: last}
                walls = _brought(walls, fact.walls)
            case HouseholdsMerged():
                walls = _brought(walls, fact.walls)
            case LabelTightened():
                more = {**stricter.get(fact.of, {}), recorded.version: fact}
                stricter = {**stricter, fact.of: more}
                walls = _raised(walls, self._persons(fact.of), fact.hide_from)
            case LooseningProposed():
                asked = Loosening(fact.proposal, recorded.author.staff, fact.reason)
                proposed = {**proposed, fact.tightening: asked}
            case LabelLoosened():
                left = {**stricter.get(fact.of, {})}
                left.pop(fact.tightening, None)
                stricter = {**stricter, fact.of: left}
            case _:
                pass
        return Writings(last, stricter, proposed, walls, joined)

    def skim(self, run: Sequence[Skimmed]) -> "Writings":
        """Facts that hide nothing from anybody, of no office; a label is read when asked for."""
        last = self.last
        for each in run:
            last = Written(each.version, each.kind, each, each.recorded_at, last)
        return Writings(last, self.tightened, self.proposed, self.walls, self.joined)

    def _persons(self, version: int) -> tuple[PersonId, ...]:
        of = self.at(version)
        return of.parts[0].persons if of else ()

    def __eq__(self, other: object) -> bool:
        """By what is written, read before or only now."""
        return isinstance(other, Writings) and self._content() == other._content()

    __hash__ = None  # type: ignore[assignment]

    def _content(self) -> tuple[object, ...]:
        told = [(each[:2], each.parts, each.recorded_at, each.official) for each in self]
        return told, self.tightened, self.proposed, self.walls

    def __iter__(self) -> Iterator[Written]:
        """From the newest back."""
        at = self.last
        while at is not None:
            yield at
            at = at.before

    def naming(self, ids: Collection[PersonId]) -> Iterator[Written]:
        """The records that name one of these persons; those that were skimmed are read last."""
        skimmed = []
        for written in self:
            if isinstance(written.told, Skimmed):
                skimmed.append(written)
            elif written.names(ids):
                yield written
        yield from (written for written in skimmed if written.names(ids))

    def at(self, version: int) -> Written | None:
        return next((written for written in self if written.version == version), None)

    def label(self, written: Written) -> Label:
        """The label as it reads now: as written, and every tightening that stands."""
        return self._now(written.version, written.label)

    def _now(self, version: int, label: Label) -> Label:
        for _, fact in sorted(self.tightened.get(version, {}).items()):
            hidden = dict.fromkeys((*label.hidden_from, *fact.hide_from))
            stricter = {
                "category": fact.category or label.category,
                "hidden_from": tuple(hidden),
                "concealed": label.concealed or fact.conceal,
            }
            label = label.model_copy(update=stricter)
        return label

    def parts(self, written: Written) -> tuple[Part, ...]:
        """The fact, then its paragraphs, each under its label as it reads now."""
        if written.version not in self.tightened:
            return written.parts
        parts = written.parts
        return tuple(each._replace(label=self._now(written.version, each.label)) for each in parts)

    def made_stricter(self, by: int) -> int | None:
        """The record whose label that one changed, unless it was taken back."""
        return next((of for of, facts in self.tightened.items() if by in facts), None)

    def learned_at(
        self, versions: Container[int], kinds: Container[type[Fact]] = ()
    ) -> tuple[UUID, ...]:
        """The sittings where these records, and all of these kinds, or a paragraph of them, were
        learned (rule 3).
        """
        meant = (each for each in self if each.version in versions or each.kind in kinds)
        bases = (part.label.basis for each in meant for part in each.parts)
        return tuple(dict.fromkeys(b.sitting for b in bases if isinstance(b, BySitting)))


def _parts(fact: Fact) -> tuple[Part, ...]:
    label = fact.label
    whole = Part(label, label.subjects)
    told = [p for name in _narratives(type(fact)) for p in getattr(fact, name)]
    if not told:
        return (whole,)
    return (whole, *(Part(p.label, p.principals or p.label.subjects) for p in told))


@cache
def _narratives(kind: type[Fact]) -> tuple[str, ...]:
    """The fields of a fact that hold paragraphs."""
    fields = kind.model_fields.items()
    return tuple(name for name, field in fields if field.annotation == Narrative)


def _moved(fact: Fact) -> bool:
    """Whoever came from another household brings the walls that stood there; who may not read that
    they came, or left, is another question.
    """
    return isinstance(fact, MemberJoined | MemberLeft) and fact.again


def _brought(walls: Walls, more: Iterable[Wall]) -> Walls:
    for wall in more:
        walls = _raised(walls, (wall.person,), wall.hidden_from)
    return walls


def _raised(walls: Walls, about: tuple[PersonId, ...], hidden: tuple[PersonId, ...]) -> Walls:
    more = {person: walls.get(person, frozenset()).union(hidden) for person in about or (None,)}
    return {**walls, **more}
