"""同僚の氏名: the registrations by which answers call the staff, sealed, each asked for once."""

from collections.abc import Collection
from functools import partial
from uuid import UUID

from domain.events.viewing import NAMED
from domain.gate import Grant, Item, Reader
from domain.ledger.datastore import Datastore
from projections.reading import Group
from projections.staff import names_of, registered


class Colleagues:
    """Nobody is registered twice and no registration is ever changed, so what was read once holds,
    and a view of the past calls everybody as any other does. Who is not registered (yet) is asked
    for again each time.
    """

    def __init__(self, tables: Datastore) -> None:
        self._tables = tables
        self._known: dict[UUID, Group] = {}

    def registered(self, staff: Collection[UUID], reader: Reader) -> list[Item]:
        """As this reader may read them, named by a rule of their own in the receipt."""
        if missing := [each for each in staff if each not in self._known]:
            found = self._tables.read(partial(registered, ids=missing))
            self._known |= {row.stream: row for row in found}
        rows = (self._known[each] for each in staff if each in self._known)
        return [item._replace(grant=Grant(NAMED)) for item in names_of(rows, reader)]
