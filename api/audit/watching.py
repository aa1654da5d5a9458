"""見張り: the rules for unusual reads, fed from the 閲覧簿 and from what the ledger knows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from threading import Lock
from uuid import UUID

from api.audit.namesakes import Namesakes
from api.auditing import Audit
from api.homes import Homes
from domain.profile import Profile
from domain.unusual import (
    Act,
    DayList,
    Outcome,
    ReadLine,
    ReceiptRef,
    Reception,
    Tie,
    present,
    ties_of,
    watched,
)
from domain.unusual.gathered import Gathered
from domain.values import JST, StaffId
from projections.lines import Line, lines
from projections.work import Done, Sat, done, sat, taken_in

_BACK = timedelta(days=61)
"""How far back the rules look from a day."""
_SETTLED = timedelta(days=2)
"""A read of yesterday may still be on its way into the tables."""
_A_DAY = timedelta(days=1)
_OPENS, _CLOSES = time(8, 30), time(17, 15)


class Watch:
    """What was found of settled days is kept while the process runs: the reads of a year take
    seconds to look through, and what comes later explains nothing about them. Whoever stands aside
    of a household has lists of their own: as if it had not been read.
    """

    def __init__(self, homes: Homes) -> None:
        self._namesakes = Namesakes(homes)
        self._lock = Lock()
        self._kept: dict[frozenset[UUID], dict[date, DayList]] = {}

    def lists(self, audit: Audit, since: date, until: date) -> list[DayList]:
        """One list a day, both days included."""
        days = [since + timedelta(n) for n in range((until - since).days + 1)]
        aside = audit.recused.households
        with self._lock:
            kept = self._kept.setdefault(aside, {})
            missing = next((day for day in days if day not in kept), None)
            if missing is None:
                return [kept[day] for day in days]
            found = {each.day: each for each in self._watched(audit, missing, until)}
            known = {day: DayList(day, (), 0) for day in days} | kept | found
            settled = audit.today - _SETTLED
            kept |= {day: known[day] for day in days if day <= settled}
        return [known[day] for day in days]

    def _watched(self, audit: Audit, since: date, until: date) -> Iterator[DayList]:
        begin, end = _midnight(since - _BACK), _midnight(until + _A_DAY)
        every = [each for line in audit.ask(lines, begin, end) for each in _read_lines(line)]
        read = [each for each in every if each.household not in audit.recused.households]
        known = self._circumstances(audit, read, begin, end)
        return (found for found in watched(read, known) if found.day >= since)

    def _circumstances(
        self, audit: Audit, read: Sequence[ReadLine], begin: datetime, end: datetime
    ) -> Gathered:
        received = audit.ask(taken_in, begin, end)
        homes = {line.household for line in read if line.household and line.opens}
        asked = sorted(homes | {each.household for each in received})
        receptions: dict[tuple[StaffId, date], list[Reception]] = {}
        for staff, at, household in received:
            key = StaffId(staff), at.astimezone(JST).date()
            receptions.setdefault(key, []).append(Reception(at, household))
        book, profile = audit.services.book, audit.profile
        return Gathered(
            opening=lambda at: is_open(profile, at),
            tied=_ties(asked, audit.ask(done, asked), audit.ask(sat, asked)),
            households=audit.ask(self._namesakes.households, book, asked, reader=audit.reader),
            staff=audit.ask(self._namesakes.staff, book, reader=audit.reader),
            taken_in=receptions,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JST)


def is_open(profile: Profile, at: datetime) -> bool:
    """開庁時間."""
    local = at.astimezone(JST)
    return profile.is_working_day(local.date()) and _OPENS <= local.time() < _CLOSES


def _read_lines(line: Line) -> Iterator[ReadLine]:
    """As `lines_of` makes them of a fact of the 閲覧簿."""
    for household in line.households or (None,):
        yield ReadLine(
            staff=StaffId(line.staff),
            agency=line.capacity.agency,
            desk=line.capacity.desk,
            role=line.capacity.role,
            at=line.at,
            household=household,
            persons=(),
            purpose=line.purpose,
            view=line.view,
            outcome=Outcome(line.outcome),
            receipt=ReceiptRef(*line.receipt),
        )


def _ties(
    households: Sequence[UUID],
    worked: Mapping[UUID, Sequence[Done]],
    seats: Mapping[UUID, Sequence[Sat]],
) -> dict[UUID, tuple[Tie, ...]]:
    return {
        household: (
            *ties_of(map(_act, worked.get(household, ()))),
            *(present(s.day, s.agency, StaffId(s.staff)) for s in seats.get(household, ())),
        )
        for household in households
    }


def _act(done: Done) -> Act:
    to = (done.to_agency, done.to_desk) if done.to_agency else None
    staff = StaffId(done.staff)
    return Act(done.fact, done.day, staff, done.agency, done.desk, to, done.agencies)
