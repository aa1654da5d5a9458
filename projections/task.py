"""A task (やることの一つ), and its place in the list of whoever is asked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.gate import Item, Reader
from domain.ledger import Recorded
from domain.values import Role
from projections.asking import is_asked
from projections.reading import Group
from projections.task_rows import rows


class Task(NamedTuple):
    """`kind` says what is to be done; the facts that ask for it are in the group, sealed."""

    kind: str
    stream: UUID
    due: date | None
    agency: str | None
    desk: str | None
    role: Role | None
    group: Group

    def overdue(self, today: date) -> bool:
        return self.due is not None and self.due < today


def task_of(  # noqa: PLR0913, PLR0917 - as the columns stand
    group: Group,
    kind: str,
    due: date | None,
    agency: str | None,
    desk: str | None,
    role: str | None,
) -> Task:
    return Task(kind, group.stream, due, agency, desk, Role(role) if role else None, group)


Cursor = tuple[date, UUID, str]


class TaskPage(NamedTuple):
    """The most urgent first; `more` is where the next page begins, None on the last."""

    tasks: list[Task]
    more: Cursor | None


def place_of(task: Task) -> Cursor:
    return task.due or date.max, task.stream, task.group.key


Ask = Callable[[Cursor], tuple[list[Task], Cursor | None]]


def among(ask: Ask, veiled: Sequence[Task]) -> Ask:
    """With those whose day is another to this reader than the rows say, each in its place."""

    def both(place: Cursor) -> tuple[list[Task], Cursor | None]:
        found, last = ask(place)
        here = (
            each
            for each in veiled
            if place < place_of(each) and (not last or place_of(each) <= last)
        )
        return sorted((*found, *here), key=place_of), last

    return both


def seen_by(reader: Reader, veiled: Iterable[Task], day: date, *, whole_agency: bool) -> list[Task]:
    """As the facts that the reader sees say it, as if there were no others: due then, or done."""
    found = []
    for task in veiled:
        said: dict[str, Any] = {}
        for each in (row for item in task.group.items for row in rows(_recorded(item))):
            if each.key == task.group.key:
                said |= {name: value for name, value in each.columns.items() if value is not None}
        if is_asked(said, reader, day, whole_agency=whole_agency):
            whose = said.get("agency"), said.get("desk"), said.get("role")
            found.append(task_of(task.group, said["kind"], said.get("due"), *whose))
    return found


def _recorded(item: Item) -> Recorded:
    at = datetime.min.replace(tzinfo=UTC)
    return Recorded(item.stream, item.version, 0, at, None, item.author, item.fact)
