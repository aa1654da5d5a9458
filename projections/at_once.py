"""まとめて読む: what a case nearly always rests on, in one round trip.

Asking costs more than what is answered: five questions one after the other were a third of a case
view. What the rows of the households themselves do not settle (whoever became one with them, a
相手方 from elsewhere) is asked for afterwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection

from projections.people import PEOPLE_OF, by_stream, rows_of
from projections.reading import Group, fetch, groups
from projections.sides import ASIDE, GUARDIANS_OF, SEATS_OF, Acting, acting, by_person

_HOMES_OF = "SELECT stream, key, told FROM projections.case_view WHERE stream = ANY ({homes})"
_TAKEN_UP = "projections.sittings WHERE household = ANY ({homes}) OR stream = ANY ({homes})"
"""The items that take them up, and those at which somebody spoke of them (事例検討)."""
_SITTINGS_OF = f"""
    WITH taken (up, items) AS MATERIALIZED (
        SELECT array_agg(sitting), array_agg(item) FROM {_TAKEN_UP}
    )
    SELECT stream, key, told FROM projections.sittings
    WHERE stream = ANY ((SELECT up FROM taken)::uuid[]) AND stream = sitting
        AND (item IS NULL OR item = ANY ((SELECT items FROM taken)::uuid[]))
"""  # noqa: S608 - our own names
_OF_KINDS = " AND split_part(key, ':', 1) = ANY ({kinds})"
_GIVEN = {"homes": "%(homes)s", "kinds": "%(kinds)s"}
_ASKED = {
    "homes": "(SELECT homes FROM asked)::uuid[]",
    "kinds": "(SELECT kinds FROM asked)::text[]",
}
_MEMBER = "member:"
_THEY = "(SELECT ids FROM belonging)::uuid[]"


def _question(homes: str) -> str:
    """One statement; its planner sees `ids` as an array, and so goes by the indexes. It sees no
    parameters, and so plans once for each connection: planning took longer than answering.
    """
    parts = {
        "home": "SELECT stream, key, told FROM home",
        "person": PEOPLE_OF.format(_THEY),
        "guardian": GUARDIANS_OF.format(_THEY),
        "seat": SEATS_OF.format(_THEY),
        "sitting": _SITTINGS_OF.format(**_ASKED),
        "aside": ASIDE,
    }
    every = " UNION ALL ".join(
        f"SELECT '{part}' AS part, q.* FROM ({query}) q"  # noqa: S608 - our own names
        for part, query in parts.items()
    )
    return f"""
        WITH asked (homes, kinds) AS MATERIALIZED (
            SELECT %(homes)s::uuid[], %(kinds)s::text[]
        ),
        home AS MATERIALIZED ({homes.format(**_ASKED)}),
        belonging (ids) AS MATERIALIZED (
            SELECT ARRAY(SELECT substr(key, {len(_MEMBER) + 1})::uuid FROM home
                WHERE key LIKE '{_MEMBER}%%')
        )
        {every} ORDER BY 1, 2, 3
    """  # noqa: S608 - our own names


_EVERYTHING, _WHAT_DECIDES = _question(_HOMES_OF), _question(_HOMES_OF + _OF_KINDS)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The rows of some households and of all who belong or belonged to them; `aside` are all
    streams of which some projection could not tell everything, and whoever belongs there.
    """

    connection: Connection[Any]
    homes: dict[UUID, list[Group]]
    aside: frozenset[UUID]
    _people: Mapping[UUID, list[Group]]
    _acting: Acting
    _sittings: list[Group]

    def people(self, ids: Sequence[UUID]) -> dict[UUID, list[Group]]:
        """The rows of each of these persons, whether they belong or not."""
        known = {each: self._people[each] for each in ids if each in self._people}
        return known | rows_of(self.connection, [each for each in ids if each not in known])

    def acting(self, ids: Iterable[UUID]) -> Acting:
        """Who acts for each of these, likewise."""
        more = [each for each in ids if each not in self._people]
        return {**self._acting, **acting(self.connection, more)}

    def sittings(self, households: Iterable[UUID]) -> list[Group]:
        """Of the sittings that took up these households, what is about them or about no item."""
        if self.homes.keys() == set(households):
            return self._sittings
        given = {"homes": list(households)}
        return groups(
            fetch(self.connection, _SITTINGS_OF.format(**_GIVEN) + " ORDER BY 1, 2", given)
        )


def at_once(
    connection: Connection[Any], households: Sequence[UUID], kinds: Sequence[str] = ()
) -> AtOnce:
    """With all rows of the households, or those of some kinds; members must be among them."""
    given = {"homes": list(households), "kinds": list(kinds)}
    parts: dict[str, list[Any]] = {}
    for part, *row in fetch(connection, _WHAT_DECIDES if kinds else _EVERYTHING, given):
        parts.setdefault(part, []).append(row)
    aside = frozenset(row[0] for row in parts.pop("aside", ()))
    found = {part: groups(rows) for part, rows in parts.items()}
    home = found.get("home", [])
    belong = (UUID(each.key.removeprefix(_MEMBER)) for each in home if each.kind == "member")
    return AtOnce(
        connection,
        by_stream(home, households),
        aside,
        by_stream(found.get("person", ()), belong),
        by_person(found.get("guardian", ()), found.get("seat", ())),
        found.get("sitting", []),
    )


def homes_of(
    connection: Connection[Any], households: Sequence[UUID], kinds: Sequence[str] = ()
) -> dict[UUID, list[Group]]:
    """The rows of households alone."""
    query = (_HOMES_OF + _OF_KINDS if kinds else _HOMES_OF).format(**_GIVEN) + " ORDER BY 1, 2"
    given = {"homes": list(households), "kinds": list(kinds)}
    return by_stream(groups(fetch(connection, query, given)), households)
