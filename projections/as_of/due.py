"""やること at a point of both clocks: what was to be done on that day, as recorded by then."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Reader
from projections import task_rows
from projections.as_of.folding import Line
from projections.as_of.histories import Histories
from projections.as_of.past_case import closed, past_case
from projections.as_of.worklists import Lists, Standing, standings
from projections.asking import HEARD, STAYS, is_asked, is_veiled
from projections.behind import Behind, behind
from projections.caseload import FRAMING, NOBODY
from projections.reading import fetch, filled
from projections.task import Cursor, Task, TaskPage, among, place_of, seen_by, task_of
from projections.tasks import standing_of

_ASKED = """
    SELECT DISTINCT stream FROM projections.tasks WHERE agency IS NULL OR agency = %s
    ORDER BY stream
"""


def tasks_as_of(  # noqa: PLR0913 - as the live one
    connection: Connection[Any],
    *,
    reader: Reader,
    histories: Histories,
    whole_agency: bool = False,
    after: Cursor | None = None,
    limit: int = 100,
) -> TaskPage:
    """What was to be done on that day, as far as it was recorded by then."""
    streams = [row[0] for row in fetch(connection, _ASKED, (reader.capacity.agency,))]
    lists = standings(histories.of_kinds(FRAMING | task_rows.kinds()), streams)
    point, (open_to_all, veiled) = histories.point.true_at, _asked(lists, reader)
    for_them = partial(is_asked, reader=reader, day=point, whole_agency=whole_agency)
    listed = sorted((_task(line) for line in open_to_all if for_them(line.columns)), key=place_of)

    def replanned(household: UUID, since: int) -> bool:
        lines = lists[household].tasks if household in lists else ()
        return any(
            line.key.startswith("plan:") and line.columns.get("version", 0) > since
            for line in lines
        )

    def standing(found: Sequence[Task]) -> list[Task]:
        of = {
            each: past_case(connection, histories, each, reader)
            for each in {task.stream for task in found}
        }
        walls = _behind(connection, histories, of, reader)
        return standing_of(found, of, walls, replanned, reader)

    def ask(place: Cursor) -> tuple[list[Task], Cursor | None]:
        found = [each for each in listed if place_of(each) > place][:limit]
        return standing(found), place_of(found[-1]) if len(found) == limit else None

    unveiled = standing([_task(line) for line in veiled])
    as_seen = seen_by(reader, unveiled, point, whole_agency=whole_agency)
    first = after or (date.min, NOBODY, "")
    return TaskPage(*filled(among(ask, as_seen), place_of, first, limit))


def _behind(
    connection: Connection[Any], histories: Histories, streams: Collection[UUID], reader: Reader
) -> Behind:
    """Rule 8: the walls of today; what was corrected since is behind them, too."""
    walls = {
        stream: tuple(closed(state, histories, (stream,), reader) for state in states)
        for stream, states in behind(connection, streams, reader.today).items()
    }
    histories.gates |= {stream: states[0] for stream, states in walls.items()}
    return walls


def _asked(lists: Lists, reader: Reader) -> tuple[list[Line], list[Line]]:
    """What was asked of the reader's agency; first what is so to everybody who is asked."""
    found: tuple[list[Line], list[Line]] = ([], [])
    for each in lists.values():
        for line in each.tasks:
            said = line.columns
            ours = said.get("agency") in {None, reader.capacity.agency}
            if said.get("kind") and ours and _goes_on(each, said):
                found[is_veiled(said, each.tightened)].append(line)
    return found


def _task(line: Line) -> Task:
    said = line.columns
    whose = said.get("agency"), said.get("desk"), said.get("role")
    return task_of(line.group, said["kind"], said.get("due"), *whose)


def _goes_on(standing: Standing, said: dict[str, Any]) -> bool:
    """Whether the case it was asked in still goes on, here and in this cycle, or it came later."""
    if not said.get("cycle") or standing.frame is None:
        return True
    return (
        said["version"] > standing.ended
        and (standing.open or said["kind"] in HEARD)
        and (standing.merged_into is None or said["kind"] in STAYS)
    )
