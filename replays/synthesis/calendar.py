"""暦: the days the city works, its yearly 人事異動, and the days its meeting bodies sit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from domain.profile import Body, Handles, ItemKind, LegalBasis, Profile
from domain.values import months_after

_LAST = date(2026, 9, 30)
_EARLIEST = date(2024, 10, 1)
_OPENS, _CLOSES = time(9, 0), time(17, 15)
_SITS_AT = time(14, 0)
_SUMMONED_DAYS_BEFORE = 12
_FIRST_SITTING_AFTER = 20


@dataclass(frozen=True, slots=True)
class Session:
    """会議の開催予定: its ids are known before it is convened."""

    body: Body
    number: int
    held_on: date
    convened_at: datetime
    convening: UUID
    sitting: UUID

    @property
    def starts(self) -> datetime:
        return datetime.combine(self.held_on, _SITS_AT)


class Calendar:
    """Two years, or from the day the plan began where that is later."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.first = max(profile.plan.since or _EARLIEST, _EARLIEST)
        self.last = _LAST
        self._working: dict[date, bool] = {}

    @cached_property
    def aprils(self) -> tuple[date, ...]:
        """人事異動の日."""
        years = range(self.first.year, self.last.year + 1)
        return tuple(day for y in years if self.first < (day := date(y, 4, 1)) <= self.last)

    @cached_property
    def months(self) -> tuple[date, ...]:
        span = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return tuple(months_after(self.first.replace(day=1), n) for n in range(span + 1))

    def is_working_day(self, day: date) -> bool:
        if day not in self._working:
            self._working[day] = self.profile.is_working_day(day)
        return self._working[day]

    def working(self, day: date) -> date:
        """The day itself, or the next on which the city works."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def in_hours(self, moment: datetime) -> datetime:
        """The moment itself, or as soon as the windows open again (never seconds astray)."""
        day = self.working(moment.date())
        if day != moment.date() or moment.time() < _OPENS:
            late = timedelta(minutes=moment.minute % 30, seconds=moment.second)
            return datetime.combine(day, _OPENS) + late
        if moment.time() > _CLOSES:
            return self.in_hours(datetime.combine(day + timedelta(days=1), time(0, moment.minute)))
        return moment

    def sitting_days(self, a_month: int) -> Iterator[date]:
        for month in self.months[1:]:
            for turn in range(a_month):
                day = self.working(month + timedelta(days=4 + turn * (22 // a_month)))
                if self.first + timedelta(days=_FIRST_SITTING_AFTER) < day <= self.last:
                    yield day

    def summoned(self, held_on: date) -> datetime:
        day = self.working(held_on - timedelta(days=_SUMMONED_DAYS_BEFORE))
        return datetime.combine(day, time(8, 50))


def case_bodies(profile: Profile, basis: LegalBasis, on: date) -> list[Body]:
    """The bodies that take identified cases on that basis, those that sit regularly first."""
    held = [history.on(on) for history in profile.body_history.values()]
    return [
        body
        for body in held
        if body
        and basis in body.bases
        and ItemKind.CASE in body.kinds
        and body.handles is Handles.IDENTIFIED
    ]
