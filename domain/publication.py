"""公表の記録 as decisions ask: every version of every table that was ever published."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple, cast
from uuid import UUID

from domain.events import PublicationFact
from domain.recorded import Recorded
from domain.suppression import Shown

PUBLICATIONS = UUID("7d0c5f0e-9a31-5d52-8a6b-52f1b8f3c1aa")
"""The one stream of a municipality in which they stand: each decision sees all earlier ones."""


class Release(NamedTuple):
    """一度の公表."""

    fact: PublicationFact
    shown: Shown


@dataclass(frozen=True, slots=True)
class Publications:
    kind: ClassVar[str] = "publication"

    id: UUID
    version: int = 0
    releases: Mapping[tuple[int, str], tuple[Release, ...]] = field(default_factory=dict)

    def evolve(self, recorded: Recorded) -> "Publications":
        """Fold in one fact; never refuse it, for it has already happened."""
        fact = cast("PublicationFact", recorded.fact)
        shown = {cell.key: cell.count for cell in fact.cells}
        key = fact.year, fact.table
        known = (*self.releases.get(key, ()), Release(fact, shown))
        return replace(self, version=recorded.version, releases={**self.releases, key: known})

    def of(self, year: int, table: str) -> tuple[Release, ...]:
        """Oldest first."""
        return self.releases.get((year, table), ())
