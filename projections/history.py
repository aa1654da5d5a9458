"""The history as it reads today: corrections in place, labels as strict as they became."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.labels import Label, Paragraph
from domain.recorded import Recorded, effective

_REWRITERS = frozenset({FactCorrected, MisfiledRecordWithdrawn, LabelTightened})


def rewrites(fact: Fact) -> bool:
    """Whether earlier facts of the stream read otherwise from here on, or are for fewer eyes."""
    return type(fact) in _REWRITERS


def as_it_reads(history: Sequence[Recorded]) -> list[Recorded]:
    """What a projection is told of one stream; without corrections, the history itself."""
    told = effective(history)
    stricter: dict[int, list[LabelTightened]] = {}
    for recorded in told:
        if isinstance(recorded.fact, LabelTightened):
            stricter.setdefault(recorded.fact.of, []).append(recorded.fact)
    return [
        replace(recorded, fact=_tightened(recorded.fact, stricter[recorded.version]))
        if recorded.version in stricter
        else recorded
        for recorded in told
    ]


def _tightened(fact: Fact, by: list[LabelTightened]) -> Fact:
    changed: dict[str, Any] = {"label": _stricter(fact.label, by)}
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Paragraph):
            changed[name] = tuple(
                part.model_copy(update={"label": _stricter(part.label, by)}) for part in value
            )
    return fact.model_copy(update=changed)


def _stricter(label: Label, by: list[LabelTightened]) -> Label:
    for fact in by:
        hidden = dict.fromkeys((*label.hidden_from, *fact.hide_from))
        label = label.model_copy(
            update={
                "category": fact.category or label.category,
                "hidden_from": tuple(hidden),
                "concealed": label.concealed or fact.conceal,
            }
        )
    return label
