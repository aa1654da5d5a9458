"""人事: everybody appointed on the first day, the moves of each April, the handovers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid5

from domain.values import Role
from replays.synthesis.city import City
from replays.synthesis.desk_log import Capacity, DeskLog, morning
from replays.synthesis.diary import Line
from replays.synthesis.roster import ISSUER, Post, StaffMember

NUMBER = -3
_AT_ONCE = 40
_MEMO = "引き継ぎます。経過は記録のとおりです。次の連絡の予定を確かめてください。"


class StaffOffice:
    """人事担当 is the first administrator, whom nobody appoints."""

    def __init__(self, city: City) -> None:
        self.city, self.log = city, DeskLog(city, NUMBER)
        administrators = [post for post in city.roster if post.role is Role.ADMINISTRATOR]
        self.first = administrators[0]
        self._appointments: dict[tuple[int, int], UUID] = {}

    @property
    def by(self) -> tuple[StaffMember, Capacity]:
        return self.first.tenures[0].staff, self.first.capacity

    def lines(self) -> Iterator[Line]:
        yield self._founder()
        for staff in self.city.roster.staff:
            if staff != self.first.tenures[0].staff:
                yield self._registered(staff, self._noticed(staff.since))
        for number, post in enumerate(self.city.roster):
            for turn, tenure in enumerate(post.tenures if post is not self.first else ()):
                yield from self._appointed(number, turn, post, self._noticed(tenure.since))

    def _noticed(self, since: date) -> date:
        """The first appointments are made on the day, later ones two weeks ahead (内示)."""
        return since if since == self.city.first else since - timedelta(days=14)

    def _founder(self) -> Line:
        founder, capacity = self.by
        body = {
            "issuer": ISSUER,
            "subject": founder.subject,
            "name": founder.name.text,
            "kana": founder.name.kana,
            "agency": capacity["agency"],
            "desk": capacity["desk"],
            "start": self.city.first.isoformat(),
        }
        at = morning(self.city.first, 8, 0)
        return self.log.line(at, "AppointFirst", self.by, body, ("staff", founder.id, True))

    def _registered(self, staff: StaffMember, day: date) -> Line:
        body = {
            "issuer": ISSUER,
            "subject": staff.subject,
            "name": staff.name.text,
            "kana": staff.name.kana,
        }
        return self.log.line(
            morning(day), "RegisterStaff", self.by, body, ("staff", staff.id, True)
        )

    def _appointed(self, number: int, turn: int, post: Post, day: date) -> Iterator[Line]:
        tenure = post.tenures[turn]
        if turn:
            before = post.tenures[turn - 1].staff
            ended = {"last_day": (tenure.since - timedelta(days=1)).isoformat()}
            path = {"appointment": str(self._appointments[number, turn - 1])}
            on = ("staff", before.id, False)
            yield self.log.line(morning(day, 9), "EndAppointment", self.by, ended, on, path=path)
        body = {**post.capacity, "period": {"start": tenure.since.isoformat()}}
        on = ("staff", tenure.staff.id, False)
        line = self.log.line(morning(day, 9), "Appoint", self.by, body, on)
        self._appointments[number, turn] = uuid5(UUID(line.told["id"]), "appointment")
        yield line

    def handovers(self) -> Iterator[Line]:
        """引継書: written on the last evening by whoever leaves."""
        found: dict[tuple[int, date, int], list[UUID]] = defaultdict(list)
        posts = {id(post): post for post in self.city.roster}
        for post, april, part, household in self.city.handovers:
            found[id(post), april, part].append(household)
        for (key, april, part), households in found.items():
            for at in range(0, len(households), _AT_ONCE):
                yield self._handover(posts[key], april, part, households[at : at + _AT_ONCE])

    def _handover(self, post: Post, april: date, part: int, households: list[UUID]) -> Line:
        last = april - timedelta(days=1)
        leaving = post.holder(last)
        body = {
            "from_staff": str(leaving.id),
            "to_staff": str(post.holder(april).id),
            "households": [str(household) for household in households],
            "desk": post.desk,
            "effective_on": april.isoformat(),
            "memo": _MEMO,
        }
        streams = [("household", household, False) for household in households]
        at = morning(last, 17, 30)
        by = (leaving, post.capacity)
        return self.log.line(at, "HandOverWork", by, body, *streams, part=part)
