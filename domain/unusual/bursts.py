"""まとめ読み: many households and searches within the hour, against the reader's own pace."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.unusual.alert import Evidence, Mark
from domain.unusual.circumstances import Circumstances
from domain.unusual.reads import ReadLine, ReceiptRef
from domain.unusual.recent import Recent
from domain.unusual.thresholds import (
    BURST,
    BURST_LEAST,
    BURST_LEAST_AFTER_HOURS,
    BURST_TIMES,
    POINTS,
    SEARCH,
)
from domain.unusual.visit import Visit, received
from domain.values import JST


class Pace(NamedTuple):
    """The hour of a reader's day with the most steps that nothing explains, and all they read in
    it.
    """

    steps: int = 0
    reads: tuple[ReadLine, ...] = ()


def pace(day: date, reads: Sequence[ReadLine], been: Sequence[Visit], known: Circumstances) -> Pace:
    """A step is a strange household opened, or a search for nobody who had come."""
    strange = {visit.household for visit in been if visit.strange}
    steps = [
        read
        for read in reads
        if (read.view == SEARCH and not received(read, day, known))
        or (read.opens and read.household in strange)
    ]
    best, begin = Pace(), 0
    for end, last in enumerate(steps):
        while last.at - steps[begin].at > BURST:
            begin += 1
        count = len({_target(read) for read in steps[begin : end + 1]})
        if count > best.steps:
            best = Pace(count, _hour_from(steps[begin].at, reads))
    return best


def _hour_from(begin: datetime, reads: Sequence[ReadLine]) -> tuple[ReadLine, ...]:
    return tuple(read for read in reads if begin <= read.at <= begin + BURST)


def _target(read: ReadLine) -> UUID | ReceiptRef | None:
    return read.receipt if read.view == SEARCH else read.household


def burst(day: date, busiest: Pace, recent: Recent, known: Circumstances) -> Mark | None:
    """None unless it is much in itself and much for this reader."""
    if not busiest.reads:
        return None
    first = busiest.reads[0]
    if busiest.steps < (BURST_LEAST if known.is_open(first.at) else BURST_LEAST_AFTER_HOURS):
        return None
    usual = recent.usual(first.staff, day)
    if busiest.steps < BURST_TIMES * usual:
        return None
    begun = f"{first.at.astimezone(JST):%H:%M}"
    evidence: Evidence = {"count": busiest.steps, "usual": round(usual, 1), "from": begun}
    said = f"一時間に{busiest.steps}件（ふだんは{usual:.1f}件）を続けて開き、探しています。"
    return Mark("burst", POINTS["burst"], evidence, said)
