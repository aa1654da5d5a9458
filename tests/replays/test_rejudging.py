"""Judged again under a tightened profile: exactly the commands that would now be refused."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest
from typer.testing import CliRunner

from api.commands import app
from api.profiles import load_profile
from domain.events.consent import ConsentGiven
from domain.events.meeting import PlanDecided
from domain.household import Household
from domain.ledger import (
    PROJECTOR,
    Asked,
    Item,
    Recorded,
    Settings,
    Stream,
    UnknownFact,
    ledger_in_memory,
    open_datastore,
    open_ledger,
    record_many,
)
from domain.membership import OpenHousehold, open_household
from domain.profile import Profile
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Author, earliest, months_after
from replays.loading import load
from replays.loading.lines import every_line, read_manifest, request_of
from replays.rejudging import Judged, rejudge
from replays.rejudging.judging import judge
from replays.rejudging.past import Past
from replays.rejudging.unread import TextNeeded, Unread, unread
from replays.synthesis import synthesize
from tests.conftest import MakeDatabase

PROFILE = load_profile("ashiya")


class City(NamedTuple):
    url: str
    facts: list[Recorded]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The acts of 150 households."""
    directory = tmp_path_factory.mktemp("city")
    synthesize(PROFILE, 150, 11, directory, lambda _: None)
    return directory


@pytest.fixture(scope="module")
def city(make_database: MakeDatabase, make_book: MakeDatabase, written: Path) -> City:
    """Lived under the profile as it is."""
    url = make_database(demonstration=True)
    make_book(url, demonstration=True)
    opening = partial(open_ledger, Settings(url))
    load(opening, PROFILE, written, lambda *_: None)
    with closing(opening()) as ledger:
        return City(url, ledger.read(0, 1_000_000))


def tightened(**settings: object) -> Profile:
    """The same rules but for these."""
    dated = tuple(each.model_copy(update=settings) for each in PROFILE.dated_settings)
    assert dated
    return PROFILE.model_copy(update={"dated_settings": dated})


def judged(url: str, profile: Profile) -> list[Judged]:
    settings = Settings(url)
    with (
        closing(open_ledger(settings, role=PROJECTOR)) as ledger,
        closing(open_datastore(settings, PROJECTOR)) as datastore,
    ):
        return list(rejudge(ledger, datastore, profile))


def now_refused(city: City, profile: Profile, code: str) -> dict[str, set[UUID]]:
    """The commands that would meet this refusal alone, by their kind."""
    found = [each for each in judged(city.url, profile) if each.changed]
    kinds = {each.command for each in found if each.now == code}
    return {kind: {each.id for each in found if each.command == kind} for kind in kinds}


def commands(city: City, of: Callable[[Recorded], bool]) -> set[UUID]:
    return {each.command_id for each in city.facts if each.command_id and of(each)}


def test_by_the_same_rules_nothing_would_end_otherwise(city: City) -> None:
    found = judged(city.url, PROFILE)
    with psycopg.connect(city.url) as connection:
        kept = connection.execute("SELECT command_id FROM ledger.commands").fetchall()
    assert sorted(each.id for each in found) == sorted(of for (of,) in kept)
    assert {each.id for each in found} >= commands(city, lambda _: True)
    assert [each for each in found if each.changed] == []
    assert {each.doubt for each in found} <= {None, "text"}


def test_a_shorter_plan_names_the_plans_that_would_not_have_been_decided(city: City) -> None:
    """Counted from the facts alone: whose review lies beyond the months a plan may then last."""
    months = 2

    def too_long(recorded: Recorded) -> bool:
        fact = recorded.fact
        return isinstance(fact, PlanDecided) and fact.review_on > months_after(
            fact.starts_on, months
        )

    expected = commands(city, too_long)
    found = now_refused(city, tightened(plan_longest_months=months), "ReviewOutsidePlan")
    assert found["DecidePlan"] == expected
    assert expected


def test_a_shorter_consent_names_the_consents_that_would_not_have_been_taken(city: City) -> None:
    def too_long(recorded: Recorded) -> bool:
        fact = recorded.fact
        return isinstance(fact, ConsentGiven) and (
            fact.period.end is None or fact.period.end > months_after(fact.period.start, 3)
        )

    expected = commands(city, too_long)
    found = now_refused(city, tightened(consent_longest_months=3), "PeriodOutOfRange")
    assert found == {"GiveConsent": expected}
    assert expected


def test_a_plan_that_must_wait_for_the_meeting_names_those_that_did_not(city: City) -> None:
    def early(recorded: Recorded) -> bool:
        return isinstance(recorded.fact, PlanDecided) and recorded.fact.ratify_by is not None

    profile = tightened(plan_may_start_before_sitting=False)
    expected = commands(city, early)
    found = now_refused(city, profile, "MayNotStartBeforeSitting")
    assert found == {"DecidePlan": expected}
    assert expected


def test_what_a_strict_rule_refused_a_lax_one_allows(
    make_database: MakeDatabase, written: Path
) -> None:
    """What was refused in its wake stays refused: nobody did what it would have rested on."""
    url, strict = make_database(demonstration=True), tightened(consent_longest_months=3)
    requests = [request_of(line, strict) for line in every_line(written, read_manifest(written))]
    items = [
        Item(r.decide, r.command, replace(r.stamp, shown=r.shown()), r.streams) for r in requests
    ]
    with closing(open_ledger(Settings(url))) as ledger:
        outcomes = list(record_many(ledger, items))
    told = zip(items, outcomes, strict=True)
    codes = {i.stamp.command_id: type(o).__name__ for i, o in told if isinstance(o, Refused)}
    refused = {of for of, code in codes.items() if code == "PeriodOutOfRange"}
    assert refused
    found = judged(url, PROFILE)
    assert {each.id: each.was for each in found if each.was} == codes
    assert {each.id for each in found if each.changed} == refused
    assert {each.now for each in found if each.changed} == {None}
    assert len(found) == len(items)


PROPOSALS: dict[str, object] = {
    "plan_longest_months": 2,
    "consent_longest_months": 3,
    "plan_may_start_before_sitting": False,
    "ratify_within_days": 1,
    "municipal_staff_pledge": True,
}
Otherwise = dict[UUID, str]


@pytest.fixture(scope="module")
def otherwise(written: Path) -> dict[str, Otherwise]:
    """What a walk through the very commands finds, each put to every proposal as it comes."""
    ledger = ledger_in_memory(demonstration=True)
    profiles = {name: tightened(**{name: value}) for name, value in PROPOSALS.items()}
    found: dict[str, Otherwise] = {name: {} for name in PROPOSALS}
    for line in every_line(written, read_manifest(written)):
        request = request_of(line, PROFILE)
        states = ledger.states.current(request.streams)
        for name, profile in profiles.items():
            stamp = replace(request.stamp, profile=profile, shown=request.shown())
            try:
                replace(request, stamp=stamp).decided(states)
            except Refused as refused:
                found[name][stamp.command_id] = type(refused).__name__
        ledger.record_now(request)
    return found


@pytest.mark.parametrize("name", PROPOSALS)
def test_a_proposal_changes_what_the_commands_themselves_meet_under_it(
    city: City, otherwise: dict[str, Otherwise], name: str
) -> None:
    found = judged(city.url, tightened(**{name: PROPOSALS[name]}))
    open_to_doubt = {each.id for each in found if each.doubt}
    changed = {each.id: each.now for each in found if each.changed}
    assert changed == {of: c for of, c in otherwise[name].items() if of not in open_to_doubt}
    assert changed


def test_nothing_is_written(city: City) -> None:
    with psycopg.connect(city.url) as connection:
        query = """
            SELECT (SELECT count(*) FROM ledger.facts), (SELECT count(*) FROM ledger.commands),
                (SELECT count(*) FROM ledger.refusals), pg_current_xact_id_if_assigned()
        """
        before = connection.execute(query).fetchall()
        judged(city.url, tightened(plan_longest_months=1))
        assert connection.execute(query).fetchall() == before


_ASKED = Asked(UUID(int=1), "KeepNote", None, {}, 0, recorded=False, at=datetime.now(UTC))
_CLEAR = {
    "decision": "keep_note",
    "path": {},
    "streams": [str(UUID(int=2))],
    "by": {
        "staff": str(UUID(int=3)),
        "capacity": {"agency": "sougou-soudan", "desk": "consultation", "role": "counsellor"},
    },
    "at": "2025-06-01T10:00:00+09:00",
    "states": [["Household", False]],
    "fields": {"text": "■"},
}


@pytest.mark.parametrize(
    ("doubt", "asked"),
    [
        ("moment", _ASKED._replace(code="Overtaken", clear=_CLEAR)),
        ("kept", _ASKED),
        ("kept", _ASKED._replace(clear=None)),
        ("decision", _ASKED._replace(clear={**_CLEAR, "decision": "no_longer_there"})),
        ("decision", _ASKED._replace(clear=_CLEAR, type="NoLongerThere")),
        ("fields", _ASKED._replace(clear={**_CLEAR, "fields": {"renamed": "■"}})),
        ("KeyError", _ASKED._replace(clear={**_CLEAR, "states": [["Ship", False]]})),
    ],
)
def test_what_cannot_be_judged_says_why(doubt: str, asked: Asked) -> None:
    found = judge(asked, Past(ledger_in_memory()), PROFILE)
    assert (found.doubt, found.now, found.changed) == (doubt, None, False)


def test_a_stream_with_a_fact_nobody_can_read_leaves_its_commands_open() -> None:
    past = Past(ledger_in_memory())
    past.stumble(UnknownFact("NeverHeardOf", UUID(int=2), 1))
    assert judge(_ASKED._replace(clear=_CLEAR), past, PROFILE).doubt == "unreadable"


def test_a_household_that_was_not_there_is_not_there_now() -> None:
    found = judge(_ASKED._replace(clear=_CLEAR, code="Unknown"), Past(ledger_in_memory()), PROFILE)
    assert (found.was, found.now, found.changed) == ("Unknown", "Unknown", False)


@pytest.mark.parametrize(
    ("role", "code", "doubt"),
    [
        ("privacy", "Unknown", "recused"),
        ("identity", "Unknown", "recused"),
        ("protection", "Unknown", "recused"),
        ("privacy", "NotOpen", None),
        ("counsellor", "Unknown", None),
    ],
)
def test_what_was_not_there_for_an_officer_may_have_been_kept_from_them(
    role: str, code: str, doubt: str | None
) -> None:
    """利益相反: the decision itself finds the household now, and so may have found it then."""
    by = {
        "staff": str(UUID(int=3)),
        "capacity": {"agency": "city", "desk": "privacy", "role": role},
    }
    clear = {**_CLEAR, "by": by, "states": [["Household", True]]}
    asked = _ASKED._replace(code=code, clear=clear)
    found = judge(asked, Past(ledger_in_memory()), PROFILE)
    assert found.was == code != found.now
    assert found.doubt == doubt


@pytest.mark.parametrize(("walled", "now"), [([], None), ([[str(UUID(int=2)), 1]], "Unknown")])
def test_what_was_walled_off_from_the_writer_is_not_there_to_them(
    walled: list[object], now: str | None
) -> None:
    ledger = ledger_in_memory()
    by = Author.model_validate(_CLEAR["by"])
    stamp = Stamp(by, datetime.fromisoformat(str(_CLEAR["at"])), UUID(int=4), PROFILE)
    ledger.record(open_household, OpenHousehold(), stamp, Stream(Household, UUID(int=2), new=True))
    past = Past(ledger)
    for recorded in ledger.read(0, 10):
        past.move(recorded)
    asked = {"decision": "tighten_label", "path": {"version": 1}, "fields": {}, "walled": walled}
    found = judge(_ASKED._replace(type="TightenLabel", clear={**_CLEAR, **asked}), past, PROFILE)
    assert (found.doubt, found.now) == (None, now)


@pytest.mark.parametrize("look", [len, hash, list, lambda text: text == "■"])
def test_a_text_that_is_not_there_is_never_looked_into(look: Callable[[str], object]) -> None:
    text = unread({"a": ["■"]})["a"][0]
    assert text
    with pytest.raises(TextNeeded):
        look(text)


def test_whoever_was_taken_in_with_a_date_of_birth_is_judged(city: City) -> None:
    taken_in = [each for each in judged(city.url, PROFILE) if each.command == "TakeIn"]
    assert taken_in
    assert [each.doubt for each in taken_in if each.doubt] == []


def test_a_date_of_birth_that_was_refused_is_not_guessed() -> None:
    assert isinstance(unread({"birth_date": "■"})["birth_date"], Unread)
    with pytest.raises(TextNeeded):
        earliest(unread({"birth_date": "■"})["birth_date"])
    assert earliest(unread({"birth_date": "■"}, accepted=True)["birth_date"]).year == 1900


def test_few_states_are_held_and_all_are_right(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("replays.rejudging.past.MOST", 3)
    assert [each for each in judged(city.url, PROFILE) if each.changed] == []


def run(city: City, *words: str) -> str:
    given = {"SETAI_DATABASE_URL": city.url, "SETAI_PROFILE": "ashiya"}
    result = CliRunner().invoke(app, ["rejudge", *words], env=given)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def proposal(tmp_path: Path) -> str:
    """A profile that somebody proposes."""
    shipped = (Path("domain") / "profiles" / "ashiya.toml").read_text("utf-8")
    changed = shipped.replace(
        "plan_review_months = 3", "plan_review_months = 3\nconsent_longest_months = 3"
    )
    assert changed != shipped
    file = tmp_path / "proposal.toml"
    file.write_text(changed, "utf-8")
    return str(file)


def test_the_command_tells_people_and_machines_the_same(city: City, proposal: str) -> None:
    told = json.loads(run(city, "--profile", proposal, "--json"))
    [change] = [each for each in told["changes"] if each["command"] == "GiveConsent"]
    assert (change["was"], change["now"]) == (None, "PeriodOutOfRange")
    lines = list(csv.DictReader(io.StringIO(run(city, "--profile", proposal, "--csv"))))
    named = [line for line in lines if line["command"] == "GiveConsent" and not line["doubt"]]
    assert len(named) == change["count"]
    shown = run(city, "--profile", proposal, "--examples", "1")
    assert f"GiveConsent {change['count']:,} 件: 認める → 断る（PeriodOutOfRange" in shown
    assert shown.count(named[0]["id"]) == 1
    assert "認める → 断る" not in run(city)
