"""What a privacy officer's server would know of an invented city: who has to do with whom.

Gathered from the lines of the city — the very commands that the ledger would record — with code of
its own: it shares nothing with the reading habits but those lines.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid5

from domain.profile import Profile
from domain.unusual import End, Reception, Tie
from domain.unusual.gathered import Gathered
from domain.values import JST, StaffId
from replays.synthesis.diary import Line
from tests.bench.city_people import People, Personnel

_OPENS, _CLOSES = time(8, 30), time(17, 15)
_ENDING = frozenset({"CloseSupport", "SuspendSupport"})
_RECEIVING = frozenset({"TakeIn", "ReceiveConsultation"})
_TO = {
    "MakeReferral": ("to_agency", "to_desk"),
    "ShareInformation": ("to_agency", ""),
    "RequestInformation": ("of_agency", ""),
    "DecideInMeeting": ("successor_agency", "successor_desk"),
    "LeavePlanUnreached": ("keeper_agency", "keeper_desk"),
    "NameLead": ("agency", "desk"),
}
Who = tuple[str, str | None, StaffId | None]


class CityTies:
    def __init__(self, profile: Profile) -> None:
        self.profile, self.people = profile, People()
        self._running: dict[UUID, dict[Who, Tie]] = defaultdict(dict)
        self._over: dict[UUID, list[Tie]] = defaultdict(list)
        self._taken_in: dict[tuple[StaffId, date], list[Reception]] = defaultdict(list)

    def hear(self, lines: Iterable[Line]) -> None:
        """What was done for households, each household's in its own order."""
        for line in lines:
            told = line.told
            persons = [key for kind, key, _ in told["streams"] if kind == "person"]
            self.people.hear(told["act"], told["body"], persons)
            for kind, key, _ in told["streams"]:
                if kind == "household":
                    self.people.join(UUID(key), told["act"], told["body"], persons)
                    self._worked(UUID(key), line.at.date(), told)
            if told["act"] in _RECEIVING:
                who = StaffId(UUID(told["by"]["staff"]))
                home = next(key for kind, key, _ in told["streams"] if kind == "household")
                taken = Reception(line.at.replace(tzinfo=JST), UUID(home))
                self._taken_in[who, line.at.date()].append(taken)

    def _worked(self, household: UUID, day: date, told: dict[str, Any]) -> None:
        act, body, by = told["act"], told["body"], told["by"]
        desk = (by["agency"], by["desk"])
        self._begin(household, (*desk, None), day)
        self._begin(household, (*desk, StaffId(UUID(by["staff"]))), day)
        agency, named = _TO.get(act, ("", ""))
        if body.get(agency):
            self._begin(household, (body[agency], body.get(named), None), day)
        for role in body.get("roles", ()):
            self._begin(household, (role["agency"], None, None), day)
        if act in _ENDING:
            self._end(household, set(self._running[household]), day, End.CLOSED)
        elif act == "NameLead" and desk != (body["agency"], body["desk"]):
            mine = {who for who in self._running[household] if who[:2] == desk}
            self._end(household, mine, day, End.PASSED)

    def _begin(self, household: UUID, who: Who, day: date) -> None:
        self._running[household].setdefault(who, Tie(*who, since=day))

    def _end(self, household: UUID, those: set[Who], day: date, end: End) -> None:
        for who in those:
            tie = self._running[household].pop(who)
            self._over[household].append(tie._replace(until=day, end=end))

    def handed_over(self, lines: Iterable[Line]) -> None:
        for line in lines:
            for household in line.told["body"]["households"]:
                who = (line.told["by"]["agency"], line.told["body"]["desk"], None)
                self._begin(UUID(household), who, line.at.date())

    def sat(self, lines: Iterable[Line]) -> None:
        """Presence at an item: a tie for that day (and the month of grace)."""
        items: dict[str, UUID] = {}
        seats: dict[str, tuple[str, StaffId]] = {}
        for line in lines:
            body, key = line.told["body"], UUID(line.told["id"])
            match line.told["act"]:
                case "AddAgendaItem":
                    items[str(uuid5(key, "item"))] = UUID(body["household"])
                case "InviteAttendee" if "staff" in body:
                    staff = StaffId(UUID(body["staff"]))
                    seats[str(uuid5(key, "attendee"))] = (body["agency"], staff)
                case "RecordPresence" if body["attendee"] in seats:
                    (agency, staff), day = seats[body["attendee"]], line.at.date()
                    tie = Tie(agency, None, staff, day, day, End.PASSED)
                    self._over[items[body["item"]]].append(tie)

    def gathered(self, personnel: Personnel, homes: Mapping[UUID, str]) -> Gathered:
        """`homes`: the addresses of the staff, as the personnel office would hand them in."""
        households = dict.fromkeys((*self._over, *self._running))
        return Gathered(
            opening=self.is_open,
            tied={h: (*self._over[h], *self._running[h].values()) for h in households},
            households={household: self.people.features(household) for household in households},
            staff=personnel.features(homes),
            taken_in=self._taken_in,
        )

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(JST)
        return self.profile.is_working_day(local.date()) and _OPENS <= local.time() < _CLOSES
