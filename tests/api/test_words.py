"""Every refusal says what to do about it, in words and at the field it is about."""

import gzip
import json
from contextlib import closing
from http.client import HTTPConnection
from socket import create_connection
from typing import Any
from uuid import uuid4

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.services import Services
from api.serving import bound, serving
from domain.ledger import ledger_in_memory
from tests.api.test_bad_input import send
from tests.api.test_routing import NOBODY
from tests.api.test_writing import INTAKE, opened
from tests.api.town import Town, problem
from tests.domain.given import PROFILE


def wrong(town: Town, body: dict[str, Any], path: str = "/intakes") -> dict[str, str]:
    """The one mistake that is named."""
    [found] = problem(town.post(path, body), 422, "Invalid")["errors"]
    return {str(key): str(value) for key, value in found.items()}


def test_a_code_the_municipality_does_not_have_is_shown_where_it_stands(town: Town) -> None:
    for fields, place in (
        ({"route": "pigeon"}, "body.route"),
        ({"issues": ["pigeon"]}, "body.issues.0"),
        ({"persons": [{"relation": "pigeon"}]}, "body.persons.0.relation"),
        ({"issues": ["pigeon"], "narrative": "pigeon"}, "body.issues.0"),
    ):
        found = problem(town.post("/intakes", {**INTAKE, **fields}), 422, "UnknownCode")
        [mistake] = found["errors"]
        assert mistake["field"] == place
        assert mistake["allowed"] == ", ".join(found["allowed"])
    both = {**INTAKE, "household_type": "pigeon", "area": "pigeon"}
    found = problem(town.post("/intakes", both), 422, "UnknownCode")
    assert [each["field"] for each in found["errors"]] in (["body.area"], ["body.household_type"])


def test_an_agency_a_desk_or_a_body_that_there_is_not_is_shown_where_it_stands(town: Town) -> None:
    lead = {"agency": "nowhere", "desk": "none"}
    found = problem(town.post(f"/households/{opened(town)}/lead", lead), 422, "UnknownAgency")
    assert [each["field"] for each in found["errors"]] == ["body.agency", "body.desk"]
    found = problem(town.post("/intakes", {**INTAKE, "window": "moon"}), 422, "UnknownAgency")
    assert [each["field"] for each in found["errors"]] == ["body.window"]
    sitting = {"body": "nowhere", "held_on": "2027-01-01"}
    found = problem(town.post("/sittings", sitting, "yamada"), 422, "UnknownBody")
    assert [each["field"] for each in found["errors"]] == ["body.body"]
    says = "この自治体の設定にない会議体です。一覧は GET /profile にあります。"
    assert found["errors"][0]["says"] == says


def test_a_nickname_that_ends_politely_is_said_once(town: Town) -> None:
    somebody = {"nickname": "二階の息子さん", "relation": "self"}
    told = town.post("/intakes", {**INTAKE, "persons": [somebody]}).json()
    shown = town.get(f"/households/{told['id']}/timeline?after={told['position']}").json()
    said = [each["said"] for each in shown["entries"]]
    assert any("二階の息子さんを世帯員として" in each for each in said)
    assert not any("さんさん" in each for each in said)


def test_the_role_that_is_needed_is_named_in_japanese(town: Town) -> None:
    merger = {"source": str(opened(town))}
    found = problem(town.post(f"/households/{opened(town)}/merger", merger), 403, "RoleNeeded")
    assert found["detail"] == "必要な役割: 名寄せ担当"


@pytest.mark.parametrize("text", ["", "  ", 5, "\ud800"])
def test_a_text_that_is_none_is_one_mistake_in_its_own_field(town: Town, text: object) -> None:
    body = json.dumps({**INTAKE, "narrative": [{"text": text}]}).encode()
    [found] = problem(send(town, body), 422, "Invalid")["errors"]
    assert found["field"] == "body.narrative.0.text"
    assert found["says"] != "この値は使えません。"


def test_blank_text_is_refused_as_none_is(town: Town) -> None:
    person = {"relation": "self", "name": " ", "kana": "かな"}
    assert wrong(town, {**INTAKE, "persons": [person]})["field"] == "body.persons.0.name"
    assert wrong(town, {**INTAKE, "narrative": "　"})["field"] == "body.narrative.0.text"
    assert "省いて" in wrong(town, {**INTAKE, "narrative": ""})["says"]


@pytest.mark.parametrize("given", [None, 12])
def test_a_narrative_is_text_or_paragraphs(town: Town, given: object) -> None:
    assert "文字列か並び" in wrong(town, {**INTAKE, "narrative": given})["says"]


def test_how_a_code_is_written_is_told_in_words(town: Town) -> None:
    found = wrong(town, {**INTAKE, "route": ""})
    assert "GET /profile" in found["allowed"]
    assert "^" not in found["allowed"]


@pytest.mark.parametrize(
    ("query", "says"), [("q=", "短すぎます"), ("q=" + "あ" * 500, "長すぎます")]
)
def test_what_is_sought_is_too_short_or_too_long(town: Town, query: str, says: str) -> None:
    [found] = problem(town.get(f"/households?{query}"), 422, "Invalid")["errors"]
    assert says in found["says"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (gzip.compress(b"{}"), "圧縮"),
        ('{"route": "窓口"}'.encode("shift_jis"), "Shift_JIS"),
        (b'{"route": ' + b"9" * 10_000 + b"}", "桁"),
    ],
    ids=["gzip", "shift-jis", "digits"],
)
def test_a_body_that_cannot_be_read_says_why(town: Town, body: bytes, says: str) -> None:
    found = problem(send(town, body), 400, "Malformed")
    assert "UTF-8 の JSON" in found["title"]
    assert says in found["detail"]


def test_a_capacity_of_somebody_else_is_not_one_that_ended(town: Town) -> None:
    chosen = town.headers("tanaka", **{"Setai-Capacity": str(uuid4())})
    for answered in (
        town.client.get("/tasks", headers=chosen),
        town.client.post("/intakes", json=INTAKE, headers=chosen),
    ):
        assert "GET /me" in problem(answered, 403, "NotYourCapacity")["title"]


@pytest.mark.parametrize(("method", "key"), [("GET", False), ("POST", True)])
def test_only_who_writes_is_told_of_the_key(method: str, key: bool) -> None:  # noqa: FBT001
    broken = APIRouter()

    @broken.api_route("/broken", methods=["GET", "POST"])
    def fails() -> None:
        raise ZeroDivisionError

    app = create_app(Services(ledger_in_memory(), PROFILE, *[NOBODY] * 5), extra=[broken])
    found = problem(TestClient(app).request(method, "/broken"), 500, "Unexpected")
    assert ("Idempotency-Key" in json.dumps(found)) is key


@pytest.mark.parametrize(
    "body",
    [
        '{"narrative": "a", "narrative": "b"}',
        '{"narrative": [{"text": "a", "hidden_from": ["x"], "hidden_\\u0066rom": []}]}',
    ],
)
def test_a_name_that_stands_twice_in_one_object_is_refused(town: Town, body: str) -> None:
    """The last would win, and whom the first hid it from would read it."""
    path = f"/households/{opened(town)}/notes"
    headers = {"Content-Type": "application/json"}
    sent = town.client.post(path, content=body.encode(), headers=town.headers("tanaka", **headers))
    [found] = problem(sent, 422, "Invalid")["errors"]
    assert found["field"] in ("narrative", "hidden_from")
    assert "二つ" in found["says"]
    paragraphs = {**INTAKE, "narrative": [{"text": "a"}, {"text": "b"}]}
    assert town.post("/intakes", paragraphs).status_code == 201


@pytest.mark.parametrize(
    "path",
    [
        "/households?x=1",
        "/tasks?true_et=2025-04-01",
        "/audit/reads?form=csv",
        "/me?x",
        "/profile?onn=",
    ],
)
def test_what_no_route_asks_is_refused_with_what_it_does_ask(town: Town, path: str) -> None:
    [found] = problem(town.get(path), 422, "Invalid")["errors"]
    assert found["field"].startswith("query.")
    assert found["allowed"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/households?true_at=2025-04-01&true_at=2026-04-01", "true_at"),
        ("/tasks?limit=5&whole_agency=true&limit=5", "limit"),
        ("/profile?after=a&after=b", "after"),
        ("/audit/reads?household=&household=", "household"),
    ],
)
def test_a_question_put_twice_is_refused(town: Town, path: str, name: str) -> None:
    """The last would win, and the answer pass for one to the first."""
    [found] = problem(town.get(path), 422, "Invalid")["errors"]
    assert found["field"] == f"query.{name}"
    assert "二つ" in found["says"]


def test_any_reading_may_say_behind_what_it_was_written(town: Town) -> None:
    position = town.post("/intakes", INTAKE).json()["position"]
    for path in ("/me", "/profile", "/tasks"):
        assert town.get(f"{path}?after={position}").status_code == 200


def test_a_query_with_a_write_is_refused_as_well(town: Town) -> None:
    problem(town.post("/intakes?dry_run=true", INTAKE), 422, "Invalid")


def test_what_is_no_http_is_answered_as_a_problem() -> None:
    listening = bound("127.0.0.1", 0)
    host, port = listening.getsockname()
    with serving(FastAPI(), listening):
        for line in (
            "GET /households?q=高橋 HTTP/1.1",
            f"GET /{'a' * 70_000} HTTP/1.1",
            "BREW / HTTP/1.1",
        ):
            with create_connection((host, port)) as asked:
                asked.sendall(f"{line}\r\nHost: x\r\n\r\n".encode())
                with asked.makefile("rb") as told:
                    head, _, body = told.read().partition(b"\r\n\r\n")
            assert b"application/problem+json" in head
            assert "パーセント符号化" in json.loads(body)["title"]
        well = HTTPConnection(host, port)
        with closing(well):
            well.request("GET", "/docs")
            assert well.getresponse().status == 200
