"""証明のもと: of one person of a case, the records from which a 証明 may be made by this reader."""

from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.gate import Item, Reader, Situation
from projections.access import cases
from projections.case_view import PersonView, view_of

_KINDS = ("consultation", "outreach", "plan")


class Records(NamedTuple):
    """本人と、その記録: `ids` are all those under which the person is known."""

    person: PersonView
    ids: frozenset[UUID]
    items: tuple[Item, ...]
    situation: Situation


def records_of(
    connection: Connection[Any], household: UUID, person: UUID, *, reader: Reader
) -> Records | None:
    """None where the reader does not know of the person in this case."""
    case = cases(connection, [household], reader.today, all_kinds=True)[household]
    view = view_of(case, household, reader)
    known = case.persons.get(person)
    if view is None or known is None or known.id not in view.people:
        return None
    groups = (group for kind in _KINDS for group in view.rows.get(kind, ()))
    items = tuple(item for group in groups for item in group.items)
    return Records(view.people[known.id], known.ids, items, case.situation)
