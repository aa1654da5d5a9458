"""まち: the profile as those who live in it meet it — windows, offices, bodies, places."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.labels import Category
from domain.profile import AreaKind, Body, LegalBasis, Profile
from domain.values import DeskRef, Role
from replays.synthesis.calendar import Calendar, Session, case_bodies
from replays.synthesis.chance import Chance
from replays.synthesis.roster import Post, Roster

_SITTINGS_FOR_HOUSEHOLDS = 10_000
_PLACES_FOR_HOUSEHOLDS = 400
_ITEMS = 50
"""As many as a sitting hears in one afternoon."""
_WINDOWS = (Category.CONSULTATION, Category.PROGRESS)


class Booking(NamedTuple):
    """付議の予定: an item of a session, when it was added and how, and who sits in on it."""

    command: UUID
    added_at: datetime
    told: dict[str, Any]
    agencies: tuple[str, ...]

    @property
    def item(self) -> str:
        return str(uuid5(self.command, "item"))


class Handover(NamedTuple):
    post: Post
    april: date
    part: int
    household: UUID


class City:
    """Nothing in it depends on what was asked before, except the two lists that lives add to."""

    def __init__(self, profile: Profile, seed: int, households: int) -> None:
        self.profile, self.seed, self.households = profile, seed, households
        self.namespace = uuid5(NAMESPACE_URL, f"setai:synthesis:{profile.id}:{seed}")
        self.calendar = Calendar(profile)
        self.roster = Roster(profile, self.calendar, seed, households)
        self.bookings: dict[UUID, list[Booking]] = defaultdict(list)
        self.handovers: list[Handover] = []

    @property
    def first(self) -> date:
        return self.calendar.first

    def id(self, name: str) -> UUID:
        return uuid5(self.namespace, name)

    def allowed(self, codes: str, *wanted: str) -> list[str]:
        """Those of the codes that this municipality has; its first one where it has none."""
        here = self.profile.allowed(codes, self.first)
        return [code for code in wanted if code in here] or here[:1]

    @cached_property
    def fields(self) -> list[str]:
        """分野 that have a window here."""
        return [
            code for code in self.profile.allowed("fields", self.first) if code in self._windows
        ]

    @cached_property
    def areas(self) -> list[str]:
        kinds = (AreaKind.DAILY_LIFE, AreaKind.SECOND_LAYER)
        areas = [area for area in self.profile.areas if area.holds(self.first)]
        return [a.id for a in areas if a.kind in kinds] or [areas[0].id]

    @cached_property
    def hub(self) -> DeskRef:
        """多機関協働: the desk that keeps the 重層的支援会議."""
        return case_bodies(self.profile, LegalBasis.LAYERED, self.first)[0].secretariat

    @cached_property
    def _windows(self) -> dict[str, list[DeskRef]]:
        found: dict[str, list[DeskRef]] = defaultdict(list)
        for agency, desk, role in self.roster.posts:
            entry = self.profile.desk(agency, desk, self.first)
            ref = DeskRef(agency=agency, desk=desk)
            if role is Role.COUNSELLOR and entry.category in _WINDOWS and ref != self.hub:
                for field in entry.fields:
                    found[field].append(ref)
        return found

    def window(self, field: str, area: str, chance: Chance) -> DeskRef:
        """Where somebody with that trouble knocks; old people at the centre of their area."""
        desks = self._windows.get(field) or next(iter(self._windows.values()))
        centres = self.profile.centres(area, self.first)
        near = [desk for desk in desks if desk.agency in centres]
        return chance.pick(near if near and chance.happens(0.85) else desks)

    def desk_for(self, category: Category, field: str) -> DeskRef | None:
        """A desk of its own for that category (虐待・DV, 健康), of that field first."""
        desks = [
            DeskRef(agency=agency, desk=desk)
            for agency, desk, role in self.roster.posts
            if role is Role.COUNSELLOR
            and self.profile.desk(agency, desk, self.first).category is category
        ]
        ours = [d for d in desks if field in self.profile.desk(d.agency, d.desk, self.first).fields]
        return next(iter(ours or desks), None)

    @cached_property
    def outreach(self) -> DeskRef:
        return self._called("outreach")

    @cached_property
    def participation(self) -> DeskRef:
        return self._called("participation")

    def _called(self, desk: str) -> DeskRef:
        named = [key for key in self.roster.posts if key[1] == desk and key[2] is Role.COUNSELLOR]
        return DeskRef(agency=named[0][0], desk=desk) if named else self.hub

    def worker(self, desk: DeskRef, key: int) -> Post:
        role = Role.COORDINATOR if desk == self.hub else Role.COUNSELLOR
        return self.roster.at(desk.agency, desk.desk, role, key)

    def office(self, role: Role, number: int = 0) -> Post:
        ref = self.profile.desks_for(role, self.first)[0]
        return self.roster.at(ref.agency, ref.desk, role, number)

    @property
    def identity(self) -> Post:
        """名寄せ担当."""
        return self.office(Role.IDENTITY)

    @property
    def privacy(self) -> Post:
        """個人情報保護担当."""
        return self.office(Role.PRIVACY)

    @property
    def protection(self) -> tuple[Post, Post]:
        """支援措置担当: ending takes two of them."""
        return self.office(Role.PROTECTION), self.office(Role.PROTECTION, 1)

    def secretary(self, body: Body) -> Post:
        """会議事務局."""
        ref = body.secretariat
        return self.roster.at(ref.agency, ref.desk, Role.COORDINATOR)

    def has_access(self, agency: str) -> bool:
        return self.profile.agency(agency, self.first).access

    def outside(self, *agencies: str) -> list[str]:
        """Those of the agencies that exist here: school, clinic, 民生委員 …"""
        return [a for a in agencies if a in self.profile.agency_history]

    @cached_property
    def sessions(self) -> dict[str, list[Session]]:
        return {body.id: list(self._sessions(body)) for body in self.bodies}

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies that this city convenes, each once."""
        kinds = (LegalBasis.SUPPORT, LegalBasis.LAYERED, LegalBasis.OTHER_CONFIDENTIAL)
        found = [b for kind in kinds for b in case_bodies(self.profile, kind, self.first)]
        return list({body.id: body for body in found}.values())

    def _sessions(self, body: Body) -> Iterable[Session]:
        a_month = 1 + self.households // _SITTINGS_FOR_HOUSEHOLDS
        for number, day in enumerate(self.calendar.sitting_days(a_month)):
            command = self.id(f"sitting-{body.id}-{number}")
            summoned = self.calendar.summoned(day)
            yield Session(body, number, day, summoned, command, uuid5(command, "sitting"))

    def body(self, basis: LegalBasis, marked: str = "") -> Body:
        """The first body on that basis, or the one whose authority names that law."""
        bodies = case_bodies(self.profile, basis, self.first)
        return next((body for body in bodies if marked in body.authority), bodies[0])

    def next_session(self, body: Body, after: date) -> Session | None:
        """The next one far enough ahead to be put on its agenda, if that is not full already."""
        ahead = after + timedelta(days=4)
        sessions = (s for s in self.sessions[body.id] if s.held_on >= ahead)
        return next((s for s in sessions if len(self.bookings[s.sitting]) < _ITEMS), None)

    def book(self, session: Session, booking: Booking) -> None:
        self.bookings[session.sitting].append(booking)

    def handed_over(self, post: Post, april: date, part: int, household: UUID) -> None:
        self.handovers.append(Handover(post, april, part, household))

    @cached_property
    def places(self) -> list[UUID]:
        """受入先・居場所: registered on the first day."""
        count = 6 + self.households // _PLACES_FOR_HOUSEHOLDS
        return [uuid5(self.id(f"place-{number}"), "resource") for number in range(count)]
