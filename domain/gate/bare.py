"""言葉を外す: what is left of a fact where only that it was recorded may be known."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.consent import InformationRequested, InformationShared
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


def hidden_from(fact: Fact) -> Iterator[UUID]:
    """From whom it is hidden, or a paragraph of it, or what it speaks of."""
    yield from fact.label.hidden_from
    for name in _hiding(type(fact)):
        for each in getattr(fact, name):
            yield from each.label.hidden_from if isinstance(each, Paragraph) else (each,)


def not_hidden_from(fact: Fact, persons: frozenset[UUID]) -> Fact:
    """The same without a word that it is hidden from them."""
    if not persons:
        return fact
    changed: dict[str, Any] = {"label": _unwalled(fact.label, persons)}
    for name in _hiding(type(fact)):
        changed[name] = tuple(_said(getattr(fact, name), persons))
    return fact.model_copy(update=changed)


@cache
def _hiding(kind: type[Fact]) -> tuple[str, ...]:
    """Its narratives, and whom it names as those something is hidden from."""
    found = kind.model_fields.items()
    return tuple(n for n, each in found if each.annotation == Narrative or n == "hide_from")


def _said(value: tuple[Any, ...], persons: frozenset[UUID]) -> Iterator[Any]:
    for each in value:
        if isinstance(each, Paragraph):
            yield each.model_copy(update={"label": _unwalled(each.label, persons)})
        elif each not in persons:
            yield each


def _unwalled(label: Label, persons: frozenset[UUID]) -> Label:
    left = tuple(each for each in label.hidden_from if each not in persons)
    return label.model_copy(update={"hidden_from": left})


def without_reason(fact: Fact) -> Label:
    basis = fact.label.basis
    if not isinstance(basis, ByStatute | Urgent) or type(fact) in _PASSED_ON or not basis.reason:
        return fact.label
    untold = basis.model_copy(update={"reason": WITHHELD})
    return fact.label.model_copy(update={"basis": untold})
