"""閲覧簿を引く: who saw this, in which capacity, for what, by which rule, and who was refused."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from pydantic_core import from_json

from domain.events.person import PersonsMerged
from domain.events.viewing import (
    NAMED,
    VIEWINGS,
    BookRead,
    ReadRefused,
    RecordsShown,
    Viewing,
    days_book,
)
from domain.values import READ, Author, Capacity, Role, StaffId
from projections.conflicts import Recused
from projections.reading import fetch, groups


class Place(NamedTuple):
    stream: UUID
    version: int


class Read(NamedTuple):
    """One line: who read what, in which capacity, for what and by which rule; or was refused."""

    receipt: Place
    position: int
    line: int
    at: datetime
    staff: UUID
    capacity: Capacity
    purpose: str | None
    view: str
    outcome: str
    household: UUID | None
    item: Place | None
    words: int | None
    subjects: tuple[UUID, ...]
    rule: str | None
    facts: tuple[Place, ...]
    withheld: tuple[str, ...]
    asked: Mapping[str, str]


COLUMNS = """
    SELECT stream, version, position, line, at, staff, agency, desk, role, purpose, view, outcome,
        household, item, item_version, words, subjects, rule, facts, withheld, asked
"""
_SELECT = (
    COLUMNS
    + """
    FROM projections.reads
    WHERE {about} AND at >= %(since)s::date::timestamp AT TIME ZONE 'Asia/Tokyo'
        AND at < (%(until)s::date + 1)::timestamp AT TIME ZONE 'Asia/Tokyo'
        AND (position, line) < (%(position)s, %(line)s)
        AND CASE WHEN outcome IN ('book', 'refused') AND staff = %(asker)s THEN true
            WHEN household IS NOT NULL THEN household <> ALL (%(homes)s::uuid[])
            ELSE coalesce(item <> ALL (%(streams)s::uuid[]), true)
                AND NOT subjects ?| %(streams)s::text[]
                AND NOT coalesce(named ?| %(streams)s::text[], false) END
    ORDER BY position DESC, line DESC LIMIT %(limit)s
"""
)
_HOUSEHOLD = _SELECT.format(about="household = %(id)s")
_ASKED = "subjects @> ANY (%(each)s::text[]::jsonb[]) OR named @> ANY (%(each)s::text[]::jsonb[])"
_NOBODY = _SELECT.format(about=f"({_ASKED})")
_PERSON = _SELECT.format(about=f"({_ASKED} OR item = ANY (%(ids)s::uuid[]))")
_STAFF = _SELECT.format(about="staff = %(id)s")
_FACT = _SELECT.format(about="item = %(id)s AND item_version = %(version)s")
_NEWEST = (2**62, 0)


def who_saw(  # noqa: PLR0913 - each may be asked by itself
    connection: Connection[Any],
    *,
    household: UUID | None = None,
    person: UUID | None = None,
    also: Iterable[UUID] = (),
    nobody: UUID | None = None,
    staff: UUID | None = None,
    fact: tuple[UUID, int] | None = None,
    recused: Recused,
    since: date,
    until: date,
    before: tuple[int, int] | None = None,
    limit: int = 100,
) -> list[Read]:
    """Who saw this household, person or fact, or what a staff member saw, on these Japanese days,
    both included; newest first, from before a (position, line) on. `also` are other ids of the
    person (see `one_with`); of `nobody`, an id that is no person's, only who asked for it is told.
    Of what is recused, the asker is told what they asked themselves.
    """
    asked = ((_HOUSEHOLD, household), (_PERSON, person), (_NOBODY, nobody), (_STAFF, staff))
    query, stream = next((each for each in asked if each[1]), (_FACT, None))
    stream, version = fact or (stream, None)
    ids = (*filter(None, (person, nobody)), *also)
    position, line = before or _NEWEST
    given = {
        "id": stream,
        "ids": list(ids),
        "each": [f'["{each}"]' for each in ids],
        "version": version,
        "asker": recused.asker,
        "homes": list(recused.households),
        "streams": list(recused.streams),
        "since": since,
        "until": until,
        "position": position,
        "line": line,
        "limit": limit,
    }
    return [read_of(*row) for row in fetch(connection, query, given)]


_SAME = "SELECT stream, key, told FROM projections.people WHERE stream = ANY (%s) AND key = 'same'"


def one_with(connection: Connection[Any], person: UUID) -> tuple[UUID, ...]:
    """Everybody this person was ever found to be one with (名寄せ), the person first: what was
    read under another id was read about them.
    """
    found, asked = dict.fromkeys((person,)), [person]
    while asked:
        rows = groups(fetch(connection, _SAME, (asked,)))
        pairs = (item.fact for row in rows for item in row.items)
        told = [p for f in pairs if isinstance(f, PersonsMerged) for p in (f.survivor, f.absorbed)]
        asked = [each for each in dict.fromkeys(told) if each not in found]
        found |= dict.fromkeys(asked)
    return tuple(found)


def read_of(*row: Any) -> Read:
    """A row as the columns above name it."""
    stream, version, position, line, at, staff, agency, desk, role = row[:9]
    purpose, view, outcome, household, item, item_version, words = row[9:16]
    subjects, rule, facts, withheld, asked = row[16:]
    return Read(
        Place(stream, version),
        position,
        line,
        at,
        staff,
        Capacity(agency=agency, desk=desk, role=Role(role)),
        purpose,
        view,
        outcome,
        household,
        Place(item, item_version) if item else None,
        words,
        tuple(UUID(each) for each in subjects),
        rule,
        tuple(Place(UUID(of), at_version) for of, at_version in facts or ()),
        tuple(withheld or ()),
        asked or {},
    )


class Line(NamedTuple):
    """A receipt as it was written; `viewing` is sealed where it holds text."""

    receipt: Place
    position: int
    at: datetime
    author: Author
    viewing: Viewing

    def without(self, recused: Recused) -> "Line | None":
        """What is left of it for whoever stands aside; None of what asks or tells of that alone."""
        viewing = self.viewing
        if not isinstance(viewing, RecordsShown | ReadRefused | BookRead):
            return self
        if self.author.staff == recused.asker and not isinstance(viewing, RecordsShown):
            return self
        homes = tuple(each for each in viewing.households if each not in recused.households)
        if recused.names(viewing.asked) or (viewing.households and not homes):
            return None
        left: dict[str, Any] = {"households": homes}
        if isinstance(viewing, RecordsShown):
            left |= _left_of(viewing, recused)
            if viewing.subjects and not (homes or left["subjects"]):
                return None
        return self._replace(viewing=viewing.model_copy(update=left))


def _left_of(viewing: RecordsShown, recused: Recused) -> dict[str, Any]:
    """Colleagues are left out wherever anything might be: their names would tell of it."""
    only = viewing.households[0] if len(viewing.households) == 1 else None
    subjects = (each for each in viewing.subjects if not recused.closes(only, (each,)))
    items = (
        item
        for item in viewing.items
        if not (item.rule == NAMED and recused.streams)
        and not recused.closes(
            item.stream if item.stream in viewing.households else only,
            (item.stream, *item.subjects),
        )
    )
    return {"subjects": tuple(subjects), "items": tuple(items)}


_OF = """
    SELECT stream, version, position, at, told FROM projections.receipts
    WHERE stream = %s AND version > %s ORDER BY version LIMIT %s
"""


def reads_of(
    connection: Connection[Any], staff: StaffId, day: date, *, after: int = 0, limit: int = 100
) -> list[Line]:
    """What a staff member read on one Japanese day, in order, from behind a version on."""
    found = fetch(connection, _OF, (days_book(staff, day), after, limit))
    return [_line(*row) for row in found]


def receipt(connection: Connection[Any], place: Place) -> Line | None:
    """One receipt, to serve the very view again and compare."""
    found = fetch(connection, _OF, (place.stream, place.version - 1, 1))
    return next((_line(*row) for row in found if row[1] == place.version), None)


def _line(stream: UUID, version: int, position: int, at: datetime, told: str) -> Line:
    said = from_json(told[:-1])
    viewing = VIEWINGS[said["name"]].model_validate(said["fact"], context=READ)
    author = Author.model_validate(said["author"])
    return Line(Place(stream, version), position, at, author, viewing)
