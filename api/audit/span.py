"""期間: from one Japanese day to another, both included."""

from datetime import date
from typing import Annotated, ClassVar

from fastapi import Query

from api.problems import Problem
from domain.values import Day

From = Annotated[Day, Query(alias="from", description="この日から")]
To = Annotated[Day, Query(alias="to", description="この日まで")]


class FromAfterTo(Problem):
    """from は、to と同じ日か、それより前の日にしてください。"""

    status: ClassVar[int] = 422


def in_order(since: date, until: date) -> None:
    """FromAfterTo: on no day at all nobody looked, which would read as if nobody had."""
    if since > until:
        raise FromAfterTo
