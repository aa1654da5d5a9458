"""指し示す先: the earlier records of its stream that a fact speaks of, by their numbers or by the
ids of what they began. Whoever may not know of those learns nothing of them by it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, get_args, get_type_hints
from uuid import UUID

from domain.events import KIND_OF, Fact
from domain.events.base import FactNumber
from domain.gate.spoken import Item
from domain.gate.verdict import Place

_POINTING = frozenset({"household", "person"})
"""What a sitting recorded stands behind the walls of its items."""
_NO_RECORD = frozenset({"item", "proposed_by"})
"""議題, of which each record is of others; and colleagues."""
_OF_THE_CASE = frozenset({"after", "evaluated_plan"})
"""That a case was closed and goes on is told to whoever reads that; what went before is not."""

Begun = Mapping[tuple[UUID, UUID], Item]


def begun(items: Iterable[Item]) -> Begun:
    """By stream and id, the record that first told of it."""
    found: dict[tuple[UUID, UUID], Item] = {}
    for item in items:
        if KIND_OF[type(item.fact)] in _POINTING:
            for each in _ids(item.fact):
                found.setdefault((item.stream, each), item)
    return found


def pointees(item: Item, at: Mapping[Place, Item], by_id: Begun) -> tuple[Item, ...]:
    """Those that are there: a record speaks of what was before it."""
    if KIND_OF[type(item.fact)] not in _POINTING:
        return ()
    numbered = (at.get(Place(item.stream, number)) for number in _numbers(item.fact))
    named = (by_id.get((item.stream, each)) for each in _ids(item.fact))
    earlier = (each for each in (*numbered, *named) if each and each.version < item.version)
    return tuple({each.place: each for each in earlier}.values())


def spoken_of(item: Item, at: Mapping[Place, Item], by_id: Begun) -> list[Item]:
    """Those, and of which they do, in the order in which they were told."""
    found: dict[Place, Item] = {}
    waiting = [item]
    while waiting:
        new = (each for each in pointees(waiting.pop(), at, by_id) if each.place not in found)
        for each in new:
            found[each.place] = each
            waiting.append(each)
    return [found[place] for place in sorted(found)]


def _numbers(fact: Fact) -> Iterator[int]:
    """記録の番号: of which records of its stream it speaks."""
    return _given(fact, _numbered(type(fact)))


def pointing(kind: type[Fact]) -> frozenset[str]:
    """The fields by which such a fact may speak of another."""
    return frozenset((*_numbered(kind), *_named(kind)))


def _ids(fact: Fact) -> Iterator[UUID]:
    return _given(fact, _named(type(fact)))


def _given(fact: Fact, fields: Iterable[str]) -> Iterator[Any]:
    for name in fields:
        value = getattr(fact, name)
        yield from value if isinstance(value, tuple) else () if value is None else (value,)


@cache
def _numbered(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(_typed(kind, FactNumber, _OF_THE_CASE))


@cache
def _named(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(_typed(kind, UUID, _NO_RECORD | _OF_THE_CASE))


def _typed(kind: type[Fact], mark: object, but: frozenset[str]) -> Iterator[str]:
    hints = get_type_hints(kind, include_extras=True)
    for name in kind.model_fields:
        if name not in but and mark in {hints[name], *get_args(hints[name])}:
            yield name
