"""A projection: tables, and one pure function from a recorded fact to their rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from domain.ledger import Recorded
from projections.table import Row, Table


@dataclass(frozen=True, eq=False)
class Projection:
    """`shape` is raised when tables or rows change: the tables are then built anew beside the old.

    One that `stops` (consent and audit) stands still at a fact it cannot tell; the others put the
    household aside and go on.
    """

    name: str
    shape: int
    tables: tuple[Table, ...]
    rows: Callable[[Recorded], Iterable[Row]]
    stops: bool = False
