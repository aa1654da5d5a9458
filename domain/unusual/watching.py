"""見張り: a list for every day, from reads in the order of the 閲覧簿."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from uuid import UUID

from domain.unusual.alert import Alert, DayList, Mark
from domain.unusual.bursts import burst, pace
from domain.unusual.circumstances import Circumstances
from domain.unusual.reads import ReadLine, ReceiptRef
from domain.unusual.recent import Recent
from domain.unusual.rules import marks
from domain.unusual.thresholds import A_DAY, LISTED
from domain.unusual.visit import Visit, visits
from domain.values import StaffId


def watched(reads: Iterable[ReadLine], known: Circumstances) -> Iterator[DayList]:
    """Pure: the same reads in the same circumstances give the same lists. Days before the one
    asked about have to be among the reads, as far back as the rules look (two months).
    """
    recent = Recent()
    for day, of_day in groupby(reads, key=lambda read: read.day):
        mine: dict[StaffId, list[ReadLine]] = {}
        for read in of_day:
            mine.setdefault(read.staff, []).append(read)
        been = {staff: visits(day, lines, known) for staff, lines in mine.items()}
        for each in been.values():
            recent.met(each)
        found = [
            alert for staff in mine for alert in _of(day, mine[staff], been[staff], recent, known)
        ]
        ranked = sorted((a for a in found if a.score >= LISTED), key=_first)
        listed = tuple(replace(a, rank=n) for n, a in enumerate(ranked[:A_DAY], 1))
        yield DayList(day, listed, len(ranked) - len(listed))


def _first(alert: Alert) -> tuple[int, str, str]:
    return -alert.score, str(alert.staff), str(alert.household)


def _of(
    day: date,
    reads: Sequence[ReadLine],
    been: Sequence[Visit],
    recent: Recent,
    known: Circumstances,
) -> Iterator[Alert]:
    """What one reader's day gives: a burst in one piece, else household by household."""
    staff, busiest = reads[0].staff, pace(day, reads, been, known)
    mark, inside = burst(day, busiest, recent, known), set(busiest.reads)
    recent.walked(staff, day, busiest.steps)
    swept = [visit for visit in been if mark and not inside.isdisjoint(visit.reads)]
    if mark:
        found = (mark, *_heaviest(each for visit in swept for each in marks(visit, recent)))
        alert = _alert(reads[0], None, found, [read.receipt for read in busiest.reads])
        within = frozenset(read.household for read in busiest.reads if read.household)
        yield replace(alert, within=within)
    for visit in been:
        if visit not in swept:
            yield _alert(visit.first, visit.household, marks(visit, recent), visit.receipts)


def _alert(
    first: ReadLine,
    household: UUID | None,
    found: tuple[Mark, ...],
    refs: Iterable[ReceiptRef],
) -> Alert:
    """The day's receipts before those that the marks rest on besides."""
    rests_on = [ref for mark in found for ref in mark.receipts]
    receipts = tuple(dict.fromkeys((*refs, *rests_on)))
    return Alert(first, household, found, receipts)


def _heaviest(found: Iterable[Mark]) -> Sequence[Mark]:
    """Of each rule the one that weighs most."""
    best: dict[str, Mark] = {}
    for mark in found:
        if mark.rule not in best or best[mark.rule].points < mark.points:
            best[mark.rule] = mark
    return sorted(best.values(), key=lambda mark: -mark.points)
