"""What was shown, once more (再現): nobody decides anything again."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.events.rights import FactCorrected
from domain.gate.bare import Beside, bare, fields, unwalled, without, without_reason
from domain.gate.situation import Situation
from domain.gate.spoken import Item
from domain.gate.verdict import FRAME_ONLY
from domain.labels import Narrative, Paragraph


def shown_again(item: Item, rule: str, withheld: tuple[str, ...], situation: Situation) -> Item:
    """The fact as it was once shown: by what the receipt noted of it, `rule` and `withheld`."""
    changed = dict(_changed_again(item, rule, withheld, situation))
    label = item.fact.label
    if "label.basis.reason" in withheld:
        label = without_reason(item.fact)
    label = situation.label(item.place, label)
    fact = item.fact.model_copy(update={**changed, "label": label})
    unknown = Beside(*(frozenset(_noted(name, withheld)) for name in Beside._fields))
    return item._replace(fact=without(unwalled(fact), unknown), withheld=withheld)


def _noted(name: str, withheld: Iterable[str]) -> Iterator[UUID]:
    """The persons who were left out as such."""
    noted = (path.partition(".") for path in withheld)
    return (UUID(person) for kind, _, person in noted if kind == name)


def _changed_again(
    item: Item, rule: str, withheld: tuple[str, ...], situation: Situation
) -> Iterator[tuple[str, Any]]:
    for name, value in fields(item.fact):
        times = withheld.count(name)
        if isinstance(value, tuple) and value and isinstance(value[0], Paragraph):
            yield name, tuple(_kept_again(item, name, value, withheld, situation))
        elif isinstance(item.fact, FactCorrected) and isinstance(value, Fact) and not times:
            inner = item._replace(version=item.fact.of, fact=value)
            within = tuple(w.removeprefix(f"{name}.") for w in withheld if w.startswith(f"{name}."))
            yield name, shown_again(inner, rule, within, situation).fact
        elif times:
            # What only a frame leaves out is noted once; what is withheld besides, twice.
            yield name, bare(value) if rule in FRAME_ONLY and times == 1 else None


def _kept_again(
    item: Item, name: str, told: Narrative, withheld: tuple[str, ...], situation: Situation
) -> Iterator[Paragraph]:
    for number, paragraph in enumerate(told):
        if f"{name}.{number}" not in withheld:
            label = situation.label(item.place, paragraph.label)
            yield paragraph.model_copy(update={"label": label})
