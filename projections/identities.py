"""Identities (身元): by what people may be found, sealed, as it is read for the index of names.

Read lean, straight from the rows: forty thousand people are read at every start.
"""

from collections.abc import Iterable, Mapping
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
    SELECT stream, key, position, CASE WHEN key = ANY (%s) THEN convert_to(told, 'UTF8') END
    FROM projections.people WHERE position > %s ORDER BY position LIMIT %s
"""
_OF = """
    SELECT stream, key, told FROM projections.people
    WHERE stream = ANY (%s) AND key = ANY (%s) ORDER BY 1, 2
"""


class Told(NamedTuple):
    """One fact by which a person may be found: its texts by their paths, sealed, and of which of
    its fields each is.
    """

    version: int
    words: int
    subjects: tuple[UUID, ...]
    fields: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    birth_year: int | None


class Identity(NamedTuple):
    """本人: what one row of a person's own record says, up to a position; nothing where it is a row
    by which nobody is found.
    """

    person: UUID
    row: str
    position: int
    told: tuple[Told, ...]


def changed_identities(connection: Connection[Any], *, after: int, limit: int) -> list[Identity]:
    """The rows of people in which something was recorded since, the earliest first; mostly there
    is none.
    """
    rows = fetch(connection, _CHANGED, (list(KINDS), after, limit))
    return [
        Identity(person, row, position, _facts(told) if told else ())
        for person, row, position, told in rows
    ]


def identities(connection: Connection[Any], persons: Iterable[UUID]) -> dict[UUID, list[Group]]:
    """The same rows as the gate asks for them, of everybody under their own id."""
    wanted = list(persons)
    found: dict[UUID, list[Group]] = {person: [] for person in wanted}
    for group in groups(fetch(connection, _OF, (wanted, list(KINDS)))):
        found[group.stream].append(group)
    return found


def _facts(told: bytes) -> tuple[Told, ...]:
    read = from_json(b"[%b]" % told[:-1], cache_strings="keys")
    return tuple([_told(each) for each in read if each["name"] in _FIELDS])


def _told(each: dict[str, Any]) -> Told:
    fact, version = each["fact"], each["version"]
    words = each.get("words", version)
    before = "" if words == version else REPLACEMENT
    fields, texts = [], []
    for field in _FIELDS[each["name"]]:
        held = fact.get(field)
        if type(held) is list:
            fields += [field] * len(held)
            texts += [(f"{before}{field}.{place}", text) for place, text in enumerate(held)]
        elif held is not None:
            fields.append(field)
            texts.append((before + field, held))
    subjects = tuple(map(UUID, fact["label"]["subjects"]))
    return Told(version, words, subjects, tuple(fields), tuple(texts), fact.get("birth_year"))
