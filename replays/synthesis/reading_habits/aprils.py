"""人事異動: everything is read at once by whoever comes, and something by whoever has gone."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from replays.synthesis.chance import Chance
from replays.synthesis.city import Handover
from replays.synthesis.reading_habits.look import Look, Who, in_hours, moment, working_day
from replays.synthesis.reading_habits.staffing import who
from replays.synthesis.reading_habits.year import Year


def handed_over(year: Year) -> Iterator[Look]:
    chance = year.chance("aprils")
    for _, handed in sorted(_by_post(year).items()):
        post, april = handed[0].post, handed[0].april
        leaving = who(post, april - timedelta(days=1))
        households = [each.household for each in handed]
        yield from _read_in(year, who(post, april), april, households, chance)
        for new in year.staffing.places(leaving.staff, april)[:1]:
            yield from _asked(year, new, april, households, chance)


def _by_post(year: Year) -> dict[tuple[int, date], list[Handover]]:
    found: dict[tuple[int, date], list[Handover]] = defaultdict(list)
    numbers = {id(post): number for number, post in enumerate(year.city.roster)}
    for handover in year.city.handovers:
        if year.holds(datetime.combine(handover.april, datetime.min.time())):
            found[numbers[id(handover.post)], handover.april].append(handover)
    return found


def _read_in(
    year: Year, new: Who, april: date, households: list[UUID], chance: Chance
) -> Iterator[Look]:
    """The first days at the desk: a pile of files, a few minutes each."""
    day = year.city.calendar.working(april + timedelta(days=chance.between(0, 4)))
    minute = chance.between(9 * 60, 15 * 60)
    for household in households:
        if chance.happens(0.6):
            minute += chance.between(1, 3)
            if minute > 18 * 60:
                day, minute = year.city.calendar.working(day + timedelta(days=1)), 9 * 60
            yield Look(moment(day, minute, chance), new, household)


def _asked(
    year: Year, gone: Who, april: date, households: list[UUID], chance: Chance
) -> Iterator[Look]:
    """「前の担当の方ですよね」: from the new desk, in the first weeks."""
    for household in households:
        if chance.happens(0.05):
            end = april + timedelta(days=50)
            day = working_day(year.city.calendar, april, end, chance)
            yield Look(in_hours(day, chance), gone, household)
