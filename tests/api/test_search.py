"""名前でさがす: whoever may be known to the reader is found however they are called; nobody else
leaves a trace in the answer.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from domain.events.viewing import SERVER, IndexBuilt, RecordsShown, days_book
from domain.ledger import AUDITOR, Receipts, Settings, open_receipts
from domain.values import JST
from tests.api.test_one_case import consenting, merge_persons
from tests.api.test_receipts import services
from tests.api.test_writing import INTAKE
from tests.api.town import Town, problem, who
from tests.conftest import MakeDatabase
from tests.faults.clients import until

GIVEN: dict[str, Any] = {
    "name": "髙橋 京子",
    "kana": "タカハシ キョウコ",
    "birth_date": "昭和33年4月1日",
    "phones": ["0797-31-2121"],
}


@pytest.fixture
def book(module_book: str) -> Iterator[Receipts]:
    with closing(open_receipts(Settings(module_book), role=AUDITOR)) as opened:
        yield opened


def last(book: Receipts, staff: UUID) -> Any:
    return book.history(days_book(staff, datetime.now(JST).date()))[-1].fact


def taken_in(town: Town, staff: str = "tanaka", **person: Any) -> tuple[str, str, str]:
    """A household of one person; its id, the person's, and where the log stands then."""
    body = {**INTAKE, "persons": [{"relation": "self", **person}]}
    made = town.post("/intakes", body, staff).json()
    return made["id"], made["ids"]["person-0"], made["position"]


def sought(town: Town, said: str, staff: str = "tanaka", after: str = "", **more: str) -> Any:
    given = {"q": said, **({"after": after} if after else {}), **more}
    query = "&".join(f"{name}={quote(value)}" for name, value in given.items())
    until(lambda: town.client.get("/health").json()["search"])
    answered = town.get(f"/households?{query}", staff)
    assert answered.status_code == 200, answered.text
    return answered.json()


def found(answer: Any) -> dict[str, list[str]]:
    return {line["household"]: line["found"] for line in answer["households"]}


@pytest.fixture(scope="module")
def kyoko(town: Town) -> tuple[str, str, str]:
    return taken_in(town, **GIVEN, nickname="角の京ちゃん")


@pytest.mark.parametrize(
    "said",
    [
        "髙橋",
        "高橋",
        "高橋　京子",
        "高橋京子",
        "たかはし",
        "ﾀｶﾊｼ ｷｮｳｺ",
        "たかはしきようこ",
        "キョーコ",
        "橋",
        "京ちゃん",
        "0797312121",
        "０７９７－３１－２１２１",
        "+81 797-31-2121",
        "2121",
        "1958-04-01",
        "S33.4.1",
        "昭和33年4月1日生まれ",
        "19580401",
        "高橋 S33",
        "1958",
    ],
)
def test_somebody_is_found_however_they_are_called(
    town: Town, kyoko: tuple[str, str, str], said: str
) -> None:
    household, person, position = kyoko
    assert found(sought(town, said, after=position))[household] == [person]


@pytest.mark.parametrize("said", ["高橋 S34", "鈴木", "キ", "9999", "・", "unknown"])
def test_all_that_was_typed_has_to_be_met(
    town: Town, kyoko: tuple[str, str, str], said: str
) -> None:
    assert found(sought(town, said, after=kyoko[2])) == {}


def test_who_was_recorded_a_moment_ago_is_found(town: Town) -> None:
    sought(town, "誰でも")
    household, person, position = taken_in(town, nickname="ついさっきの人")
    assert found(sought(town, "ついさっき", after=position)) == {household: [person]}


def test_a_former_name_is_what_a_caller_may_give(town: Town) -> None:
    named = {"name": "旧沼 里", "kana": "キュウヌマ サト"}
    household, person, _ = taken_in(town, **named)
    path = f"/households/{household}/persons/{person}/identification"
    renamed = {"name": "新沼 里", "kana": "ニイヌマ サト"}
    position = town.post(path, renamed).json()["position"]
    assert found(sought(town, "旧沼", after=position)) == {household: [person]}
    assert found(sought(town, "にいぬま")) == {household: [person]}


def test_the_best_met_come_first_page_by_page(town: Town) -> None:
    names = [("奥枝折", "オクシオリ"), ("枝折", "シオリ"), ("枝折田", "シオリダ")]
    made = [taken_in(town, name=f"{k} 一", kana=f"{r} イチ") for k, r in names]
    wanted = [made[place][0] for place in (1, 2, 0)]
    assert list(found(sought(town, "枝折", after=made[-1][2]))) == wanted
    listed: list[str] = []
    cursor: Any = ""
    for _ in wanted:
        page = sought(town, "枝折", limit="1", **({"cursor": cursor} if cursor else {}))
        listed += found(page)
        cursor = page["next"]
    assert (listed, cursor) == (wanted, None)


def test_who_was_found_to_be_one_is_found_by_either_name(town: Town) -> None:
    one = taken_in(town, name="双見 葉", kana="フタミ ヨウ")
    other = taken_in(town, name="二見 葉", kana="フタミ ハ")
    position = merge_persons(town, one[1], other[1]).json()["position"]
    assert found(sought(town, "双見", after=position)) == {one[0]: [one[1]]}
    assert found(sought(town, "二見")) == {other[0]: [one[1]]}


def test_whoever_may_not_know_them_finds_nothing_and_leaves_the_same_receipt(
    town: Town, book: Receipts, kyoko: tuple[str, str, str]
) -> None:
    hidden = town.get(f"/households?q=京ちゃん&after={kyoko[2]}", "sato")
    absent = town.get("/households?q=誰もいない", "sato")
    assert hidden.content == absent.content == b'{"households":[],"next":null}'
    receipt = last(book, who("sato"))
    assert isinstance(receipt, RecordsShown)
    assert (receipt.view, receipt.households, receipt.items) == ("search", (), ())


def test_a_receipt_names_every_household_shown_and_seals_what_was_sought(
    town: Town, book: Receipts, kyoko: tuple[str, str, str]
) -> None:
    shown = sought(town, "高橋", after=kyoko[2])
    receipt = last(book, who("tanaka"))
    assert isinstance(receipt, RecordsShown)
    assert receipt.view == "search"
    assert {UUID(each) for each in found(shown)} == set(receipt.households)
    assert "q" not in receipt.asked
    assert receipt.sought
    assert "高橋" not in receipt.sought
    assert {item.stream for item in receipt.items} >= {UUID(kyoko[1])}


def test_the_reading_of_the_index_is_itself_recorded(
    town: Town, book: Receipts, kyoko: tuple[str, str, str]
) -> None:
    sought(town, "高橋", after=kyoko[2])
    built = last(book, SERVER.staff)
    assert isinstance(built, IndexBuilt)
    assert built.view == "names"


def test_a_number_nobody_may_record_is_not_searched_for(town: Town) -> None:
    refused = problem(town.get("/households?q=123456789018"), 422, "Invalid")
    assert "123456789018" not in str(refused)


def test_without_receipts_nobody_is_searched_for_and_the_rest_goes_on(
    town: Town, make_database: MakeDatabase, make_book: MakeDatabase, kyoko: tuple[str, str, str]
) -> None:
    del kyoko
    gone = open_receipts(
        Settings(make_book(make_database()), timeout=1), sealer=services(town).ledger.sealer
    )
    gone.datastore.close()
    app = create_app(replace(services(town), book=gone))
    with TestClient(app, raise_server_exceptions=False) as client:
        cut_off = Town(client, town.issuer)
        problem(cut_off.get("/households?q=高橋"), 503, "SearchNotReady")
        assert client.get("/health").json()["search"] is False
        assert client.get("/ready").status_code == 200
    gone.close()


def handed_over(town: Town) -> tuple[str, str, str]:
    """A household of two with one surname, of whom one is told of to 佐藤's agency."""
    persons = [
        {"relation": "self", "name": "隠岐 浜", "kana": "オキ ハマ"},
        {"relation": "self", "name": "隠岐 灘", "kana": "オキ ナダ"},
    ]
    made = town.post("/intakes", {**INTAKE, "persons": persons, "consulting": 0}).json()
    household, told = made["id"], made["ids"]["person-0"]
    agreed = {**consenting(told), "categories": ["identity", "consultation", "family"]}
    town.post(f"/households/{household}/consents", {**agreed, "purposes": ["referral"]})
    referral = {"to_agency": "shakyo", "purpose": "referral", "subjects": [told]}
    sent = town.post(f"/households/{household}/referrals", referral)
    assert sent.status_code == 201, sent.text
    return household, told, sent.json()["position"]


def test_in_a_household_one_knows_only_whom_one_knows_is_found(town: Town) -> None:
    household, told, position = handed_over(town)
    assert len(found(sought(town, "隠岐", after=position))[household]) == 2
    shown = sought(town, "隠岐", "sato")
    assert found(shown) == {household: [told]}
    assert "灘" not in str(shown)
    assert list(shown["households"][0]["people"]) == [told]
    assert found(sought(town, "灘", "sato")) == {}


def test_worlds_that_differ_only_in_somebody_hidden_answer_with_equal_bytes(town: Town) -> None:
    """In this very household, and in others."""
    household, _, position = handed_over(town)
    asked = [("隠岐", 1), ("隠岐", 50), ("おき", 50), ("岐", 50), ("隠岐 R2", 50), ("4545", 50)]

    def answers() -> list[bytes]:
        sought(town, "隠岐", "sato", after=position)
        pages = [town.get(f"/households?q={q}&limit={n}", "sato") for q, n in asked]
        cursors = [page.json()["next"] for page in pages]
        on = [f"/households?q=隠岐&limit=1&cursor={cursor}" for cursor in cursors if cursor]
        return [page.content for page in (*pages, *(town.get(path, "sato") for path in on))]

    before = answers()
    for name in ("隠岐", "隠岐 渚", "奥隠岐"):
        kin = {"relation": "self", "name": name, "kana": "オキ", "birth_date": "R2"}
        *_, position = taken_in(town, **kin, phones=["0797-45-4545"])
    joined = {"relation": "self", "name": "隠岐 岬", "kana": "オキ", "birth_date": "R2"}
    made = town.post(f"/households/{household}/persons", joined)
    assert made.status_code == 201, made.text
    position = made.json()["position"]
    assert len(found(sought(town, "隠岐 R2", after=position))) == 4
    assert answers() == before
    assert household in str(before)
