"""統合前の世帯: what the records of a household merged away still say where its case is kept now.

A state of its own, because whoever works on the merged household need not have been involved in the
earlier one: a decision may name its stream, and nobody is let in thereby.
"""

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from domain.household import Household
from domain.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Former:
    kind: ClassVar[str] = "household"

    id: UUID
    said: Household | None = None

    @property
    def household(self) -> Household:
        return self.said or Household(id=self.id)

    @property
    def version(self) -> int:
        return self.household.version

    def evolve(self, recorded: Recorded) -> "Former":
        return replace(self, said=self.household.evolve(recorded))
