"""履歴: the facts of a household one by one, as they read now; only corrections need them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple, Optional
from uuid import UUID

from domain.events import Fact
from domain.household import Household
from domain.recorded import Recorded


class Link(NamedTuple):
    """Linked backwards, so that folding a long history stays linear."""

    recorded: Recorded
    before: Optional["Link"]


@dataclass(frozen=True, slots=True)
class History:
    kind: ClassVar[str] = "household"

    id: UUID
    version: int = 0
    last: Link | None = None

    def evolve(self, recorded: Recorded) -> "History":
        return replace(self, version=recorded.version, last=Link(recorded, self.last))

    def __iter__(self) -> Iterator[Recorded]:
        """From the newest back."""
        at = self.last
        while at is not None:
            yield at.recorded
            at = at.before

    def at(self, version: int) -> Recorded | None:
        return next((recorded for recorded in self if recorded.version == version), None)

    def household(self, otherwise: Mapping[int, Fact | None]) -> Household:
        """The household as it would be, had these facts been otherwise, or not at all."""
        household = Household(id=self.id)
        for recorded in reversed(list(self)):
            fact = otherwise.get(recorded.version, recorded.fact)
            if fact is not None:
                household = household.evolve(replace(recorded, fact=fact))
        return household
