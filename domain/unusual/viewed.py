"""閲覧簿から: the lines that a fact of the 閲覧簿 gives the rules to look at."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from domain.events.viewing import ReadRefused, RecordsShown, Viewing
from domain.unusual.reads import Outcome, ReadLine, ReceiptRef
from domain.values import Author


def lines_of(
    author: Author, at: datetime, receipt: ReceiptRef, viewing: Viewing
) -> Iterator[ReadLine]:
    """None for what is no read of records: the 閲覧簿 itself, the server's own index."""
    if not isinstance(viewing, RecordsShown | ReadRefused):
        return
    shown = isinstance(viewing, RecordsShown)
    persons: tuple[UUID, ...] = viewing.subjects if isinstance(viewing, RecordsShown) else ()
    for household in viewing.households or (None,):
        yield ReadLine(
            staff=author.staff,
            agency=author.capacity.agency,
            desk=author.capacity.desk,
            role=author.capacity.role,
            at=at,
            household=household,
            persons=persons,
            purpose=viewing.purpose,
            view=viewing.view,
            outcome=Outcome.SHOWN if shown else Outcome.REFUSED,
            receipt=receipt,
        )
