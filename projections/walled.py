"""壁の向こう: what of a case whoever acts for somebody does not read, so that to write, too, it is
not there.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Place, Reader, walled
from domain.recorded import Recorded, effective
from projections.access import cases
from projections.as_of.folding import row_item


def walled_from(
    connection: Connection[Any], reader: Reader, histories: Mapping[UUID, Sequence[Recorded]]
) -> frozenset[Place]:
    """By the histories of households, and the situation of each as it is today."""
    of = cases(connection, list(histories), reader.today)
    return frozenset(
        place
        for household, history in histories.items()
        for place in walled(reader, map(row_item, effective(history)), of[household].situation)
    )
