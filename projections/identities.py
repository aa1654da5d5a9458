"""Identities (身元): by what people may be found, sealed, as it is read for the index of names.

Read lean, straight from the rows: forty thousand people are read at every start.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from pydantic_core import from_json

from domain.ledger import REPLACEMENT
from projections.reading import Group, fetch, groups

KINDS = ("identity", "safe-contact")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "PersonNoted": ("nickname",),
    "PersonIdentified": ("name", "kana", "birth_date", "phones"),
    "SafeContactAgreed": ("phone",),
}
_CHANGED = """
    WITH changed AS (
        SELECT stream, max(position) AS position FROM projections.people WHERE position > %s
        GROUP BY stream ORDER BY 2 LIMIT %s
    )
    SELECT changed.stream, changed.position, told FROM changed
    LEFT JOIN projections.people p ON p.stream = changed.stream AND key = ANY (%s)
    ORDER BY 2, key
"""
_OF = """
    SELECT stream, key, told FROM projections.people
    WHERE stream = ANY (%s) AND key = ANY (%s) ORDER BY 1, 2
"""


class Told(NamedTuple):
    """One fact by which a person may be found: its texts by their paths, sealed."""

    version: int
    words: int
    subjects: tuple[UUID, ...]
    texts: tuple[tuple[str, str], ...]
    birth_year: int | None


class Identity(NamedTuple):
    """本人: all that one person's own record says, up to a position."""

    person: UUID
    position: int
    told: tuple[Told, ...]


def changed_identities(connection: Connection[Any], *, after: int, limit: int) -> list[Identity]:
    """Those of whom something was recorded since, the earliest first; mostly there is nobody."""
    ((last,),) = fetch(connection, "SELECT max(position) FROM projections.people", ())
    if last is None or last <= after:
        return []
    found: dict[UUID, Identity] = {}
    for person, position, told in fetch(connection, _CHANGED, (after, limit, list(KINDS))):
        known = found.get(person)
        facts = (*known.told, *_facts(told)) if known else tuple(_facts(told))
        found[person] = Identity(person, position, facts)
    return list(found.values())


def identities(connection: Connection[Any], persons: Iterable[UUID]) -> dict[UUID, list[Group]]:
    """The same rows as the gate asks for them, of everybody under their own id."""
    wanted = list(persons)
    found: dict[UUID, list[Group]] = {person: [] for person in wanted}
    for group in groups(fetch(connection, _OF, (wanted, list(KINDS)))):
        found[group.stream].append(group)
    return found


def _facts(told: str | None) -> Iterator[Told]:
    for each in from_json(f"[{told[:-1]}]") if told else ():
        if each["name"] in _FIELDS:
            fact, version = each["fact"], each["version"]
            words = each.get("words", version)
            before = "" if words == version else REPLACEMENT
            texts = tuple(_texts(fact, _FIELDS[each["name"]], before))
            subjects = tuple(map(UUID, fact["label"]["subjects"]))
            yield Told(version, words, subjects, texts, fact.get("birth_year"))


def _texts(fact: dict[str, Any], names: tuple[str, ...], before: str) -> Iterator[tuple[str, str]]:
    for name in names:
        held = fact.get(name)
        if type(held) is list:
            for place, text in enumerate(held):
                yield f"{before}{name}.{place}", text
        elif held is not None:
            yield before + name, held
