"""知られていること: what the offices came to know and do, gathered from the city's own lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from replays.synthesis.diary import Line
from replays.synthesis.reading_habits.look import Desk, Who

_ENDS = frozenset({"CloseSupport", "SuspendSupport"})


class Dealing(NamedTuple):
    """What somebody did about a household."""

    at: datetime
    act: str
    who: Who


@dataclass(slots=True)
class Spell:
    """担当: a desk leads from then until then."""

    household: UUID
    desk: Desk
    since: datetime
    until: datetime | None = None
    passed_to: Desk | None = None


@dataclass(slots=True)
class Home:
    id: UUID
    persons: list[str] = field(default_factory=list)
    surname: str = ""
    address: str = ""
    dealings: list[Dealing] = field(default_factory=list)
    spells: list[Spell] = field(default_factory=list)

    @property
    def since(self) -> datetime:
        return self.dealings[0].at

    @property
    def agencies(self) -> set[str]:
        """Those that ever had to do with it."""
        return {dealing.who.agency for dealing in self.dealings}

    @property
    def desks(self) -> set[Desk]:
        return {dealing.who[1:3] for dealing in self.dealings}

    def known_to(self, agency: str, at: datetime) -> bool:
        return any(d.who.agency == agency and d.at <= at for d in self.dealings)


class Known:
    """Filled household by household, as the lives are told."""

    def __init__(self) -> None:
        self.homes: dict[UUID, Home] = {}
        self._surnamed: dict[str, list[Home]] = defaultdict(list)
        self._surnamed_at: dict[tuple[str, str], list[Home]] = defaultdict(list)
        self._surnames: dict[str, str] = {}

    @property
    def surnames(self) -> list[str]:
        return list(self._surnamed)

    def surnamed(self, name: str) -> list[Home]:
        return self._surnamed.get(name, [])

    def surnamed_at(self, agency: str, name: str) -> list[Home]:
        """Those of the name that the agency has to do with."""
        return self._surnamed_at.get((agency, name), [])

    def hear(self, lines: Iterable[Line]) -> None:
        for line in lines:
            told = line.told
            for kind, key, _ in told["streams"]:
                if kind == "household":
                    self._done(self._home(UUID(key)), line.at, told)

    def _home(self, key: UUID) -> Home:
        if key not in self.homes:
            self.homes[key] = Home(key)
        return self.homes[key]

    def _done(self, home: Home, at: datetime, told: dict[str, Any]) -> None:
        by, body = told["by"], told["body"]
        who = Who(UUID(by["staff"]), by["agency"], by["desk"], by["role"])
        home.dealings.append(Dealing(at, told["act"], who))
        match told["act"]:
            case "TakeIn":
                persons = [key for kind, key, _ in told["streams"] if kind == "person"]
                self._met(home, persons, [draft.get("kana") for draft in body["persons"]])
                self._leads(home, at, who[1:3])
            case "SplitHousehold" if len(home.dealings) == 1:
                self._met(home, body["persons"], [None])
                self._leads(home, at, who[1:3])
            case "IdentifyPerson":
                self._met(home, [], [body.get("kana")])
            case "RecordAddress":
                home.address = body["text"]
            case "NameLead":
                self._leads(home, at, (body["agency"], body["desk"]))
            case "ReopenSupport":
                self._leads(home, at, who[1:3])
            case act if act in _ENDS:
                self._ends(home, at)

    def _met(self, home: Home, persons: list[str], names: list[str | None]) -> None:
        home.persons += persons
        known = next((name for name in names if name), None)
        surname = known.split()[0] if known else self._surnames.get(next(iter(persons), ""), "")
        self._surnames.update(dict.fromkeys(persons, surname))
        if surname and not home.surname:
            home.surname = surname
            self._surnamed[surname].append(home)

    def _leads(self, home: Home, at: datetime, desk: Desk) -> None:
        self._ends(home, at, desk)
        home.spells.append(Spell(home.id, desk, at))

    def _ends(self, home: Home, at: datetime, passed_to: Desk | None = None) -> None:
        if home.spells and home.spells[-1].until is None:
            home.spells[-1].until, home.spells[-1].passed_to = at, passed_to

    def settled(self) -> None:
        """Once everything was heard: who can be found by surname in which agency."""
        for home in self.homes.values():
            home.dealings.sort(key=lambda dealing: dealing.at)
            for agency in sorted(home.agencies):
                self._surnamed_at[agency, home.surname].append(home)
