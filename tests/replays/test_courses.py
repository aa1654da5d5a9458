"""Households that end more than once, or become part of others: counted as they stood that day."""

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from domain.suppression import Counts
from domain.values import Period
from replays.statistics import Place
from replays.statistics.census import Entry
from replays.statistics.counting import Hit
from replays.statistics.periods import year_of
from replays.statistics.support import continuing, supported
from replays.statistics.tables import counted
from replays.statistics.view import View

ONE, OTHER = UUID(int=1), UUID(int=2)
YEAR = year_of(2024)


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

    def merged(self, day: str) -> "Log":
        """One becomes part of the other."""
        said = {"source": ONE, "target": OTHER, "persons": ()}
        return self.tell(ONE, "HouseholdsMerged", day, **said).tell(
            OTHER, "HouseholdsMerged", day, **said
        )

    @property
    def view(self) -> View:
        return View(self.entries)

    def counted(self, table: str) -> Counts:
        return counted(self.view, 2024)[table]


def _households(hits: Iterable[Hit]) -> set[Hashable]:
    return {hit.unit for hit in hits}


def _supported(log: Log, period: Period = YEAR) -> set[Hashable]:
    return _households(supported(log.view, period))


def _continuing(log: Log, period: Period = YEAR) -> set[Hashable]:
    return _households(continuing(log.view, period))


def test_a_year_is_published_by_how_a_household_ended_last_however_late_it_was_written() -> None:
    log = Log().opened(ONE, "2024-04-10").tell(ONE, "SupportClosed", "2025-02-01", reason="moved")
    log.tell(ONE, "SupportClosed", "2024-06-01", reason="goal")
    assert log.counted("closed-by-reason") == {(): 1, ("moved",): 1}


def test_a_household_was_supported_in_the_year_before_it_became_part_of_a_newer_one() -> None:
    log = Log().opened(ONE, "2024-04-10").opened(OTHER, "2025-04-20").merged("2025-05-01")
    assert _supported(log) == {OTHER}


def test_two_that_became_one_after_the_year_are_one_household_of_that_year() -> None:
    log = Log().opened(ONE, "2024-04-10").opened(OTHER, "2024-04-20").merged("2025-05-01")
    assert _supported(log) == {OTHER}


def test_from_the_day_it_became_part_of_another_a_household_stands_as_that_one_does() -> None:
    log = Log().opened(ONE, "2024-04-10").opened(OTHER, "2024-04-20").merged("2024-05-01")
    log.tell(OTHER, "SupportClosed", "2024-09-01", reason="goal")
    assert _supported(log) == set()


def test_what_ended_in_one_household_did_not_end_in_the_one_it_became_part_of_later() -> None:
    log = (
        Log()
        .opened(OTHER, "2024-04-20")
        .tell(OTHER, "EligibilityJudged", "2024-05-01", eligible=True)
    )
    log.opened(ONE, "2024-04-10").tell(ONE, "SupportClosed", "2024-06-01", reason="goal")
    log.merged("2025-05-01")
    assert _continuing(log) == {OTHER}


def test_what_was_begun_goes_on_in_the_household_it_became_part_of_until_that_ends() -> None:
    log = (
        Log().opened(ONE, "2024-04-10").tell(ONE, "EligibilityJudged", "2024-05-01", eligible=True)
    )
    log.opened(OTHER, "2024-04-20").merged("2024-06-01")
    assert _continuing(log) == {OTHER}
    log.tell(OTHER, "SupportClosed", "2024-09-01", reason="goal")
    assert _continuing(log) == set()
