"""What is asked (問い): a fact as a whole, or one paragraph of it, under its label as it reads."""

from typing import NamedTuple, Protocol
from uuid import UUID

from domain.events import KIND_OF
from domain.events.person import AddressRecorded
from domain.gate.reader import Reader
from domain.gate.situation import Change, Situation, relabelled
from domain.gate.spoken import Item
from domain.gate.verdict import Denial, Grant, Place
from domain.labels import BySitting, Label, Paragraph, Tag

Places = tuple[Place, ...]
Answer = Grant | Denial | None
"""A way in opens, or says what of it has ended; None where it does not lead here at all."""


class Asked(NamedTuple):
    """`field` is where the `paragraph` stands; `changes` made the label `written` what it is."""

    item: Item
    written: Label
    label: Label
    persons: tuple[UUID, ...]
    field: str | None = None
    paragraph: Paragraph | None = None
    changes: tuple[Change, ...] = ()

    @property
    def place(self) -> Place:
        return self.item.place

    @property
    def learned(self) -> BySitting | None:
        """支援会議 where this was learned (rule 3)."""
        basis = self.label.basis
        return basis if isinstance(basis, BySitting) else None

    def learned_beside(self, sitting: UUID, item: UUID) -> bool:
        """Rule 3: whether it was learned for another item than this, and so is no part of it."""
        learned = self.learned
        return learned is not None and (learned.sitting, learned.item) != (sitting, item)

    def without(self, change: Change) -> "Asked":
        """The same, had this change of the label not been made."""
        rest = tuple(each for each in self.changes if each is not change)
        return self._replace(label=relabelled(self.written, rest), changes=rest)

    def under(self, change: Change) -> "Asked":
        """The same, had this change of the label not been taken back."""
        changes = tuple(sorted((*self.changes, change), key=lambda each: each.place))
        return self._replace(label=relabelled(self.written, changes), changes=changes)

    def own(self, reader: Reader) -> bool:
        label, capacity = self.label, reader.capacity
        return label.desk == capacity.desk and label.agency == capacity.agency


class Way(Protocol):
    """A way in (閲覧の根拠)."""

    def __call__(self, reader: Reader, asked: Asked, situation: Situation, /) -> Answer: ...


def whole(item: Item, situation: Situation) -> Asked:
    """The fact; whose consent it takes are its subjects."""
    written = item.fact.label
    if not situation.changes:
        return Asked(item, written, written, written.subjects)
    changes = situation.changes.get(item.place, ())
    now = relabelled(written, changes)
    return Asked(item, written, now, written.subjects, changes=changes)


def part(item: Item, field: str, paragraph: Paragraph, situation: Situation) -> Asked:
    """A paragraph; releasing it needs every principal."""
    written = paragraph.label
    persons = paragraph.principals or written.subjects
    if not situation.changes:
        return Asked(item, written, written, persons, field, paragraph)
    changes = situation.changes.get(item.place, ())
    now = relabelled(written, changes)
    return Asked(item, written, now, persons, field, paragraph, changes)


def located(asked: Asked, situation: Situation) -> Places | None:
    """支援措置 whose place it tells, or would betray; None where there is none."""
    persons = placed(asked, situation)
    standing = tuple(each.place for each in situation.protections(persons)) if persons else ()
    return standing if standing or asked.label.concealed else None


def secret(asked: Asked) -> Places:
    """The changes of the label that conceal it."""
    return tuple(change.place for change in asked.changes if change.conceal)


def named(asked: Asked) -> tuple[UUID, ...]:
    """Whom it is about: a fact of a person's own stream is about that person, too."""
    own = (asked.item.stream,) if KIND_OF[type(asked.item.fact)] == "person" else ()
    return (*asked.label.subjects, *own)


def placed(asked: Asked, situation: Situation) -> frozenset[UUID]:
    """The protected persons whose place it may tell: where it names nobody, any of them."""
    if not situation.protected:
        return frozenset()
    if isinstance(asked.item.fact, AddressRecorded):
        return frozenset({situation.who(asked.item.stream)})
    if Tag.LOCATION not in asked.label.tags and not asked.label.concealed:
        return frozenset()
    about = frozenset(map(situation.who, named(asked)))
    return about & situation.concealed if about else situation.concealed


def nearby(asked: Asked, situation: Situation) -> frozenset[UUID]:
    """The protected persons to whom the place of somebody else may lead the 相手方 (rule 2): where
    the child goes to school, the mother is not far. The place of the 相手方 alone leads nowhere.
    """
    fact = asked.item.fact
    if not situation.protected:
        return frozenset()
    if Tag.LOCATION not in asked.label.tags and not isinstance(fact, AddressRecorded):
        return frozenset()
    about = frozenset(map(situation.who, named(asked)))
    return frozenset(
        person
        for person, standing in situation.protected.items()
        if any(about - each.counterparties for each in standing)
    )
