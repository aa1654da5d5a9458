"""このごろ: what the rules compare a day with — the reader's own pace, and who else came."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import fmean
from typing import NamedTuple
from uuid import UUID

from domain.unusual.reads import ReceiptRef
from domain.unusual.thresholds import AGAIN_DAYS, BURST_DAYS, CROWD_DAYS
from domain.unusual.visit import Visit
from domain.values import StaffId


class Stranger(NamedTuple):
    """Somebody who had nothing to do with the household and opened it."""

    day: date
    staff: StaffId
    receipts: tuple[ReceiptRef, ...]


class Recent:
    """Only days that were remembered count; nothing is remembered longer than it is asked for."""

    def __init__(self) -> None:
        self._strangers: dict[UUID, list[Stranger]] = defaultdict(list)
        self._paces: dict[StaffId, list[tuple[date, int]]] = defaultdict(list)

    def met(self, visits: Iterable[Visit]) -> None:
        """Those of today count at once: a crowd on one day is a crowd."""
        for visit in visits:
            if visit.strange:
                seen = Stranger(visit.day, visit.first.staff, visit.receipts)
                before = self._strangers[visit.household]
                kept = [s for s in before if visit.day - s.day <= AGAIN_DAYS]
                self._strangers[visit.household] = [*kept, seen]

    def strangers(self, household: UUID, day: date) -> Sequence[Stranger]:
        """Lately, today included."""
        return [s for s in self._strangers.get(household, ()) if day - s.day <= CROWD_DAYS]

    def returns(self, household: UUID, staff: StaffId, day: date) -> Sequence[Stranger]:
        """The days on which this very reader was such a stranger."""
        seen = self._strangers.get(household, ())
        return [s for s in seen if s.staff == staff and day - s.day <= AGAIN_DAYS]

    def walked(self, staff: StaffId, day: date, pace: int) -> None:
        kept = [(on, past) for on, past in self._paces[staff] if day - on <= BURST_DAYS]
        self._paces[staff] = [*kept, (day, pace)]

    def usual(self, staff: StaffId, day: date) -> float:
        """Their usual busiest hour, over the days on which they read at all."""
        paces = [pace for on, pace in self._paces.get(staff, ()) if day - on <= BURST_DAYS]
        return fmean(paces) if paces else 0.0
