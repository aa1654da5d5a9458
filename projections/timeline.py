"""The timeline (支援経過): one row per fact of a household and of those who belong to it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events import KIND_OF
from domain.events.membership import HouseholdsMerged
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.rights import MisfiledRecordWithdrawn
from domain.gate import Item, Reader, Situation
from domain.ledger import Recorded
from projections.access import Case, cases
from projections.belonging import told_of
from projections.projection import Projection
from projections.reading import Group, fetch, groups, readable
from projections.table import Row, Table

TIMELINE = Table("timeline", {"position": "bigint", "recorded_at": "timestamptz"})
CHUNK, _NEWEST = 200, 2**62
_STREAMS = frozenset({"household", "person"})


def rows(recorded: Recorded) -> Iterable[Row]:
    """Sittings, staff and resources have registers of their own."""
    fact = recorded.fact
    if KIND_OF[type(fact)] not in _STREAMS or isinstance(fact, MisfiledRecordWithdrawn):
        return ()
    columns = {"position": recorded.position, "recorded_at": recorded.recorded_at}
    return (Row(TIMELINE, f"{type(fact).__name__}:{recorded.version:06d}", columns),)


PROJECTION = Projection("timeline", 2, (TIMELINE,), rows)


class Entry(NamedTuple):
    """A line of the timeline: its code is the fact's name, its segments the fact's own, sealed."""

    position: int
    recorded_at: datetime
    item: Item

    @property
    def code(self) -> str:
        return type(self.item.fact).__name__


class Line(NamedTuple):
    """A row of the timeline, before anybody's eyes."""

    position: int
    recorded_at: datetime
    group: Group


Older = Callable[[list[UUID], int | None], list[Line]]
"""Up to a chunk of the lines of these streams before a position, the newest first."""


class TimelinePage(NamedTuple):
    """Newest first; `more` is the cursor of the next page, None on the last."""

    entries: list[Entry]
    more: int | None


def timeline(
    connection: Connection[Any],
    household: UUID,
    *,
    reader: Reader,
    before: int | None = None,
    limit: int = 100,
) -> TimelinePage | None:
    """The course of support as this reader may see it; None when none of it is theirs."""
    case = cases(connection, [household], reader.today, all_kinds=True)[household]
    return course_of(case, household, reader, partial(_older, connection), before, limit)


def course_of(  # noqa: PLR0913, PLR0917 - of which case, and which part of it
    case: Case, household: UUID, reader: Reader, older: Older, before: int | None, limit: int
) -> TimelinePage | None:
    """The same of a case as it stands, or stood."""
    state, again = case.situation, _said_again(case, household)
    households = (household, *case.earlier(household))
    seen = {each: readable(case.of[each], reader, state) for each in households}
    told = told_of(case, seen, reader)
    streams = [*households, *{each for person in told for each in case.ids(person)}]
    entries: list[Entry] = []
    at: int | None = before
    while len(entries) <= limit:
        rows = older(streams, at)
        entries += [
            each
            for each in _readable(rows, reader, state)
            if (each.item.stream, each.item.version) not in again
            and _told_by(each.item) not in streams
        ]
        if len(rows) < CHUNK:
            break
        at = rows[-1].position
    if not entries and before is None:
        return None
    return TimelinePage(entries[:limit], entries[limit - 1].position if entries[limit:] else None)


def _said_again(case: Case, household: UUID) -> set[tuple[UUID, int]]:
    """What was said again on merging stands in the course where it was first said.

    A withdrawal reaches both households at once, and is one line too.
    """
    said: set[tuple[str, int]] = set()
    again: set[tuple[UUID, int]] = set()
    for stream in (*reversed(case.earlier(household)), household):
        for group in case.of[stream]:
            for place, item in enumerate(group.items if group.kind == "consent" else ()):
                if (group.key, place) in said:
                    again.add((stream, item.version))
                said.add((group.key, place))
    return again


def _told_by(item: Item) -> UUID | None:
    """The other stream that says the same, where two became one."""
    match item.fact:
        case HouseholdsMerged(source=source, target=target) if source == item.stream:
            return target
        case PersonsMerged(absorbed=absorbed, survivor=survivor) if absorbed == item.stream:
            return survivor
        case PersonsUnmerged(absorbed=absorbed, survivor=survivor) if absorbed == item.stream:
            return survivor
        case _:
            return None


def _older(connection: Connection[Any], streams: list[UUID], before: int | None) -> list[Line]:
    query = """
        SELECT position, recorded_at, stream, key, told FROM projections.timeline
        WHERE stream = ANY (%s) AND position < %s ORDER BY position DESC LIMIT %s
    """
    found = fetch(connection, query, (streams, _NEWEST if before is None else before, CHUNK))
    return [Line(row[0], row[1], groups([row[2:]])[0]) for row in found]


def _readable(rows: list[Line], reader: Reader, state: Situation) -> list[Entry]:
    """Line by line, for keys of different streams may be alike."""
    lines = (readable([row.group], reader, state) for row in rows)
    return [
        Entry(row.position, row.recorded_at, group.items[0])
        for row, line in zip(rows, lines, strict=True)
        for group in line
    ]
