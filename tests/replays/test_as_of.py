"""`setai as-of`: the past in codes and days, by whoever sits at the machine, written down."""

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from typer.testing import CliRunner

from api.commands import app
from domain.clocks import Point
from domain.events.rights import FactCorrected
from domain.events.sitting import AgendaItemAdded, MeetingBasis, PresenceRecorded
from domain.events.viewing import SERVER, days_book
from domain.ledger import AUDITOR, Settings, ledger_in_memory, open_ledger, open_receipts
from domain.recorded import Recorded
from domain.values import JST, latest
from projections.as_of import MarkKind
from replays.as_of import difference, household, municipality, sitting
from replays.as_of.municipality import LISTED
from tests.conftest import MakeDatabase
from tests.laws.acts import lived, meeting, people, record, sharing, support, take
from tests.laws.town import Town
from tests.laws.two_clocks import Oracle, opened, stood
from tests.replays.lived import lived as synthetic

ACTS = (
    record.consult,
    support.visit,
    sharing.refer,
    sharing.accept,
    sharing.lead,
    people.take_in_others,
    meeting.meet,
    people.leave,
    support.close,
    record.correct,
    record.report,
)
WORDS = ("山田", "たろう", "話", "近所の人", "気になる様子")


class City(NamedTuple):
    """A small town that has lived, and where it is kept."""

    town: Town
    url: str
    book: str


@pytest.fixture(scope="module")
def city(make_database: MakeDatabase, make_book: MakeDatabase) -> Iterator[City]:
    url = make_database(demonstration=True)
    book = make_book(url, demonstration=True)
    with closing(open_ledger(Settings(url))) as ledger:
        town = lived([], ledger)
        chance = Random(4)
        for _ in range(80):
            take(town, chance.choice(ACTS), chance.randrange(2**32))
        yield City(town, url, book)


def run(city: City, tmp: Path, *arguments: str) -> tuple[int, str]:
    given = {"SETAI_DATABASE_URL": city.url, "SETAI_DATA": str(tmp)}
    result = CliRunner().invoke(app, ["as-of", *arguments], env=given)
    return result.exit_code, result.output if result.exit_code else result.stdout


def test_a_household_is_told_in_codes_without_a_word(city: City, tmp_path: Path) -> None:
    home = city.town.households[0]
    code, said = run(city, tmp_path, "household", str(home))
    assert code == 0, said
    assert "支援経過" in said
    for form in ((), ("--json",), ("--csv",)):
        code, said = run(city, tmp_path, "household", str(home), *form)
        assert code == 0
        assert not [word for word in WORDS if word in said]
        assert not [str(person) for person in city.town.persons if str(person) in said]


def test_it_says_what_the_python_call_says(city: City, tmp_path: Path) -> None:
    home, ledger = city.town.households[0], city.town.ledger
    code, said = run(city, tmp_path, "household", str(home), "--json")
    told = json.loads(said)
    today = datetime.now(JST).date()
    then = household(ledger, home, Point(today, ledger.head()))
    assert code == 0
    assert then is not None
    assert (told["status"], len(told["events"])) == (then.status, len(then.events))
    assert len(told["members"]) == len(then.members)


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


def test_a_sitting_is_told_in_codes(city: City, tmp_path: Path) -> None:
    key = city.town.sittings[0]
    for form, heading in (((), "議題"), (("--json",), "present"), (("--csv",), "present")):
        code, said = run(city, tmp_path, "sitting", str(key), *form)
        assert (code, heading in said) == (0, True), said
        assert not [
            word for word in (*WORDS, "世帯について", "話し合った", "構成員") if word in said
        ]


def test_whom_a_sitting_took_up_is_told_of_a_layered_one_about_nobody_protected() -> None:
    town = lived([], ledger_in_memory(demonstration=True))
    (home,), ledger = town.households, town.ledger
    for seed in range(30):
        town.chance = Random(seed)
        meeting.hold_sitting(town, "support" if seed % 2 else "layered")
        then = household(ledger, home, Point(town.at.date(), ledger.head()))
        assert then is not None
        told = {basis for basis, told in _taken_up(town) if told}
        assert told == (set() if then.withheld else {MeetingBasis.LAYERED})
        if told and {basis for basis, _ in _taken_up(town)} > told:
            break
    assert told == {MeetingBasis.LAYERED}
    while not any(town.person(each).is_concealed for each in town.state(home).people.members):
        people.conceal(town)
    assert not {basis for basis, told in _taken_up(town) if told}


def _taken_up(town: Town) -> set[tuple[MeetingBasis, bool]]:
    """The basis of each item, and whether the household that it is about was told."""
    ledger, today = town.ledger, town.at.date()
    found: set[tuple[MeetingBasis, bool]] = set()
    for key in town.sittings:
        facts = [each.fact for each in ledger.history(key)]
        then = sitting(ledger, key, Point(today, ledger.head()))
        assert then is not None
        assert sitting(ledger, key, Point(today, ledger.history(key)[0].position - 1)) is None
        there = {fact.attendee for fact in facts if isinstance(fact, PresenceRecorded)}
        assert then.present == len(there)
        added = [fact for fact in facts if isinstance(fact, AgendaItemAdded)]
        for item, fact in zip(then.items, added, strict=True):
            assert item.household in {None, fact.household}
            found.add((fact.basis, item.household is not None))
    return found


def test_two_points_are_told_apart(city: City, tmp_path: Path) -> None:
    home, ledger = city.town.households[0], city.town.ledger
    today, head = datetime.now(JST).date(), ledger.head()
    found = difference(ledger, home, Point(today, head // 2), Point(today, head))
    assert found is not None
    assert found.records
    same = difference(ledger, home, Point(today, head), Point(today, head))
    assert same is not None
    assert (same.states, same.records) == ((), ())
    code, said = run(city, tmp_path, "difference", str(home), "--from-true-at", "2026-01-01")
    assert (code, "記録の違い" in said) == (0, True)


def test_it_is_written_down_who_sat_at_the_machine(city: City, tmp_path: Path) -> None:
    home = city.town.households[0]
    run(city, tmp_path, "household", str(home), "--true-at", "令和8年5月1日")
    with closing(open_receipts(Settings(city.book), role=AUDITOR)) as book:
        days = {city.town.ledger.now().astimezone(JST).date(), datetime.now(JST).date()}
        read: list[Any] = [
            each.fact for day in days for each in book.history(days_book(SERVER.staff, day))
        ]
    assert read[-1].households == (home,)
    assert read[-1].view == "as-of-household"
    assert read[-1].asked["operator"]


@pytest.mark.parametrize(
    ("point", "told"),
    [
        (("--true-at", "9999-12-31"), "それより前の日"),
        (("--known-at", "9999-12-31"), "今日か"),
        (("--known-at", "9999-12-31T00:00:00+09:00"), "いまより前"),
        (("--known-at", "2026-04-01T09:00:00"), "時差"),
        (("--known-at", "2026-04-01Tx"), "日時として読めません"),
        (("--true-at", "あした"), "日付として読めません"),
        (("--true-at", "2026-02-30"), "日付として読めません"),
        (("--true-at", ""), "日付として読めません"),
        (("--known-at", ""), "日付として読めません"),
        (("--true-at", "0001-01-01"), "ありません"),
        (("--known-at", "0001-01-01"), "ありません"),
        (("--known-at", "0001-01-01T00:00:00+14:00"), "ありません"),
    ],
)
def test_no_point_of_time_is_an_accident(
    city: City, tmp_path: Path, point: tuple[str, ...], told: str
) -> None:
    code, said = run(city, tmp_path, "household", str(city.town.households[0]), *point)
    assert (code, told in said.replace("\n", "")) == (1, True), said


def test_a_difference_needs_a_point_to_start_from(city: City, tmp_path: Path) -> None:
    code, said = run(city, tmp_path, "sitting", str(city.town.households[0]))
    assert (code, "会議の記録はありません" in said) == (1, True)
    code, said = run(city, tmp_path, "difference", str(city.town.households[0]))
    assert code == 2
    assert "--from-true-at" in said
