"""利用停止 (個情法100条): whose records are used no more, and in which households."""

from collections.abc import Container
from typing import NamedTuple
from uuid import UUID

from domain.gate.spoken import Item
from domain.gate.verdict import Place


class Suspension(NamedTuple):
    """Of the facts named, or of everything about the person until then (`position`); `reaches` are
    the household and all that had become part of it.
    """

    place: Place
    person: UUID
    versions: frozenset[int]
    position: int
    reaches: frozenset[UUID]

    def stops(self, item: Item, about: Container[UUID]) -> bool:
        """Whether this is one of those named; where none was, of those about the person."""
        if self.versions:
            return item.stream == self.place.stream and item.version in self.versions
        told_there = item.stream in self.reaches and item.position < self.position
        return told_there and self.person in about
