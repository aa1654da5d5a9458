"""職員名簿: posts at every desk, who holds them from when, and the 人事異動 of each April."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count

from domain.labels import Category
from domain.profile import Agency, Desk, Profile
from domain.staff import staff_id
from domain.values import Role, StaffId
from replays.synthesis.calendar import Calendar
from replays.synthesis.chance import Chance
from replays.synthesis.names import Name, named, surname

ISSUER = "http://127.0.0.1:8000/dev-issuer"
"""Whom the demonstration asks who somebody is."""
_NO_CASES = (Category.ORGANISATION, Category.IDENTITY)
_STAYS = (Role.ADMINISTRATOR, Role.ANALYST)
_MOVES, _LEAVES = 0.25, 0.4
_TWO = (Role.ADMINISTRATOR, Role.COORDINATOR, Role.PROTECTION)


@dataclass(frozen=True, slots=True)
class StaffMember:
    id: StaffId
    subject: str
    name: Name
    since: date


@dataclass(frozen=True, slots=True)
class Tenure:
    staff: StaffMember
    since: date


@dataclass(slots=True)
class Post:
    """職: one place at a desk, held by one after the other."""

    agency: str
    desk: str
    role: Role
    tenures: list[Tenure]

    def holder(self, day: date) -> StaffMember:
        return next(held.staff for held in reversed(self.tenures) if held.since <= day)

    @property
    def capacity(self) -> dict[str, str]:
        return {"agency": self.agency, "desk": self.desk, "role": self.role.value}


class Roster:
    def __init__(self, profile: Profile, calendar: Calendar, seed: int, households: int) -> None:
        self.posts: dict[tuple[str, str, Role], list[Post]] = {}
        self.staff: list[StaffMember] = []
        self._key = (profile.id, seed)
        self._numbers = count(1)
        counsellors = 2 + min(6, households // 6000)
        for agency, desk in _desks(profile, calendar.first):
            for role, number in _places(profile, agency, desk, counsellors, calendar.first):
                posts = [self._new_post(agency, desk, role, calendar.first) for _ in range(number)]
                self.posts[agency.id, desk.id, role] = posts
        for april in calendar.aprils:
            self._move(april)

    def _new_post(self, agency: Agency, desk: Desk, role: Role, day: date) -> Post:
        return Post(agency.id, desk.id, role, [Tenure(self._newcomer(day), day)])

    def _newcomer(self, day: date) -> StaffMember:
        number = next(self._numbers)
        chance = Chance(*self._key, "staff", number)
        name = named(surname(chance), chance.pick(("female", "male")), chance)
        subject = f"staff-{number:04d}"
        member = StaffMember(staff_id(ISSUER, subject), subject, name, day)
        self.staff.append(member)
        return member

    def _move(self, april: date) -> None:
        """Those who move take one another's posts within their agency; some leave, others come."""
        chance = Chance(*self._key, "april", april)
        moving: dict[str, list[Post]] = {}
        for post in self:
            if post.role not in _STAYS and chance.happens(_MOVES):
                moving.setdefault(post.agency, []).append(post)
        for posts in moving.values():
            leaving = [post.tenures[-1].staff for post in posts]
            for place, post in enumerate(posts):
                moves = posts[place - 1].capacity != post.capacity
                stays = moves and not chance.happens(_LEAVES)
                comes = leaving[place - 1] if stays else self._newcomer(april)
                post.tenures.append(Tenure(comes, april))

    def __iter__(self) -> Iterator[Post]:
        for posts in self.posts.values():
            yield from posts

    def at(self, agency: str, desk: str, role: Role, number: int = 0) -> Post:
        posts = self.posts[agency, desk, role]
        return posts[number % len(posts)]


def _desks(profile: Profile, day: date) -> Iterator[tuple[Agency, Desk]]:
    for history in profile.agency_history.values():
        agency = history.on(day)
        if agency and agency.access:
            for desk in agency.desks:
                if profile.desk_history[agency.id, desk.id].on(day):
                    yield agency, desk


def _places(
    profile: Profile, agency: Agency, desk: Desk, counsellors: int, day: date
) -> Iterator[tuple[Role, int]]:
    """How many of which role a desk has."""
    if desk.category not in _NO_CASES:
        yield Role.COUNSELLOR, counsellors
    for office in dict.fromkeys(desk.offices):
        if office is not Role.COUNSELLOR:
            yield office, 2 if office in _TWO else 1
    keeps = any(
        body.secretariat.agency == agency.id and body.secretariat.desk == desk.id
        for history in profile.body_history.values()
        if (body := history.on(day))
    )
    if keeps and Role.COORDINATOR not in desk.offices:
        yield Role.COORDINATOR, 1
