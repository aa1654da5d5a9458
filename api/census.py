"""集計の元帳 of a server: one census for all who count, brought up to date when it is asked."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from threading import Lock
from typing import ClassVar
from uuid import UUID

from api.problems import Problem
from domain.clocks import Point
from domain.ledger import Ledger
from domain.profile import Profile
from domain.suppression import Counts
from domain.values import Period
from replays.as_of import HomeLine, Totals, municipality, some_of, totals
from replays.extracts.concealed import Protected
from replays.statistics import Cell, Census, Cut, Report, Statistics, Trace, end_of, untold
from replays.statistics.tables import counted
from replays.statistics.view import view_at


class BeingCounted(Problem):
    """いま、ほかの照会で市町村全体を数えています。少し待って、もう一度送ってください。"""

    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "10"}


class Counted:
    """The census of this process: follows the log, so that a report costs what is new in it.

    One report at a time: the census must not move under it, and two at once would only share the
    interpreter. Measured of 18,000 facts: the second waits as long as both would take side by side,
    and the first is there in half of that.
    """

    def __init__(self, ledger: Ledger, profile: Profile) -> None:
        self._ledger, self._lock, self._whole = ledger, Lock(), Lock()
        self._census = Census(profile)
        self._protected = Protected()

    def homes(
        self, point: Point, name: Callable[[UUID], str], after: UUID | None, most: int
    ) -> list[HomeLine]:
        """The next households of the whole municipality, as they stood, in the order of the names
        under which they are told: that of their ids would say who is who.
        """
        with self._lock:
            self._census.follow(self._ledger)
            protected = self._protected.at_head(self._ledger)
            every = {name(each): each for each in self._census.households}
        last = name(after) if after else ""
        behind = [every[each] for each in sorted(every) if each > last]
        return list(islice(some_of(self._ledger, point, behind, protected), most))

    def totals(self, point: Point, k: int) -> Totals:
        """All of them, counted; parts smaller than k are left out.

        The whole log is read, and nothing is kept: any record to come may change what is told. One
        at a time, and nobody waits for it: a few who did would leave no thread to the others.
        """
        if not self._whole.acquire(blocking=False):
            raise BeingCounted
        try:
            return totals(self._every(point), k)
        finally:
            self._whole.release()

    def _every(self, point: Point) -> Iterator[HomeLine]:
        with self._lock:
            protected = self._protected.at_head(self._ledger)
        return municipality(self._ledger, point, protected=protected)

    def report(self, profile: Profile, period: Period, closing: date, at: datetime) -> Report:
        moment = end_of(closing)
        with self._lock:
            self._census.follow(self._ledger)
            now = Cut(self._census.position, at)
            closed = Cut(min(self._ledger.position_at(moment), now.position), moment)
            return Statistics(self._census, profile, period).report(closing, closed, now)

    def trace(
        self, profile: Profile, period: Period, closing: date, at: datetime, cell: Cell
    ) -> Trace:
        """The facts behind one number of such a report."""
        moment = end_of(closing)
        with self._lock:
            self._census.follow(self._ledger)
            protected = self._protected.at_head(self._ledger)
            now = Cut(self._census.position, at)
            closed = Cut(min(self._ledger.position_at(moment), now.position), moment)
            found = untold(Statistics(self._census, profile, period), cell, (closed, now))
        return found.told(self._ledger, protected)

    def tables(self, year: int, closing: date | None) -> dict[str, Counts]:
        """Those that may be published, with nothing hidden yet; as known now without a closing."""
        with self._lock:
            self._census.follow(self._ledger)
            position = self._census.position
            if closing is not None:
                position = min(self._ledger.position_at(end_of(closing)), position)
            return counted(view_at(self._census, position), year)
