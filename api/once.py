"""一度きり: a protected place that two people opened in an emergency is shown to one request alone.

What was read a moment ago may not stand in the tables yet. So nobody else has their turn until the
receipt of such a view can be read there; where that takes too long, nothing is shown.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from api.problems import NotYetShown
from api.services import PATIENCE, Services
from domain.gate import ONCE, Item, Place
from projections.every import BOOK_NAMES
from projections.once import in_turn, unused


@contextmanager
def once(services: Services, items: Iterable[Item]) -> Iterator[None]:
    """NotYetShown where another request has had the one view, or is having it: whoever asks again
    is answered without the place.
    """
    granted = (item.grant for item in items if item.grant and item.grant.rule == ONCE)
    accesses = sorted({Place(*grant.facts[0]) for grant in granted})
    if not accesses:
        yield
        return
    with services.tables.session() as connection, connection.transaction():
        if not (in_turn(connection, accesses) and unused(connection, accesses)):
            raise NotYetShown
        yield
        if not services.arrivals.wait_for(services.book.written, BOOK_NAMES, PATIENCE):
            raise NotYetShown
