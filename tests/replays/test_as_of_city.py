"""The whole municipality as of a point: its households, its lines, its counts."""

import csv
import json
from collections.abc import Sequence
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random
from uuid import UUID

from domain.clocks import Point
from domain.events.rights import FactCorrected
from domain.recorded import Recorded
from domain.values import JST, latest
from projections.as_of import MarkKind
from replays.as_of import municipality
from replays.as_of.municipality import LISTED
from tests.laws.two_clocks import Oracle, opened, stood
from tests.replays.lived import lived as synthetic
from tests.replays.small_town import City, city, run

__all__ = ["city"]


def test_the_whole_municipality_is_its_households(city: City) -> None:
    """At any point, by a separate oracle."""
    ledger, chance = city.town.ledger, Random(9)
    log = city.town.log()
    first = log[0].recorded_at.astimezone(JST).date()
    for _ in range(20):
        day = first + timedelta(days=chance.randrange(-20, 160))
        point = Point(day, chance.randint(0, ledger.head()))
        lines = {line.household: line for line in municipality(ledger, point)}
        for home in city.town.households:
            told = stood(log, home, point.true_at, point.position)
            assert (home in lines) == opened(told)
            if home in lines:
                heard, line = Oracle(home, day).hear(told), lines[home]
                here = sum(member[3] is None for member in heard.members.values())
                assert (line.status, line.cycle, line.members) == (heard.status, heard.cycle, here)
                assert line.open_referrals == len(heard.open_referrals)


def test_a_line_says_what_of_it_was_written_late_or_corrected(tmp_path: Path) -> None:
    ledger, met = synthetic(tmp_path / "city", 300), set[str]()
    log = ledger.read(0, ledger.head())
    fixed = [each.position for each in log if isinstance(each.fact, FactCorrected)]
    for position in (*(each - 1 for each in Random(3).sample(fixed, 6)), ledger.head()):
        day = log[position - 1].recorded_at.astimezone(JST).date()
        point = Point(day, position)
        for line in municipality(ledger, point):
            history = [each for each in log if each.stream == line.household]
            assert set(line.marks) == marked(history, line.household, point)
            met |= set(line.marks)
    assert met == set(MarkKind)


def marked(log: Sequence[Recorded], home: UUID, point: Point) -> set[str]:
    """Fact by fact: what the lines are made of, and which of it was written late or corrected."""
    made_of = {each.version for each in log if each.stream == home and type(each.fact) in LISTED}
    found = set()
    for each in log:
        if each.stream == home and isinstance(each.fact, FactCorrected) and each.fact.of in made_of:
            found.add("corrected" if each.position <= point.position else "corrected-since")
    for each in stood(log, home, point.true_at, point.position):
        written = each.recorded_at.astimezone(JST).date()
        if each.version in made_of and latest(each.fact.occurred_on) < written:
            found.add("late")
    return found


def test_a_city_is_counted_or_listed(city: City, tmp_path: Path) -> None:
    code, said = run(city, tmp_path, "city")
    assert (code, "世帯の数" in said) == (0, True)
    assert json.loads(run(city, tmp_path, "city", "--json")[1])["totals"]["households"] == len(
        city.town.households
    )
    code, said = run(city, tmp_path, "city", "--csv")
    rows = list(csv.DictReader(StringIO(said.lstrip("\ufeff"))))
    assert {row["household"] for row in rows} == {str(home) for home in city.town.households}
    some = rows[0]["agency"]
    code, said = run(city, tmp_path, "city", "--agency", some, "--json")
    assert {line["agency"] for line in json.loads(said)["households"]} == {some}


def test_nobodys_cases_are_not_those_of_an_agency_that_is_not_there(
    city: City, tmp_path: Path
) -> None:
    code, said = run(city, tmp_path, "city", "--agency", "nowhere")
    assert (code, "自治体の設定にない機関です" in said) == (1, True)
    code, said = run(city, tmp_path, "city", "--true-at", "2999-01-01")
    assert (code, "今日か、それより前" in said) == (1, True)
