"""担当一覧 at a point of both clocks: what stood in somebody's lists, and what of it was due."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events.consent import LabelTightened
from domain.gate import Reader
from projections import task_rows
from projections.as_of import folding
from projections.as_of.histories import Histories
from projections.as_of.past_case import past_case
from projections.asking import STAYS, TASKS, is_renewed, is_withdrawn, to_be_done
from projections.caseload import CASELOAD, FRAMING, NOBODY, CaseloadPage, Scope, line_of
from projections.caseload import PROJECTION as LISTED
from projections.caseload import Line as CaseLine
from projections.conflicts import sided_in
from projections.reading import fetch, filled
from projections.tasks import PROJECTION as ASKED

_OURS = """
    WITH RECURSIVE ours AS (
        SELECT stream FROM projections.caseload WHERE agency = %s
        UNION SELECT c.stream FROM projections.caseload c JOIN ours ON c.merged_into = ours.stream
    ) SELECT stream FROM ours ORDER BY stream
"""
_CHUNK = 500
_HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Standing:
    """One stream in the lists: how it stood, whom it had to do with, what was to be done.

    `tightened` are the versions whose label is stricter today: they put no list in order.
    """

    frame: dict[str, Any] | None
    agencies: frozenset[str]
    tasks: tuple[folding.Line, ...]
    tightened: frozenset[int]

    @property
    def open(self) -> bool:
        return self.frame is None or self.frame.get("status") == "open"

    @property
    def merged_into(self) -> UUID | None:
        return self.frame.get("merged_into") if self.frame else None

    @property
    def plain(self) -> Iterator[folding.Line]:
        """What whoever is asked may read, whatever else is recorded."""
        for line in self.tasks:
            if line.columns.get("plain") and line.columns["version"] not in self.tightened:
                yield line

    @property
    def ended(self) -> int:
        return (self.frame or {}).get("ended") or 0


Lists = dict[UUID, Standing]


def standings(histories: Histories, streams: list[UUID]) -> Lists:
    """A few hundred at a time, so that a whole agency fits."""
    found: Lists = {}
    for at in range(0, len(streams), _CHUNK):
        some = streams[at : at + _CHUNK]
        histories.prepare(some)
        found |= {each: _standing(histories, each) for each in some}
        histories.forget()
    return {each: of for each, of in found.items() if of.frame is not None or of.tasks}


def _standing(histories: Histories, stream: UUID) -> Standing:
    told = histories.then(stream)
    lines = folding.folded(LISTED, told, CASELOAD)
    frame = next((line.columns for line in lines if line.key == _HOUSEHOLD), None)
    agencies = frozenset(line.columns["agency"] for line in lines if line.key != _HOUSEHOLD)
    whole = (recorded.fact for recorded in histories.whole(stream))
    tightened = frozenset(fact.of for fact in whole if isinstance(fact, LabelTightened))
    asked = tuple(folding.folded(ASKED, told, TASKS))
    said = [line.columns for line in asked]
    still = (line for line in asked if not is_renewed(line.columns, said, tightened))
    left = tuple(line for line in still if not is_withdrawn(line.columns, tightened))
    return Standing(frame, agencies, left, tightened)


def caseload_as_of(  # noqa: PLR0913 - as the live one
    connection: Connection[Any],
    *,
    reader: Reader,
    histories: Histories,
    scope: Scope = Scope.DESK,
    closed: bool = False,
    after: tuple[date, UUID] | None = None,
    limit: int = 50,
) -> CaseloadPage:
    """The households of the reader's scope as they stood, the most urgent of that day first."""
    streams = [row[0] for row in fetch(connection, _OURS, (reader.capacity.agency,))]
    whose = histories
    if scope is not Scope.AGENCY:
        whose = histories.of_kinds(FRAMING | task_rows.kinds())
    lists = standings(whose, streams)
    for each in sided_in(connection, reader):
        lists |= {each: replace(lists[each], tasks=())} if each in lists else {}
    day = histories.point.true_at
    came = {each: _way(each, lists) for each, of in lists.items() if of.merged_into and of.open}
    due = {
        each: _due(each, lists, came, reader, day) for each in _chosen(lists, scope, reader, day)
    }
    listed = sorted(
        (due[each] or date.max, each)
        for each in due
        if closed or (lists[each].open and not lists[each].merged_into)
    )

    def ask(place: tuple[date, UUID]) -> tuple[list[CaseLine], tuple[date, UUID] | None]:
        found = [each for each in listed if each > place][:limit]
        lines = (
            line_of(past_case(connection, histories, each, reader), each, due[each], reader)
            for _, each in found
        )
        return [line for line in lines if line], found[-1] if len(found) == limit else None

    first = after or (date.min, NOBODY)
    return CaseloadPage(*filled(ask, lambda c: (c.next_due or date.max, c.household), first, limit))


def _chosen(lists: Lists, scope: Scope, reader: Reader, day: date) -> Iterator[UUID]:
    for stream, each in lists.items():
        frame = each.frame or {}
        ours = frame.get("agency") == reader.capacity.agency
        covered = frame.get("covered_until", day) >= day
        match scope:
            case Scope.AGENCY:
                chosen = reader.capacity.agency in each.agencies
            case Scope.DESK:
                covers = covered and frame.get("cover_desk") == reader.capacity.desk
                chosen = ours and (frame.get("desk") == reader.capacity.desk or covers)
            case Scope.STAFF:
                covers = covered and frame.get("cover") == reader.staff
                chosen = ours and (frame.get("staff") == reader.staff or covers)
        if chosen:
            yield stream


def _due(
    stream: UUID, lists: Lists, came: dict[UUID, list[UUID]], reader: Reader, day: date
) -> date | None:
    """The earliest that is due here, or in what became part of it."""
    here = lists[stream]
    own = [line for line in here.plain if line.columns["version"] > here.ended]
    stays = [
        line
        for each, way in came.items()
        if stream in way
        for line in lists[each].plain
        if line.columns["kind"] in STAYS
    ]
    days = (line.columns.get("due") for line in (*own, *stays) if _of_the_desk(line, reader, day))
    return min((due for due in days if due), default=None)


def _way(stream: UUID, lists: Lists) -> list[UUID]:
    """Where a household went, and that one, and so on."""
    way: list[UUID] = []
    at = lists[stream].merged_into
    while at and at not in way:
        way.append(at)
        at = lists[at].merged_into if at in lists else None
    return way


def _of_the_desk(line: folding.Line, reader: Reader, day: date) -> bool:
    said, capacity = line.columns, reader.capacity
    return (
        to_be_done(said, day)
        and said.get("agency") == capacity.agency
        and said.get("desk") in {None, capacity.desk}
        and said.get("staff") in {None, reader.staff}
        and said.get("role") is None
    )
