"""通報 (tips): what was marked as a tip later is told as if it had been marked at once.

An extract keeps what was known before a correction beside what is known since. What a tip must not
say (rule 31) is in neither.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from domain.events import Fact
from domain.events.rights import FactCorrected
from domain.labels import Tag
from domain.recorded import Recorded


def is_tip(fact: Fact) -> bool:
    return Tag.INFORMANT in fact.label.tags


def as_tips(history: Sequence[Recorded]) -> Sequence[Recorded]:
    """The same history; in each record of a tip, and in all that corrected it, the mark."""
    tips = frozenset(_tips(history))
    return [_marked(each) if _of(each) in tips else each for each in history] if tips else history


def _tips(history: Iterable[Recorded]) -> Iterable[int]:
    for recorded in history:
        told = getattr(recorded.fact, "replacement", None)
        if is_tip(recorded.fact) or (told and is_tip(told)):
            yield _of(recorded)


def _of(recorded: Recorded) -> int:
    fact = recorded.fact
    return fact.of if isinstance(fact, FactCorrected) else recorded.version


def _marked(recorded: Recorded) -> Recorded:
    fact = recorded.fact
    if isinstance(fact, FactCorrected):
        told = fact.replacement and _with_mark(fact.replacement)
        return replace(recorded, fact=fact.model_copy(update={"replacement": told}))
    return replace(recorded, fact=_with_mark(fact))


def _with_mark(fact: Any) -> Any:
    tags = tuple(dict.fromkeys((*fact.label.tags, Tag.INFORMANT)))
    label = fact.label.model_copy(update={"tags": tags})
    return fact.model_copy(update={"label": label})
