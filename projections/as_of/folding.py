"""Folding (積み上げ): recorded facts become rows in memory, by the projections' own functions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from domain.gate import Item, item_of
from domain.recorded import Recorded
from projections.page import light
from projections.projection import Projection
from projections.reading import Group, grouped
from projections.table import Table


@dataclass(slots=True)
class Line:
    """One row: what its columns say, and the facts that are told in it."""

    stream: UUID
    key: str
    columns: dict[str, Any] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    @property
    def group(self) -> Group:
        return grouped(self.stream, self.key, self.items)

    def put(self, columns: Mapping[str, Any]) -> None:
        """A column that is set stays set, as in the database."""
        self.columns |= {name: value for name, value in columns.items() if value is not None}


def row_item(recorded: Recorded) -> Item:
    """As a row tells it."""
    return item_of(replace(recorded, fact=light(recorded.fact)))


def folded(projection: Projection, history: Iterable[Recorded], table: Table) -> list[Line]:
    """The rows of one stream in one of its tables, in the order of their keys."""
    found: dict[str, Line] = {}
    for recorded in history:
        for into, key, columns, told in projection.rows(recorded):
            if into is not table:
                continue
            line = found.get(key)
            if line is None:
                line = found[key] = Line(recorded.stream, key)
            if columns:
                line.put(columns)
            if told:
                line.items.append(row_item(recorded))
    return [found[key] for key in sorted(found)]


def groups(projection: Projection, history: Iterable[Recorded], table: Table) -> list[Group]:
    return [line.group for line in folded(projection, history, table)]
