"""言葉を外す: what is left of a fact where only that it was recorded may be known."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.consent import InformationRequested, InformationShared, LabelTightened
from domain.events.membership import HouseholdsMerged, HouseholdSplit
from domain.events.referral import ReferralMade
from domain.labels import ByStatute, Label, Narrative, Paragraph, Urgent
from domain.values import Personal, Value

WITHHELD = Personal("－")
"""Stands where a text that cannot be left out is withheld; it is never a seal."""
_PASSED_ON = frozenset({ReferralMade, InformationShared, InformationRequested})


def fields(fact: Fact) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(fact, name)) for name in type(fact).model_fields if name != "label")


def bare(value: Any) -> Any:
    """The same without personal text; the same object where there was none."""
    match value:
        case Personal():
            return WITHHELD
        case Paragraph() | Fact():
            return value
        case Value():
            parts = {name: getattr(value, name) for name in type(value).model_fields}
            left = {name: bare(each) for name, each in parts.items()}
            changed = {name: each for name, each in left.items() if each is not parts[name]}
            return value.model_copy(update=changed) if changed else value
        case tuple():
            told = tuple(map(bare, value))
            same = all(one is other for one, other in zip(told, value, strict=True))
            return value if same else told
        case _:
            return value


def unwalled(fact: Fact) -> Fact:
    """The same without the walls that came over: nobody reads from whom something is hidden."""
    if not isinstance(fact, HouseholdsMerged | HouseholdSplit) or not fact.walls:
        return fact
    return fact.model_copy(update={"walls": ()})


class Beside(NamedTuple):
    """Persons it is not about: from whom it is hidden, and who told it or is mentioned in it."""

    hidden_from: frozenset[UUID] = frozenset()
    mentioned: frozenset[UUID] = frozenset()


NOBODY = Beside()


def beside(fact: Fact) -> Beside:
    """Of the fact, and of every paragraph of it."""
    walls, told = set[UUID](fact.label.hidden_from), set[UUID]()
    if isinstance(fact, LabelTightened):
        walls.update(fact.hide_from)
    for name in narratives_of(type(fact)):
        for part in getattr(fact, name):
            walls.update(part.label.hidden_from)
            told.update(part.mentioned, (part.told_by,) if part.told_by else ())
    return Beside(frozenset(walls), frozenset(told)) if walls or told else NOBODY


def without(fact: Fact, persons: Beside) -> Fact:
    """The same without a word of these; the same object where there are none."""
    if not any(persons):
        return fact
    changed: dict[str, Any] = {"label": _unwalled(fact.label, persons)}
    for name in narratives_of(type(fact)):
        changed[name] = tuple(_untold(part, persons) for part in getattr(fact, name))
    if isinstance(fact, LabelTightened):
        changed["hide_from"] = _left(fact.hide_from, persons.hidden_from)
    return fact.model_copy(update=changed)


@cache
def narratives_of(kind: type[Fact]) -> tuple[str, ...]:
    fields = kind.model_fields.items()
    return tuple(name for name, field in fields if field.annotation == Narrative)


def _untold(part: Paragraph, persons: Beside) -> Paragraph:
    changed: dict[str, Any] = {"label": _unwalled(part.label, persons)}
    changed["mentioned"] = _left(part.mentioned, persons.mentioned)
    changed["told_by"] = None if part.told_by in persons.mentioned else part.told_by
    return part.model_copy(update=changed)


def _unwalled(label: Label, persons: Beside) -> Label:
    return label.model_copy(update={"hidden_from": _left(label.hidden_from, persons.hidden_from)})


def _left(of: tuple[UUID, ...], persons: frozenset[UUID]) -> tuple[UUID, ...]:
    return tuple(each for each in of if each not in persons)


def without_reason(fact: Fact) -> Label:
    basis = fact.label.basis
    if not isinstance(basis, ByStatute | Urgent) or type(fact) in _PASSED_ON or not basis.reason:
        return fact.label
    untold = basis.model_copy(update={"reason": WITHHELD})
    return fact.label.model_copy(update={"basis": untold})
