"""In what is published every combination of sex, birth, 圏域 and household size has k people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from api.profiles import load_profile
from api.publications import told
from domain.publication import PUBLICATIONS, Publications
from domain.publishing import PublishStatistics, publish_tables
from domain.recorded import Recorded
from domain.stamp import Stamp
from domain.values import Author, Capacity, Role, StaffId
from replays.statistics import Place, census_of
from replays.statistics.census import Entry
from replays.statistics.tables import counted
from replays.statistics.view import View, view_at
from tests.replays.attack import attacked
from tests.replays.counting_city import city

PROFILE, YEAR = load_profile("ashiya"), 2025
AREAS = sorted(PROFILE.lists["areas"])
EAST = AREAS[0]
K = PROFILE.settings(date(2026, 6, 1)).suppress_below
ANALYST = Capacity(agency="chiiki-fukushi", desk="analysis", role=Role.ANALYST)
Combination = tuple[str, ...]


class Town:
    """Invented by chance alone: most people are alike, and some are like nobody else."""

    def __init__(self, seed: int, households: int) -> None:
        self.chance, self.entries = Random(seed), list[Entry]()
        self.people: Counter[Combination] = Counter()
        for _ in range(households):
            self.household()

    def tell(self, stream: UUID, kind: str, day: date, **said: Any) -> None:
        number = len(self.entries) + 1
        at = Place(stream, number)
        self.entries.append(Entry(at, number, day, str(day), kind, "centre", said))

    def household(self) -> None:
        chance = self.chance
        day = date(YEAR, 4, 1) + timedelta(days=chance.randrange(365))
        area = chance.choices(AREAS, weights=[1 / (place + 1) for place in range(len(AREAS))])[0]
        home = UUID(int=chance.getrandbits(128), version=4)
        self.tell(home, "HouseholdOpened", day, area=area, household_type=None)
        size = chance.choices((1, 2, 3, 4, 5, 7), weights=(40, 25, 15, 10, 8, 2))[0]
        hidden = chance.random() < 0.02
        for number in range(size):
            person = UUID(int=chance.getrandbits(128), version=4)
            sex = chance.choices(("female", "male", "unknown"), weights=(52, 45, 3))[0]
            year = chance.choice((None, *range(1930, 2024)))
            self.tell(person, "PersonNoted", day, sex=sex, birth_year=year)
            self.tell(home, "MemberJoined", day, person=person, membership="registered")
            if hidden and number == 0:
                self.tell(person, "ConcealmentStarted", day, concealment=person)
            told = "withheld" if hidden else area
            self.people[told, _size(size), sex, f"b{year // 10}0" if year else "unknown"] += 1
        route = chance.choice(sorted(PROFILE.lists["routes"]))
        about = {"fields": ("elderly",), "consulter": "self", "urgency": None}
        self.tell(home, "ConsultationReceived", day, consultation=home, route=route, **about)

    @property
    def tables(self) -> Mapping[str, Mapping[Combination, int]]:
        return counted(View(self.entries), YEAR)


def _size(members: int) -> str:
    return {1: "one", 2: "two", 3: "three-four", 4: "three-four"}.get(members, "five-over")


class Office:
    """Publishes what may be published, again and again."""

    def __init__(self) -> None:
        self.state = Publications(id=PUBLICATIONS)

    def publish(self, tables: Mapping[str, Any], year: int = YEAR) -> None:
        author = Author(staff=StaffId(UUID(int=1)), capacity=ANALYST)
        stamp = Stamp(author, datetime(2030, 4, 1, tzinfo=UTC), UUID(int=2), PROFILE)
        command = PublishStatistics.model_validate({"year": year, "closing": f"{year + 1}-05-31"})
        for fact in publish_tables(self.state, command, stamp, tables=tables):
            at = Recorded(PUBLICATIONS, self.state.version + 1, 1, stamp.at, None, author, fact)
            self.state = self.state.evolve(at)

    def cells(self, year: int = YEAR) -> Iterator[tuple[Combination, int | None]]:
        """Of the one table that has them all, as anybody reads it."""
        for table in told(self.state, PROFILE, year):
            if table["table"] == "new-people":
                yield from ((cell["key"], cell["count"]) for cell in table["cells"])


def assert_upheld(office: Office, people: Counter[Combination], year: int = YEAR) -> int:
    """How many whole combinations are named, each of them, and all that leads to it, k people."""
    named = [(key, count) for key, count in office.cells(year) if key and key[-1] != "hidden"]
    for key, count in named:
        there = sum(number for each, number in people.items() if each[: len(key)] == key)
        assert count == there >= K
    together = [count for key, count in office.cells(year) if key and key[-1] == "hidden"]
    assert all(count is not None and count >= K for count in together)
    releases = {key: [each.shown for each in found] for key, found in office.state.releases.items()}
    assert attacked(releases, K) == []
    return sum(len(key) == 4 for key, _ in named)


@pytest.mark.parametrize("seed", range(3))
def test_every_combination_that_is_named_has_k_people(seed: int) -> None:
    town, office = Town(seed, 6_000), Office()
    office.publish(town.tables)
    assert K == 10
    assert assert_upheld(office, town.people) > 20
    few = {each for each, number in town.people.items() if number < K}
    assert few
    assert few.isdisjoint(key for key, _ in office.cells())


def test_nobody_learns_in_which_combination_somebody_was() -> None:
    """A town in which one more person is like nobody else reads as one in which nobody is."""
    offices = []
    for somebody in (False, True):
        office = Office()
        people: dict[Combination, int] = {(EAST, "one", "female", "b1950"): 40}
        people |= {(EAST, "one", "male", f"b19{decade}0"): 6 for decade in range(3, 6)}
        if somebody:
            people[EAST, "one", "male", "b1930"] -= 1
            people[EAST, "one", "male", "b1990"] = 1
        office.publish({"new-people": _tree(people)})
        offices.append(list(office.cells()))
    assert offices[0] == offices[1]
    assert ((EAST, "one", "male", "hidden"), 18) in offices[0]


def _tree(leaves: Mapping[Combination, int]) -> dict[Combination, int]:
    found: Counter[Combination] = Counter({(): 0})
    for path, number in leaves.items():
        for depth in range(len(path) + 1):
            found[path[:depth]] += number
    return dict(found)


def test_a_synthetic_city_upholds_it_by_night(nightly: int) -> None:
    """Every run a small one, in which k people are seldom alike; by night a large one."""
    made, office = city(2_500 if nightly > 1 else 200), Office()
    view = view_at(census_of(made.ledger, made.profile), made.closed)
    tables = counted(view, YEAR)
    office.publish(tables)
    people: Counter[Combination] = Counter()
    people.update({key: n for key, n in tables["new-people"].items() if len(key) == 4})
    assert assert_upheld(office, people) >= (20 if nightly > 1 else 0)
