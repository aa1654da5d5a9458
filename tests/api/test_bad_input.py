"""Whatever comes in: a clear problem document, nothing recorded, and never the input again."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from api.problems import catalogue, title_of
from tests.api.test_writing import INTAKE, NOTE, opened
from tests.api.town import Town, problem

SECRET = "ひみつのことば"  # noqa: S105 - what must not come back


def send(town: Town, body: bytes, **headers: str) -> Any:
    sent = town.headers("tanaka", **{"Content-Type": "application/json", **headers})
    return town.client.post("/intakes", content=body, headers=sent)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff\xfe{}",
        b'{"route": "visit",}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'{"persons": ' + b"[" * 900 + b"]" * 900 + b"}",
        b"9" * 5_000,
        b'{"yen": ' + b"9" * 5_000 + b"}",
    ],
    ids=["cut", "no-utf8", "comma", "deep", "deep-object", "deep-inside", "huge", "huge-inside"],
)
def test_a_body_that_cannot_be_read_is_malformed(town: Town, body: bytes) -> None:
    answered = send(town, body)
    assert answered.status_code in (400, 422)
    assert answered.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "text",
    [
        '"\\u0000"',
        '"\\ud800"',
        "NaN",
        "Infinity",
        "1e400",
        "-0",
        "{}",
        "[]",
        "null",
        "true",
        '"' + "x" * 100_000 + '"',
    ],
)
def test_odd_values_are_a_mistake_in_that_field(town: Town, text: str) -> None:
    found = problem(
        send(town, f'{{"route": {text}, "consulter": "self"}}'.encode()), 422, "Invalid"
    )
    assert found["errors"]


def test_a_mistake_names_the_field_and_what_is_allowed(town: Town) -> None:
    body = {**INTAKE, "consulter": "shop", "persons": [{"relation": "self", "sex": "?"}], "xyz": 1}
    found = problem(town.post("/intakes", body), 422, "Invalid")
    errors = {each["field"]: each for each in found["errors"]}
    assert errors["body.consulter"]["allowed"] == "self, family, neighbour, agency"
    assert "選べない" in errors["body.consulter"]["says"]
    assert "female" in errors["body.persons.0.sex"]["allowed"]
    assert "consulter" in errors["body.xyz"]["allowed"]


def test_what_was_typed_never_comes_back(town: Town) -> None:
    bodies: list[Any] = [
        {**INTAKE, "consulter": SECRET},
        {**INTAKE, SECRET: 1},
        {**INTAKE, "persons": SECRET},
        {**INTAKE, "route": SECRET},
        {**INTAKE, "occurred_on": SECRET},
        [SECRET],
    ]
    for body in bodies:
        answered = town.post("/intakes", body)
        assert answered.status_code == 422
        assert SECRET not in answered.text


@pytest.mark.parametrize(
    "number",
    ["123456789018", "１２３４５６７８９０１８", "1234 5678 9018 1958", "1234・5678・9018 2026年"],
)
def test_a_my_number_is_refused_with_advice(town: Town, number: str) -> None:
    found = problem(
        town.post("/intakes", {**INTAKE, "narrative": f"番号は{number}"}), 422, "Invalid"
    )
    assert "マイナンバー" in found["errors"][0]["says"]
    assert number not in str(found)


def test_impossible_dates_are_refused(town: Town) -> None:
    for day in ("2025-02-30", "令和7年13月1日", "いつか"):
        body = {**INTAKE, "occurred_on": day}
        assert town.post("/intakes", body).status_code == 422
    for day in (
        "202613",
        "202613日",
        "1958年13日",
        "2026-W01-3",
        "令和0年",
        "S64.1.8",
        "0001-01-01",
    ):
        someone = {"relation": "self", "name": "芦屋花子", "kana": "あしやはなこ"}
        for body, field in (
            ({**INTAKE, "occurred_on": day}, "body.occurred_on"),
            ({**INTAKE, "persons": [{**someone, "since": day}]}, "body.persons.0.since"),
            ({**INTAKE, "persons": [{**someone, "birth_date": day}]}, "body.persons.0.birth_date"),
        ):
            [wrong] = problem(town.post("/intakes", body), 422, "Invalid")["errors"]
            assert wrong["field"] == field
    future = {**INTAKE, "occurred_on": "2999-01-01"}
    problem(town.post("/intakes", future), 409, "InTheFuture")


def test_unknown_codes_and_agencies_are_named(town: Town) -> None:
    found = problem(town.post("/intakes", {**INTAKE, "route": "pigeon"}), 422, "UnknownCode")
    assert (found["list"], found["code"]) == ("routes", "pigeon")
    assert "visit" in found["allowed"]
    household = opened(town)
    lead = {"agency": "nowhere", "desk": "none"}
    problem(town.post(f"/households/{household}/lead", lead), 422, "UnknownAgency")
    sitting = {"body": "nowhere", "held_on": "2027-01-01"}
    problem(town.post("/sittings", sitting, "yamada"), 422, "UnknownBody")


def test_absent_and_hidden_look_the_same(town: Town) -> None:
    household = opened(town)
    hidden = town.post(f"/households/{household}/notes", NOTE, "sato")
    absent = town.post(f"/households/{uuid4()}/notes", NOTE, "sato")
    elsewhere = town.get("/no/such/page")
    problem(hidden, 404, "Unknown")
    assert hidden.content == absent.content == elsewhere.content
    assert list(hidden.headers) == list(absent.headers)


def test_an_id_of_another_kind_is_nothing_known(town: Town) -> None:
    """A household is no person and no sitting, whoever says so."""
    household = opened(town)
    joining = {"person": str(household), "relation": "self"}
    problem(town.post(f"/households/{household}/members", joining), 404, "Unknown")
    bringing = {"sitting": str(household), "item": str(uuid4())}
    problem(town.post(f"/households/{household}/sitting-items", bringing), 404, "Unknown")


def test_a_body_too_large_is_refused_before_it_is_read(town: Town) -> None:
    problem(send(town, b" " * ((1 << 20) + 1)), 413, "TooLarge")


def test_a_body_too_large_is_refused_while_it_streams(town: Town) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    sent = town.headers("tanaka", **{"Content-Type": "application/json"})
    problem(town.client.post("/intakes", content=endless(), headers=sent), 413, "TooLarge")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "junk"])
def test_anything_but_json_is_refused(town: Town, kind: str) -> None:
    problem(send(town, b"{}", **{"Content-Type": kind}), 415, "NotJson")


def test_no_body_at_all_is_a_mistake(town: Town) -> None:
    problem(town.client.post("/intakes", headers=town.headers("tanaka")), 422, "Invalid")


def test_a_method_that_is_not_there(town: Town) -> None:
    answered = town.client.delete("/intakes")
    problem(answered, 405, "MethodNotAllowed")
    assert answered.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "path",
    [
        "/households/x/timeline",
        "/households?limit=0",
        "/sittings?body=%00",
        "/staff?agency=%F0%9F",
    ],
)
def test_a_query_that_makes_no_sense_is_a_mistake(town: Town, path: str) -> None:
    answered = town.get(path)
    assert answered.status_code == 422, answered.text
    assert answered.headers["content-type"] == "application/problem+json"


def test_a_version_beyond_measure_is_a_mistake(town: Town) -> None:
    path = f"/households/{opened(town)}/facts/{10**30}/label"
    problem(town.post(path, {"conceal": True}), 422, "Invalid")


@pytest.mark.parametrize("number", [-1, 0, 3, 2**31, -(10**16), 10**16])
def test_a_number_that_no_record_has_is_refused_in_every_list(town: Town, number: int) -> None:
    path = f"/households/{opened(town)}"
    law = {"basis": {"kind": "statute", "article": "kojin-69-1"}, "categories": ["consultation"]}
    to = {**law, "to_agency": "shakyo", "purpose": "support"}
    misfiled = town.post(f"{path}/misfilings", {"facts": [number], "reason": "別の世帯の記録"})
    wrong = problem(misfiled, 409, "NotCorrectable")
    assert wrong["version"] == number
    problem(town.post(f"{path}/shares", {**to, "facts": [number]}), 404, "Unknown")
    problem(town.post(f"{path}/referrals", {**to, "enclosed": [number]}), 404, "Unknown")


def test_reading_about_somebody_needs_a_purpose(town: Town) -> None:
    found = problem(town.get("/households", **{"Setai-Purpose": "curiosity"}), 400, "PurposeNeeded")
    assert "consultation" in found["allowed"]


def test_every_code_is_explained(town: Town) -> None:
    for code, kind in catalogue().items():
        answered = town.client.get(f"/problems/{code}")
        assert answered.json()["title"] == title_of(kind)
    problem(town.client.get("/problems/Nonsense"), 404, "Unknown")


def test_every_answer_is_kept_nowhere_and_opens_nothing(town: Town) -> None:
    for answered in (town.get("/me"), town.client.get("/me"), town.client.get("/nothing")):
        assert answered.headers["cache-control"] == "no-store"
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answered.headers["content-security-policy"]
        assert "setai-demonstration" not in answered.headers
