"""描いたもの: which personal fields of the catalogue a tale fills with words of its own."""

from collections.abc import Collection, Iterator
from typing import Any, get_args

from domain.events import CATALOGUE
from domain.labels import ByStatute, Urgent
from domain.ledger import Ledger
from domain.values import Personal, Value
from tests.ledger.sealed import opened_at, seals

_LABEL = "label"


def personal_fields() -> frozenset[str]:
    """Every field that may hold a word about somebody, in any fact and in the basis of any."""
    kinds: tuple[type[Value], ...] = (*CATALOGUE.values(), ByStatute, Urgent)
    return frozenset(
        f"{kind.__name__}.{name}"
        for kind in kinds
        for name, field in kind.model_fields.items()
        if name != _LABEL and _personal(field.annotation)
    )


def _personal(annotation: Any) -> bool:
    if arguments := get_args(annotation):
        return any(map(_personal, arguments))
    if not isinstance(annotation, type) or not issubclass(annotation, Value):
        return isinstance(annotation, type) and issubclass(annotation, Personal)
    return any(_personal(field.annotation) for field in annotation.model_fields.values())


def drawn(ledger: Ledger, canaries: Collection[str]) -> frozenset[str]:
    """The fields in which one of the canaries was written down."""
    return frozenset(_drawn(ledger, canaries))


def _drawn(ledger: Ledger, canaries: Collection[str]) -> Iterator[str]:
    facts = {(each.stream, each.version): each.fact for each in ledger.read(0, 100_000)}
    opener, sealed = ledger.sealer.opener(), seals(ledger)
    opener.prepare(sealed.values())
    for place, text in sealed.items():
        told = opened_at(opener, place, text)
        if any(canary in told for canary in canaries):
            fact, (name, *_) = facts[place.stream, place.version], place.path.split(".")
            of = fact.label.basis if name == _LABEL else fact
            yield f"{type(of).__name__}.{'reason' if name == _LABEL else name}"
