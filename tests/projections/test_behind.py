"""壁の内側: what decides about a list of tasks is asked for in one turn."""

from collections import Counter
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

import psycopg

from domain.events.person import ConcealmentStarted
from domain.values import Role
from projections.runner import Runner
from projections.tasks import tasks
from tests.projections.facts import MOTHER, fact, new
from tests.projections.given import Told
from tests.projections.test_reading import (
    Connection,
    connection,
    household,
    reading,
)

__all__ = ["connection", "household"]


class Heard(psycopg.Cursor[Any]):
    """A cursor that keeps what was asked."""

    asked: ClassVar[list[Any]] = []

    def execute(self, query: Any, *given: Any, **more: Any) -> Self:
        self.asked.append(query)
        return super().execute(query, *given, **more)


def test_of_households_and_of_those_of_persons_together(
    connection: Connection,
    told: Told,
    runner: Runner,
    household: UUID,
) -> None:
    told(MOTHER, fact(ConcealmentStarted, concealment=new(), threat="dv", until="2026-04-20"))
    runner.catch_up()
    connection.cursor_factory = Heard
    Heard.asked.clear()
    day = date(2026, 4, 10)
    found = tasks(connection, reader=reading(role=Role.PROTECTION, today=day)).tasks
    assert {task.stream for task in found} == {household, MOTHER}
    assert [query for query, times in Counter(Heard.asked).items() if times > 1] == []
