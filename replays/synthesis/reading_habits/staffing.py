"""配置: who sits where on a day; it changes on the first of April alone."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from uuid import UUID

from domain.values import Role
from replays.synthesis.chance import Chance
from replays.synthesis.city import City
from replays.synthesis.reading_habits.look import Desk, Who
from replays.synthesis.roster import Post, StaffMember

WORKERS = (Role.COUNSELLOR, Role.COORDINATOR)


class Staffing:
    def __init__(self, city: City) -> None:
        self.city = city
        self._days = (city.first, *city.calendar.aprils)
        self._at: list[dict[Desk, list[Who]]] = [self._placed(day) for day in self._days]
        self.members: dict[UUID, StaffMember] = {member.id: member for member in city.roster.staff}

    def _placed(self, day: date) -> dict[Desk, list[Who]]:
        placed: dict[Desk, list[Who]] = defaultdict(list)
        for post in self.city.roster:
            placed[post.agency, post.desk].append(who(post, day))
        return placed

    def _epoch(self, day: date) -> dict[Desk, list[Who]]:
        return self._at[max(0, bisect_right(self._days, day) - 1)]

    def workers(self, desk: Desk, day: date) -> list[Who]:
        here = self._epoch(day).get(desk, [])
        return [one for one in here if one.role in WORKERS]

    def places(self, staff: UUID, day: date) -> list[Who]:
        return [one for here in self._epoch(day).values() for one in here if one.staff == staff]

    def everybody(self, day: date) -> list[Who]:
        """Those who see to cases."""
        here = self._epoch(day).values()
        return [one for placed in here for one in placed if one.role in WORKERS]

    def colleagues(self, agency: str, day: date) -> list[Who]:
        return [one for one in self.everybody(day) if one.agency == agency]

    def somebody(self, desk: Desk, day: date, chance: Chance, usual: UUID | None) -> Who | None:
        """Mostly whoever has had it; else a colleague of the desk (代わりの人)."""
        here = self.workers(desk, day)
        if not here:
            return None
        usually = [one for one in here if one.staff == usual]
        return usually[0] if usually and chance.happens(0.75) else chance.pick(here)

    def in_role(self, role: Role, day: date) -> list[Who]:
        return [who(post, day) for post in self.city.roster if post.role is role]

    @cached_property
    def windows(self) -> list[Desk]:
        """Where people come without having been before."""
        found = [
            self.city.profile.desk(a, d, self.city.first) for a, d, _ in self.city.roster.posts
        ]
        keys = self.city.roster.posts
        pairs = zip(keys, found, strict=True)
        return list(dict.fromkeys(key[:2] for key, desk in pairs if desk.fields))

    @property
    def april(self) -> date:
        """The last 人事異動."""
        return self._days[-1]

    def stays(self, everyone: Sequence[Who]) -> list[Who]:
        """Those who hold the same post on the last day."""
        last = {one for placed in self._at[-1].values() for one in placed}
        return [one for one in everyone if one in last]


def who(post: Post, day: date) -> Who:
    return Who(post.holder(day).id, post.agency, post.desk, post.role.value)
