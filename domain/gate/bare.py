"""言葉を外す: what is left of a fact where only that it was recorded may be known."""

from collections.abc import Iterator
from typing import Any

from domain.events import Fact
from domain.events.consent import InformationRequested, InformationShared
from domain.events.referral import ReferralMade
from domain.labels import ByStatute, Label, Paragraph, Urgent
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


def without_reason(fact: Fact) -> Label:
    basis = fact.label.basis
    if not isinstance(basis, ByStatute | Urgent) or type(fact) in _PASSED_ON or not basis.reason:
        return fact.label
    untold = basis.model_copy(update={"reason": WITHHELD})
    return fact.label.model_copy(update={"basis": untold})
