"""Households that end more than once: counted as they stood that day."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.suppression import Counts
from replays.statistics import Place
from replays.statistics.census import Entry
from replays.statistics.tables import counted
from replays.statistics.view import View

ONE = UUID(int=1)


class Log:
    """Facts in the order in which they were recorded, each with the day it happened."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def tell(self, stream: UUID, kind: str, day: str, **said: Any) -> "Log":
        number = len(self.entries) + 1
        at = Place(stream, number)
        on = date.fromisoformat(day)
        self.entries.append(Entry(at, number, on, day, kind, "centre", said))
        return self

    def opened(self, stream: UUID, day: str) -> "Log":
        return self.tell(stream, "HouseholdOpened", day, area=None, household_type=None)

    @property
    def view(self) -> View:
        return View(self.entries)

    def counted(self, table: str) -> Counts:
        return counted(self.view, 2024)[table]


def test_a_year_is_published_by_how_a_household_ended_last_however_late_it_was_written() -> None:
    log = Log().opened(ONE, "2024-04-10").tell(ONE, "SupportClosed", "2025-02-01", reason="moved")
    log.tell(ONE, "SupportClosed", "2024-06-01", reason="goal")
    assert log.counted("closed-by-reason") == {(): 1, ("moved",): 1}
