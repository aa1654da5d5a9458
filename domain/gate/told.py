"""The facts in order, by kind: of which the situation is told."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domain.events import Fact
from domain.gate.spoken import Item
from domain.gate.verdict import Place


class Told:
    """`same` says whom persons were found to be."""

    def __init__(self, items: Iterable[Item], same: Mapping[UUID, UUID]) -> None:
        self.items, self.same = sorted(items, key=lambda item: item.place), same
        self.kinds: dict[type[Fact], list[Item]] = {}
        for item in self.items:
            self.kinds.setdefault(type(item.fact), []).append(item)

    def of(self, *kinds: type[Fact]) -> list[tuple[Place, Any]]:
        found = [(item.place, item.fact) for kind in kinds for item in self.kinds.get(kind, ())]
        return sorted(found, key=lambda each: each[0]) if len(kinds) > 1 else found

    def who(self, *persons: UUID) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(self.same.get(person, person) for person in persons))
