"""`setai as-of difference`: what staff read of an office is its name, never the code of it."""

import json
from contextlib import closing
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from api.commands import app
from api.profiles import load_profile
from domain.events.referral import LeadAgencyNamed
from domain.ledger import Settings, open_ledger
from domain.recorded import Recorded
from replays.loading import load
from replays.synthesis import synthesize
from tests.conftest import MakeDatabase

PROFILE = load_profile("ashiya")


class City(NamedTuple):
    url: str
    named: list[tuple[Recorded, Recorded]]
    """Where a household went from one desk to another."""


@pytest.fixture(scope="module")
def city(
    make_database: MakeDatabase, make_book: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> City:
    directory = tmp_path_factory.mktemp("city")
    synthesize(PROFILE, 40, 7, directory, lambda _: None)
    url = make_database(demonstration=True)
    make_book(url, demonstration=True)
    opening = partial(open_ledger, Settings(url))
    load(opening, PROFILE, directory, lambda *_: None)
    with closing(opening()) as ledger:
        log = [r for r in ledger.read(0, 1_000_000) if isinstance(r.fact, LeadAgencyNamed)]
    log.sort(key=lambda each: (each.stream, each.position))
    return City(url, [(a, b) for a, b in pairwise(log) if a.stream == b.stream])


def difference(city: City, one: Recorded, other: Recorded, *form: str) -> str:
    asked = (str(one.stream), "--from-known-at", one.recorded_at.isoformat())
    until = ("--known-at", other.recorded_at.isoformat())
    given = {"SETAI_DATABASE_URL": city.url, "SETAI_PROFILE": "ashiya", "COLUMNS": "250"}
    result = CliRunner().invoke(app, ["as-of", "difference", *asked, *until, *form], env=given)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_desk_is_called_by_its_name(city: City) -> None:
    told = 0
    for one, other in city.named:
        changes = json.loads(difference(city, one, other, "--json"))["changes"]
        said = difference(city, one, other)
        for change in changes:
            for side, fact in (("before", one.fact), ("after", other.fact)):
                assert isinstance(fact, LeadAgencyNamed)
                code = change[side]
                if change["what"] == "desk" and code:
                    day = one.recorded_at.date()
                    assert code == fact.desk
                    assert PROFILE.desk_name(fact.agency, fact.desk, day) in said
                    told += 1
                if change["what"] in {"agency", "desk"} and code:
                    assert f" {code} " not in said
    assert told


@pytest.mark.parametrize(
    ("office", "told"),
    [
        (("--agency", "shakyo", "--desk", "rights"), "設定にない係です。 選べる値: district"),
        (("--desk", "nowhere"), "設定にない係です。"),
        (("--agency", "police", "--desk", "rights"), "設定にない係です。 選べる値: なし"),
        (("--agency", ""), "設定にない機関です。"),
        (("--agency", "police"), None),
        (("--agency", "shakyo", "--desk", "supporter", "--true-at", "2000-01-01"), None),
    ],
)
def test_no_cases_are_another_answer_than_no_such_office(
    city: City, office: tuple[str, ...], told: str | None
) -> None:
    given = {"SETAI_DATABASE_URL": city.url, "SETAI_PROFILE": "ashiya", "COLUMNS": "250"}
    result = CliRunner().invoke(app, ["as-of", "city", *office], env=given)
    assert result.exit_code == (told is not None)
    assert told is None or told in result.output
