"""気になる閲覧: a year of reads in each of ten cities that no threshold was chosen on.

A seed's city is made in memory by the synthesis itself: its lines are what its offices did, its
reads what they read. The rules see those reads and, through `city_ties`, those lines; neither the
habits of reading nor the truth about them. The thresholds were frozen before these ten were made.
An improper read counts as found when a listed alert names its receipt, be it weeks later; an alert
counts as right when it names one improper read.

This is the second freeze. The first, chosen on three cities (1001 to 1003), missed in three of the
ten that followed (2001 to 2010: recall 0.83 to 0.96): whoever had just taken anybody in was excused
whatever they opened, and searches at night were too few to count. What the second was chosen on
domain/unusual/thresholds.py says; these ten were seen by neither.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from api.profiles import load_profile
from domain.unusual import DayList, Outcome, ReadLine, ReceiptRef, watched
from domain.unusual.gathered import Gathered
from domain.unusual.thresholds import A_DAY
from domain.values import JST, Role, StaffId
from replays.synthesis import every_household, sittings
from replays.synthesis.city import City
from replays.synthesis.reading_habits import Known, Read, ReadingYear, Year
from replays.synthesis.staff_office import StaffOffice
from tests.bench.city_people import Personnel
from tests.bench.city_ties import CityTies
from tests.bench.figures import Figure, less, more
from tests.bench.ground import Ground

_HOUSEHOLDS = 40_000
_UNSEEN = range(3001, 3011)
_RECALL = 0.9


class Found(NamedTuple):
    seed: int
    reads: int
    improper: Counter[str]
    found: Counter[str]
    alerts: int
    right: int
    days: int
    most: int
    no_room: int

    @property
    def recall(self) -> float:
        return self.found.total() / self.improper.total()

    @property
    def told(self) -> str:
        kinds = ", ".join(f"{k} {self.found[k]}/{n}" for k, n in sorted(self.improper.items()))
        a_day, precision = self.alerts / self.days, self.right / max(1, self.alerts)
        listed = f"{a_day:.2f} alerts a day, at most {self.most}, precision {precision:.2f}"
        return f"{listed}; {kinds}; {self.reads:,} reads, {self.no_room} without room"


def measure(_: Ground) -> list[Figure]:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        all_found = list(pool.map(found_in, _UNSEEN))
    return [figure for found in all_found for figure in _figures(found)]


def _figures(found: Found) -> Iterator[Figure]:
    name = f"unusual reads, city {found.seed}"
    yield more(f"{name}: recall", found.recall, "", _RECALL, found.told)
    yield less(f"{name}: alerts a day", found.alerts / found.days, "", A_DAY)


def found_in(seed: int, households: int = _HOUSEHOLDS) -> Found:
    reads, known = _city(seed, households)
    truth = {ReceiptRef(read.day, read.version): read.kind for read in reads if read.kind}
    days = list(watched(as_lines(reads), known))
    return _judged(seed, len(reads), truth, days)


def _city(seed: int, households: int) -> tuple[list[Read], Gathered]:
    profile = load_profile("ashiya")
    city, habits, ties = City(profile, seed, households), Known(), CityTies(profile)
    for _, lines in every_household(city):
        habits.hear(lines)
        ties.hear(lines)
    office, held = StaffOffice(city), list(sittings.held(city))
    personnel = Personnel(office.lines())
    ties.handed_over(office.handovers())
    ties.sat(held)
    year = ReadingYear(Year(city, habits, held))
    return list(year.reads()), ties.gathered(personnel, year.homes.addresses)


def as_lines(reads: list[Read]) -> Iterator[ReadLine]:
    for read in reads:
        look = read.look
        for household in read.households or (None,):
            yield ReadLine(
                staff=StaffId(look.who.staff),
                agency=look.who.agency,
                desk=look.who.desk,
                role=Role(look.who.role),
                at=look.at.replace(tzinfo=JST),
                household=household,
                persons=(),
                purpose=look.purpose,
                view=look.view,
                outcome=Outcome.SHOWN if read.shown else Outcome.REFUSED,
                receipt=ReceiptRef(read.day, read.version),
            )


def _judged(seed: int, reads: int, truth: dict[ReceiptRef, str], days: list[DayList]) -> Found:
    alerts = [alert for day in days for alert in day.alerts]
    named = {receipt for alert in alerts for receipt in alert.receipts}
    return Found(
        seed=seed,
        reads=reads,
        improper=Counter(truth.values()),
        found=Counter(kind for receipt, kind in truth.items() if receipt in named),
        alerts=len(alerts),
        right=sum(any(receipt in truth for receipt in alert.receipts) for alert in alerts),
        days=len(days),
        most=max(len(day.alerts) for day in days),
        no_room=sum(day.more for day in days),
    )
