"""`setai as-of`: the past in codes and days, by whoever sits at the machine, written down."""

import json
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.clocks import Point
from domain.events.viewing import SERVER, days_book
from domain.ledger import AUDITOR, Settings, open_receipts
from domain.values import JST
from replays.as_of import difference, household
from tests.replays.small_town import WORDS, City, city, run

__all__ = ["city"]


def test_a_household_is_told_in_codes_without_a_word(city: City, tmp_path: Path) -> None:
    home = city.town.households[0]
    code, said = run(city, tmp_path, "household", str(home))
    assert code == 0, said
    assert "支援経過" in said
    for form in ((), ("--json",), ("--csv",)):
        code, said = run(city, tmp_path, "household", str(home), *form)
        assert code == 0, said
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
        (("--true-at", "1850-01-01"), "ありません"),
        (("--known-at", "1850-01-01"), "ありません"),
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
