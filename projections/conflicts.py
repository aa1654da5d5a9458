"""だれかの側に立つ世帯: where the reader acts for one of the household, or for somebody from whom
one of it is protected. What is due there puts no list of theirs in order, 支援措置 or not: what
asks for it may be nothing they may know of.
"""

from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Reader, takes_sides
from projections.access import cases
from projections.people import people
from projections.reading import fetch

_THEIRS = """
    WITH acting AS (
        SELECT split_part(g.key, ':', 2) AS person, each->'fact' AS fact
        FROM projections.case_view g,
            LATERAL jsonb_array_elements(('[' || left(g.told, -1) || ']')::jsonb) each
        WHERE g.key LIKE 'guardian:%%' AND each->>'name' = 'GuardianAppointed'
        UNION ALL
        SELECT s.person::text, each->'fact' FROM projections.sittings s,
            LATERAL jsonb_array_elements(('[' || left(s.told, -1) || ']')::jsonb) each
        WHERE s.person IS NOT NULL AND each->>'name' = 'AttendeeInvited'
    )
    SELECT DISTINCT person::uuid FROM acting
    WHERE fact->>'agency' = %(agency)s OR fact->>'staff' = %(staff)s
"""
_PROTECTED = """
    SELECT DISTINCT stream FROM projections.people
    WHERE key LIKE 'concealment:%%' AND told LIKE ANY (%s)
"""
_HOMES = """
    SELECT DISTINCT stream FROM projections.case_view WHERE key = ANY (%s) AND key LIKE 'member:%%'
"""


def sided_in(connection: Connection[Any], reader: Reader) -> list[UUID]:
    """These households, with all that became one with them."""
    of = cases(connection, _candidates(connection, reader), reader.today)
    sided = [case for case in of.values() if takes_sides(reader, case.situation)]
    return sorted({household for case in sided for household in case.of})


def _candidates(connection: Connection[Any], reader: Reader) -> list[UUID]:
    """Of those for whom the reader acts, or did; of whoever is, or was, protected from them."""
    given = {"agency": reader.capacity.agency, "staff": str(reader.staff)}
    theirs = [row[0] for row in fetch(connection, _THEIRS, given)]
    if not theirs:
        return []
    acted_for = _ids(connection, theirs)
    named = [f"%{each}%" for each in acted_for]
    protected = [row[0] for row in fetch(connection, _PROTECTED, (named,))]
    keys = [f"member:{each}" for each in acted_for | _ids(connection, protected)]
    return [row[0] for row in fetch(connection, _HOMES, (keys,))]


def is_feared(connection: Connection[Any], persons: frozenset[UUID]) -> bool:
    """Whether anybody, of whatever household, is protected from this person today."""
    named = [f"%{each}%" for each in persons]
    protected = [row[0] for row in fetch(connection, _PROTECTED, (named,))]
    known = people(connection, protected).values()
    return any(not persons.isdisjoint(each.counterparties) for each in known)


def _ids(connection: Connection[Any], persons: list[UUID]) -> set[UUID]:
    return {each for person in people(connection, persons).values() for each in person.ids}
