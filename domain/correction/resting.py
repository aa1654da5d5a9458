"""拠っていた記録: the later facts that rested on a corrected one, for somebody to look at again."""

from typing import Any
from uuid import UUID

from domain.correction.history import History
from domain.events import Fact
from domain.events.consent import ConsentGiven
from domain.events.meeting import BroughtToSitting, PlanDecided, PlanDrafted
from domain.labels import ByConsent, BySitting
from domain.recorded import Recorded
from domain.values import PersonId

_VERSIONS = ("facts", "enclosed", "tabled", "of", "after")
"""Fields that name facts of the same household by version."""


def rested_on(original: Recorded, history: History) -> tuple[int, ...]:
    """Those that name it, use it as their basis, or needed that person's consent."""
    key, persons = key_of(original.fact), _consenting(original.fact)
    plans = {
        told.fact.plan
        for told in history
        if isinstance(told.fact, PlanDrafted) and persons.intersection(told.fact.persons)
    }
    later = [told for told in history if told.version > original.version]
    found = [
        told.version
        for told in later
        if _names(told.fact, original.version, key) or _needed(told.fact, persons, plans)
    ]
    return tuple(sorted(found))


def key_of(fact: Fact) -> UUID | None:
    """The id of the thing the fact brought about: its first field that is an id of no stream."""
    fields = type(fact).model_fields.items()
    name = next((name for name, field in fields if field.annotation is UUID), None)
    return getattr(fact, name) if name else None


def _consenting(fact: Fact) -> frozenset[PersonId]:
    return frozenset({fact.person} if isinstance(fact, ConsentGiven) else ())


def _names(fact: Fact, version: int, key: UUID | None) -> bool:
    versions: list[Any] = [getattr(fact, name, None) for name in _VERSIONS]
    if any(v == version or (isinstance(v, tuple) and version in v) for v in versions):
        return True
    return key is not None and (key in fact.__dict__.values() or _basis(fact) == key)


def _basis(fact: Fact) -> UUID | None:
    match fact.label.basis:
        case ByConsent(consent=consent):
            return consent
        case BySitting(item=item):
            return item
        case _:
            return None


def _needed(fact: Fact, persons: frozenset[PersonId], plans: set[UUID]) -> bool:
    match fact:
        case PlanDecided(plan=plan):
            return plan in plans
        case BroughtToSitting(subjects=subjects):
            return not persons.isdisjoint(subjects)
        case _:
            return False
