"""やること: what is due at the reader's desk, each with the records that ask for it."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response

from api.deps import Cursor, Limit, ReadDep
from api.past import AsOf, KnownAt, TrueAt
from api.showing import Shown
from domain.values import Role, Value
from projections.as_of import tasks_as_of
from projections.tasks import tasks

router = APIRouter(tags=["ケースを読む"])


class TaskLine(Value):
    """やることの一つ。`stream` は世帯・会議など、`records` はもとになった記録。"""

    kind: str
    stream: UUID
    due: date | None
    overdue: bool
    agency: str | None
    desk: str | None
    role: Role | None
    records: tuple[Shown, ...]


class Tasks(Value):
    """やること。期限の早いものから。"""

    tasks: tuple[TaskLine, ...]
    next: str | None
    as_of: AsOf | None = None


@router.get("/tasks", summary="やることを読む（期限の早い順）", response_model=Tasks)
def due(  # noqa: PLR0913 - whose, which part, of when
    read: ReadDep,
    *,
    whole_agency: bool = False,
    cursor: Cursor = None,
    limit: Limit = 50,
    true_at: TrueAt = None,
    known_at: KnownAt = None,
) -> Response:
    after = read.at_point(true_at, known_at).resume(cursor, date.fromisoformat, UUID, str)
    found = read(read.of(tasks, tasks_as_of), whole_agency=whole_agency, after=after, limit=limit)
    lines = [
        {
            "kind": task.kind,
            "stream": task.stream,
            "due": task.due,
            "overdue": task.overdue(read.day),
            "agency": task.agency,
            "desk": task.desk,
            "role": task.role,
            "records": read.showing.items_of(task.group.items),
        }
        for task in found.tasks
    ]
    return read.answer({"tasks": lines, "next": read.next_cursor(found.more)})
