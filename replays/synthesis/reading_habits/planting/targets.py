"""的: whom somebody could be tempted to look up, and when they would do it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from replays.synthesis.chance import Chance
from replays.synthesis.reading_habits.known import Home
from replays.synthesis.reading_habits.look import Who, in_hours, moment
from replays.synthesis.reading_habits.staff_homes import StaffHomes
from replays.synthesis.reading_habits.year import Year

_TRIES = 30
_ANYWAY = 0.1


class Targets:
    def __init__(self, year: Year, homes: StaffHomes) -> None:
        self.year, self.staff_homes = year, homes
        april = max(year.begin, min(year.staffing.april, year.end))
        self.settled = year.staffing.stays(year.staffing.everybody(year.begin))
        self.since_april = year.staffing.everybody(april)

    def somebody(self, chance: Chance) -> Who:
        return chance.pick(self.settled or self.since_april)

    def surname(self, who: Who) -> str:
        return self.year.staffing.members[who.staff].name.surname_kana

    def not_theirs(self, who: Who, homes: Sequence[Home], chance: Chance) -> Home | None:
        """Half the time from the agency's own files, which open to a curious colleague; rarely from
        those of the very desk.
        """
        inside = [home for home in homes if who.agency in home.agencies]
        chosen = inside if inside and chance.happens(0.5) else homes
        for _ in range(_TRIES if chosen else 0):
            home = chance.pick(chosen)
            theirs = who[1:3] in home.desks
            if home.since.date() < self.year.end - timedelta(days=60) and (
                not theirs or chance.happens(_ANYWAY)
            ):
                return home
        return None

    def day(self, home: Home, chance: Chance) -> date:
        """Once the household is known at all, with some weeks of the year to come."""
        since = max(self.year.begin, home.since.date() + timedelta(days=2))
        room = (self.year.end - since).days - 45
        return self.on_duty(since + timedelta(days=chance.between(0, max(0, room))))

    def on_duty(self, day: date) -> date:
        return min(self.year.city.calendar.working(day), self.year.end)

    def unwatched(self, day: date, chance: Chance) -> datetime:
        """Between two calls, in the lunch break, when the others have gone home, on a Sunday."""
        match chance.weighed((("day", 56), ("lunch", 14), ("evening", 22), ("free", 8))):
            case "lunch":
                return moment(day, chance.between(12 * 60, 12 * 60 + 55), chance)
            case "evening":
                return moment(day, chance.between(17 * 60 + 20, 20 * 60 + 30), chance)
            case "free":
                sunday = day + timedelta(days=6 - day.weekday())
                return moment(min(sunday, self.year.end), chance.between(600, 1020), chance)
        return in_hours(day, chance)
