"""The facts in order, by kind: of which the situation is told."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.gate.oneness import Oneness
from domain.gate.spoken import Item
from domain.gate.verdict import Place


class Told:
    """`one` says whom persons were found to be."""

    def __init__(self, items: Iterable[Item], one: Oneness) -> None:
        self.items, self.one = sorted(items, key=lambda item: item.place), one
        self.kinds: dict[type[Fact], list[Item]] = {}
        for item in self.items:
            self.kinds.setdefault(type(item.fact), []).append(item)

    def of(self, *kinds: type[Fact]) -> list[tuple[Place, Any]]:
        found = [(item.place, item.fact) for kind in kinds for item in self.kinds.get(kind, ())]
        return sorted(found, key=lambda each: each[0]) if len(kinds) > 1 else found

    def who(self, *persons: UUID) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(map(self.one.who, persons)))
