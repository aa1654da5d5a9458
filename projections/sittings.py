"""The register of sittings (会議の記録簿): who was present for which item, when, on which basis."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.sitting import (
    AgendaItemAdded,
    PresenceEnded,
    PresenceRecorded,
    RoomClosed,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
    SittingWrittenUp,
)
from domain.gate import Item, Reader, Situation, situation_of
from projections.access import cases
from projections.reading import Group, fetch, filled, groups, readable
from projections.sitting_rows import PROJECTION, SITTINGS, rows

__all__ = [
    "LATEST",
    "PROJECTION",
    "SITTINGS",
    "Line",
    "SittingView",
    "convened",
    "homes_of",
    "lines_of",
    "linked",
    "own_of",
    "parts",
    "place_of",
    "rows",
    "sitting",
    "sittings",
    "view_of",
]

_CHUNK = 100


class Presence(NamedTuple):
    """出席: of one attendee for one item, in the capacity of that day, until they leave."""

    item: UUID
    attendee: UUID
    capacity: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class SittingView:
    """会議: items carry their basis; what the records of households say of it is linked."""

    sitting: UUID
    convened: SittingConvened
    cancelled: bool
    written_up: Item | None
    room: tuple[tuple[datetime, bool], ...]
    items: tuple[AgendaItemAdded, ...]
    attendees: tuple[Group, ...]
    presences: tuple[Presence, ...]
    papers: tuple[Group, ...]
    linked: tuple[Group, ...]


class SittingPage(NamedTuple):
    """Latest first; `more` is where the next page begins, None on the last."""

    sittings: list[SittingView]
    more: tuple[date, UUID] | None


class Line(NamedTuple):
    """A row of the register, before anybody's eyes."""

    group: Group
    sitting: UUID
    at: datetime | None


Place = tuple[date, UUID]
LATEST: Place = (date.max, UUID(int=2**128 - 1))
_LIST = """
    SELECT stream, held_on FROM projections.sittings
    WHERE key = 'sitting' AND (held_on, stream) < (%(until)s, %(before)s)
        AND (%(body)s::text IS NULL OR body = %(body)s)
        AND stream IN (SELECT sitting FROM projections.sittings WHERE agency = %(agency)s)
    ORDER BY held_on DESC, stream DESC LIMIT %(limit)s
"""
_ROWS = """
    SELECT stream, key, told, sitting, at FROM projections.sittings
    WHERE sitting = ANY (%s) ORDER BY sitting, stream, key
"""


def sitting(connection: Connection[Any], sitting: UUID, *, reader: Reader) -> SittingView | None:
    """The sitting as this reader may see it; None when there is none, or it is not theirs."""
    return next(iter(_views(connection, [sitting], reader)), None)


def sittings(
    connection: Connection[Any],
    *,
    reader: Reader,
    body: str | None = None,
    before: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> SittingPage:
    """The sittings in which the reader's agency has a part."""

    def ask(place: Place) -> tuple[list[SittingView], Place | None]:
        found, last = convened(connection, reader, body, place, limit)
        return _views(connection, found, reader), last

    return SittingPage(*filled(ask, place_of, before or LATEST, limit))


def convened(
    connection: Connection[Any], reader: Reader, body: str | None, place: Place, limit: int
) -> tuple[list[UUID], Place | None]:
    """The next of the sittings in which the agency has a part, before anybody's eyes."""
    given = {"body": body, "agency": reader.capacity.agency, "limit": limit}
    found = fetch(connection, _LIST, {**given, "until": place[0], "before": place[1]})
    last = (found[-1][1], found[-1][0]) if len(found) == limit else None
    return [row[0] for row in found], last


def place_of(view: SittingView) -> Place:
    """Where a sitting stands in the register."""
    return view.convened.held_on, view.sitting


def _views(
    connection: Connection[Any], wanted: Sequence[UUID], reader: Reader
) -> list[SittingView]:
    lines = lines_of(connection, wanted)
    homes = {home for rows in lines.values() for home in homes_of(rows)}
    of = cases(connection, sorted(homes), reader.today)
    states = {household: case.situation for household, case in of.items()}
    states |= {each: own_of(each, lines[each], states) for each in wanted}
    views = (view_of(each, rows, states, reader) for each, rows in lines.items())
    return [view for view in views if view]


def lines_of(connection: Connection[Any], wanted: Iterable[UUID]) -> dict[UUID, list[Line]]:
    """The rows of sittings, with what households say of them."""
    lines: dict[UUID, list[Line]] = {each: [] for each in wanted}
    for row in fetch(connection, _ROWS, (list(lines),)):
        line = Line(groups([row[:3]])[0], row[3], row[4])
        lines[line.sitting].append(line)
    return lines


def view_of(
    key: UUID, lines: Iterable[Line], states: Mapping[UUID, Situation], reader: Reader
) -> SittingView | None:
    """The sitting as its rows add up; each is seen by what is known of its stream."""
    seen: list[Line] = []
    for line in lines:
        of = states[line.group.stream]
        seen += [line._replace(group=group) for group in readable([line.group], reader, of)]
    own = [item for line in seen if line.group.stream == key for item in line.group.items]
    facts = [item.fact for item in sorted(own, key=lambda item: item.version)]
    convened = next((fact for fact in facts if isinstance(fact, SittingConvened)), None)
    if convened is None:
        return None
    return SittingView(
        key,
        convened,
        any(isinstance(fact, SittingCancelled) for fact in facts),
        next((item for item in own if isinstance(item.fact, SittingWrittenUp)), None),
        tuple(_room(seen)),
        tuple(fact for fact in facts if isinstance(fact, AgendaItemAdded)),
        _of_kind(seen, "attendee"),
        tuple(_presences(seen)),
        _of_kind(seen, "paper"),
        _of_kind(seen, "linked"),
    )


def homes_of(lines: Iterable[Line]) -> Iterator[UUID]:
    """The households that a sitting takes up, and those whose records speak of it."""
    for line in lines:
        if line.group.stream != line.sitting:
            yield line.group.stream
        for item in line.group.items:
            if isinstance(item.fact, AgendaItemAdded) and item.fact.household:
                yield item.fact.household


def own_of(key: UUID, lines: Iterable[Line], states: Mapping[UUID, Situation]) -> Situation:
    """Who may see what of a sitting, by its own facts and behind the walls of those it takes up."""
    rows = list(lines)
    around = [states[home] for home in sorted(set(homes_of(rows)))]
    own = parts(key, [line.group for line in rows]).beside(around)
    return replace(own, unread=any(each.unread for each in around))


def _of_kind(lines: Iterable[Line], kind: str) -> tuple[Group, ...]:
    return tuple(line.group for line in lines if line.group.kind == kind)


def _room(lines: Iterable[Line]) -> Iterable[tuple[datetime, bool]]:
    """When the room was opened (True) and closed (False)."""
    for line in lines:
        for item in line.group.items:
            if isinstance(item.fact, RoomOpened | RoomClosed) and line.at:
                yield line.at, isinstance(item.fact, RoomOpened)


def _presences(lines: Iterable[Line]) -> list[Presence]:
    """Coming and going in the order recorded; who comes twice is listed twice."""
    found: list[Presence] = []
    for line in lines:
        for item in line.group.items:
            match item.fact:
                case PresenceRecorded() as fact if line.at:
                    who = (fact.item, fact.attendee, fact.capacity)
                    found.append(Presence(*who, line.at, None))
                case PresenceEnded() as fact:
                    found = [_left(each, fact, line.at) for each in found]
    return found


def _left(presence: Presence, fact: PresenceEnded, at: datetime | None) -> Presence:
    same = (presence.item, presence.attendee) == (fact.item, fact.attendee)
    return presence._replace(until=at) if same and presence.until is None else presence


_LINKED = """
    SELECT stream, key FROM projections.sittings WHERE sitting = %s AND stream <> %s
"""


def linked(connection: Connection[Any], key: UUID) -> list[tuple[UUID, int]]:
    """The facts of households that a sitting took up, or that it decided."""
    found = fetch(connection, _LINKED, (key, key))
    return [(stream, int(row.partition(":")[2])) for stream, row in found]


def parts(key: UUID, lines: Iterable[Group]) -> Situation:
    """Who may see what of a sitting, from all its own facts."""
    return situation_of(i for group in lines if group.stream == key for i in group.items)
