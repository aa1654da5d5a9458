"""閲覧の控え: every read leaves a receipt before a word is opened; no receipt, no data."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from psycopg.conninfo import conninfo_to_dict

from api.app import create_app
from api.deps import reads_personal_text
from api.receipts import view_of
from api.services import Services
from domain.events.viewing import NAMED, ReadRefused, RecordsShown, days_book
from domain.ledger import AUDITOR, Receipts, Settings, open_receipts
from domain.values import JST
from tests.api.audit.desk import AUDIT, OFFICER
from tests.api.test_writing import INTAKE
from tests.api.town import Town, problem, who
from tests.conftest import MakeDatabase

HELD = "息子の仕事のことで相談に来た。"


def services(town: Town) -> Services:
    app: Any = town.client.app
    found: Services = app.state.services
    return found


class Today:
    """What a staff member has read today, oldest first, as an auditor sees it."""

    def __init__(self, book: Receipts) -> None:
        self._book = book

    def __call__(self, staff: str = "tanaka") -> list[Any]:
        today = datetime.now(JST).date()
        return [read.fact for read in self._book.history(days_book(who(staff), today))]


@pytest.fixture
def today(module_book: str) -> Iterator[Today]:
    with closing(open_receipts(Settings(module_book), role=AUDITOR)) as book:
        yield Today(book)


def taken_in(town: Town) -> tuple[str, dict[str, str]]:
    """A household that the read models show already, and what came about with it."""
    body = town.post("/intakes", INTAKE).json()
    assert town.get(f"/households/{body['id']}?after={body['position']}").status_code == 200
    return body["id"], body["ids"]


def test_a_case_view_leaves_a_receipt_that_names_every_fact_shown(town: Town, today: Today) -> None:
    household, ids = taken_in(town)
    shown = town.get(f"/households/{household}").json()
    receipt = today()[-1]
    assert isinstance(receipt, RecordsShown)
    assert (receipt.purpose, receipt.view) == ("consultation", "households-one")
    assert receipt.households == (UUID(household),)
    assert UUID(ids["person-0"]) in receipt.subjects
    named = {
        (str(item.stream), town.number(str(item.stream), item.version))
        for item in receipt.items
        if item.rule != NAMED
    }
    records = [r for kind in shown["records"].values() for group in kind for r in group]
    records += [r for person in shown["people"].values() for r in person["records"]]
    assert named == {(r["stream"], r["version"]) for r in records}


def test_an_answer_says_where_its_receipt_is(town: Town, today: Today) -> None:
    """What was not shown says nothing, hidden or absent."""
    household, _ = taken_in(town)
    answered = town.get(f"/households/{household}")
    assert isinstance(today()[-1], RecordsShown)
    book = days_book(who("tanaka"), datetime.now(JST).date())
    assert answered.headers["setai-receipt"] == f"{book}/{town.number(str(book), len(today()))}"
    assert "setai-receipt" not in town.get(f"/households/{uuid4()}").headers


def test_a_list_names_every_household_it_shows(town: Town, today: Today) -> None:
    households = {taken_in(town)[0] for _ in range(3)}
    shown = town.get("/households?limit=200").json()["households"]
    receipt = today()[-1]
    assert isinstance(receipt, RecordsShown)
    assert households <= {line["household"] for line in shown}
    assert {UUID(line["household"]) for line in shown} == set(receipt.households)


def test_a_refused_read_is_recorded_whether_hidden_or_absent(town: Town, today: Today) -> None:
    household, _ = taken_in(town)
    for asked in (household, str(uuid4())):
        problem(town.get(f"/households/{asked}", "sato"), 404, "Unknown")
        receipt = today("sato")[-1]
        assert isinstance(receipt, ReadRefused)
        assert receipt.households == (UUID(asked),)


def test_without_a_purpose_nothing_is_read_and_nothing_recorded(town: Town, today: Today) -> None:
    household, _ = taken_in(town)
    before = len(today())
    problem(town.get(f"/households/{household}", **{"Setai-Purpose": ""}), 400, "PurposeNeeded")
    assert len(today()) == before


def test_no_receipt_no_data(
    town: Town, make_database: MakeDatabase, make_book: MakeDatabase
) -> None:
    household, _ = taken_in(town)
    url = make_book(make_database())
    gone = open_receipts(Settings(url, timeout=1), sealer=services(town).ledger.sealer)
    drop(url)
    gone.datastore.pool.timeout = 0.1  # every route below would wait a second for the pool
    app = create_app(replace(services(town), book=gone))
    with TestClient(app, raise_server_exceptions=False) as client:
        cut_off = Town(client, town.issuer)
        for route in reading(app):
            ids = dict.fromkeys(re.findall(r"{(\w+)}", route.path), uuid4())
            path = route.path.format(**{**ids, "hid": household, "version": 1})
            answered = cut_off.get(path)
            assert HELD not in answered.text
            problem(answered, 503, "ReceiptsUnavailable")
        who_read = cut_off.get(f"/audit/reads?household={household}", OFFICER, **AUDIT)
        problem(who_read, 503, "ReceiptsUnavailable")
        assert client.get("/health").status_code == 200
    gone.close()


def reading(app: FastAPI) -> list[APIRoute]:
    routes = [route for route in app.routes if isinstance(route, APIRoute)]
    return [route for route in routes if reads_personal_text(route.dependant)]


def drop(url: str) -> None:
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_every_view_has_a_name_of_its_own(town: Town) -> None:
    app: Any = town.client.app
    views = [view_of(route.path) for route in reading(app)]
    assert len(views) == len(set(views))


@pytest.mark.parametrize("staff", ["tanaka", "ito", "kato", "mori"])
def test_the_names_of_colleagues_are_opened_with_a_receipt_too(
    town: Town, today: Today, staff: str
) -> None:
    before = len(today(staff))
    assert town.get("/staff", staff).status_code == 200
    assert len(today(staff)) == before + 1
