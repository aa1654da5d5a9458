"""やること at a point of both clocks: what was to be done on that day, as recorded by then."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Reader
from domain.values import Role
from projections import task_rows
from projections.as_of.histories import Histories
from projections.as_of.past_case import closed, past_case
from projections.as_of.worklists import Lists, Standing, standings, to_be_done
from projections.asking import STAYS
from projections.behind import Behind, behind
from projections.caseload import FRAMING, NOBODY
from projections.reading import fetch, filled
from projections.tasks import Cursor, Task, TaskPage, standing_of

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
    listed = sorted(
        _tasks(lists, reader, histories.point.true_at, whole_agency=whole_agency), key=_place
    )

    def replanned(household: UUID, since: int) -> bool:
        lines = lists[household].tasks if household in lists else ()
        return any(
            line.key.startswith("plan:") and line.columns.get("version", 0) > since
            for line in lines
        )

    def ask(place: Cursor) -> tuple[list[Task], Cursor | None]:
        found = [each for each in listed if _place(each) > place][:limit]
        of = {
            each: past_case(connection, histories, each, reader)
            for each in {task.stream for task in found}
        }
        walls = _behind(connection, histories, of, reader)
        standing = standing_of(found, of, walls, replanned, reader)
        return standing, _place(found[-1]) if len(found) == limit else None

    return TaskPage(*filled(ask, _place, after or (date.min, NOBODY, ""), limit))


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


def _place(task: Task) -> Cursor:
    return task.due or date.max, task.stream, task.group.key


def _tasks(lists: Lists, reader: Reader, day: date, *, whole_agency: bool) -> Iterator[Task]:
    capacity = reader.capacity
    for stream, each in lists.items():
        for line in each.tasks:
            said = line.columns
            agency, desk, role = said.get("agency"), said.get("desk"), said.get("role")
            if (
                to_be_done(said, day)
                and agency in {None, capacity.agency}
                and (whole_agency or desk in {None, capacity.desk})
                and role in {None, str(capacity.role)}
                and said.get("staff") in {None, reader.staff}
                and _goes_on(each, said)
            ):
                held = Role(role) if role else None
                yield Task(said["kind"], stream, said.get("due"), agency, desk, held, line.group)


def _goes_on(standing: Standing, said: dict[str, Any]) -> bool:
    """Whether the case it was asked in still goes on, in this cycle and in this household."""
    if not said.get("cycle") or standing.frame is None:
        return True
    return (
        standing.open
        and said["version"] > standing.reopened
        and (standing.merged_into is None or said["kind"] in STAYS)
    )
