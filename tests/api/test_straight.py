"""The straight way answers as the framework would; every usual write and read goes that way."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from httpx2 import Response

from api.routing import Signposts
from api.straight import Reading, Writing, straight
from replays.stories import examples
from tests.api.test_contract import ROUTES
from tests.api.test_writing import INTAKE
from tests.api.town import Town

ALL = [cast("tuple[str, APIRoute]", each.values) for each in ROUTES]
WRITES = [(method, route) for method, route in ALL if isinstance(straight(route), Writing)]
READS = [route for _, route in ALL if isinstance(straight(route), Reading)]
ID = "00000000-0000-4000-8000-00000000aaaa"
KEY = "11111111-1111-4111-8111-111111111111"
SPOILT = (
    b"", b"{", b"null", b"[]", b"{}", b'"x"', b"NaN", b'{"a": "\\ud800"}', b"\xff",
    b"\xef\xbb\xbf{}", b'{"unknown": 1}', "{}".encode("utf-16"), b'{"a":1,"a":2}', b"[" * 2000,
)  # fmt: skip
ODD_HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"content-type": "application/json; charset=utf-8"},
    {"content-type": "application/json", "Idempotency-Key": "x"},
    {"content-type": "application/json", "Setai-Capacity": ID},
    {"content-type": "application/json", "If-Match": '"x"'},
    {"content-type": "application/json", "Authorization": "Bearer nobody"},
)


ASKED: tuple[dict[str, str], ...] = (
    {},
    {"Setai-Purpose": "consultation"},
    {"Setai-Purpose": "gossip"},
    {"Setai-Purpose": "consultation", "Setai-Capacity": ID},
    {"Setai-Purpose": "consultation", "Setai-Capacity": "x"},
    {"Setai-Purpose": "consultation", "Setai-Demo-Clock": "noon"},
    {"Setai-Purpose": "consultation", "Authorization": "Bearer nobody"},
)


@contextmanager
def the_long_way(town: Town) -> Iterator[None]:
    app = cast("FastAPI", town.client.app)
    signposts = cast("Signposts", app.router.middleware_stack)
    ways, signposts.straight = signposts.straight, {}
    try:
        yield
    finally:
        signposts.straight = ways


def sent(town: Town, method: str, path: str, body: bytes, headers: dict[str, str]) -> Any:
    known = {**town.headers("tanaka"), "Idempotency-Key": KEY, "content-type": "application/json"}
    answer: Response = town.client.request(method, path, content=body, headers=known | headers)
    told = answer.json()
    return answer.status_code, told, answer.headers["content-type"]


def bodies(example: dict[str, Any]) -> Iterator[bytes]:
    yield json.dumps(example).encode()
    yield from SPOILT
    for name in example:
        for wrong in (None, 7):
            yield json.dumps({**example, name: wrong}).encode()


@pytest.mark.parametrize(("method", "route"), WRITES, ids=lambda each: getattr(each, "path", each))
def test_whatever_is_asked_is_answered_as_on_the_long_way(
    town: Town, method: str, route: APIRoute
) -> None:
    example = examples()[method, route.path]
    for place in (ID, "not-an-id", "{" + ID + "}"):
        path = "/".join(place if "{" in part else part for part in route.path.split("/"))
        for body in bodies(example) if place == ID else [json.dumps(example).encode()]:
            straight_on = sent(town, method, path, body, {})
            with the_long_way(town):
                assert sent(town, method, path, body, {}) == straight_on, body


@pytest.mark.parametrize("headers", ODD_HEADERS)
def test_odd_headers_are_answered_as_on_the_long_way(town: Town, headers: dict[str, str]) -> None:
    for method, route in WRITES[::9]:
        path = "/".join(ID if "{" in part else part for part in route.path.split("/"))
        for body in (b"{", b"{}", json.dumps(examples()[method, route.path]).encode()):
            straight_on = sent(town, method, path, body, headers)
            with the_long_way(town):
                assert sent(town, method, path, body, headers) == straight_on, (path, body)


def test_every_write_whose_path_holds_ids_alone_has_a_straight_way() -> None:
    posts = {route.path for method, route in ALL if method != "GET"}
    longer = posts - {route.path for _, route in WRITES}
    assert {path for path in longer if "{number}" not in path} == {
        "/households/{hid}/members/{pid}/leaving"  # a parameter besides
    }


@pytest.mark.parametrize("route", READS, ids=lambda each: each.path)
def test_whatever_is_read_is_answered_as_on_the_long_way(town: Town, route: APIRoute) -> None:
    """Once what was just written is shown, whatever the hour."""
    taken = town.post("/intakes", INTAKE).json()
    assert town.get(f"/households/{taken['id']}?after={taken['position']}").status_code == 200
    clock = {"Setai-Demo-Clock": "2030-04-01T09:00:00+09:00"}
    for place in (taken["id"], ID, "not-an-id"):
        path = "/".join(place if "{" in part else part for part in route.path.split("/"))
        for headers in ASKED:
            for query in ("", "?limit=0", "?true_at=x", "?nobody=asks"):
                straight_on = sent(town, "GET", path + query, b"", clock | headers)
                with the_long_way(town):
                    assert sent(town, "GET", path + query, b"", clock | headers) == straight_on, (
                        headers
                    )


def test_the_case_is_read_on_the_straight_way() -> None:
    straight_on = {route.path for route in READS}
    assert {"/households/{hid}", "/households/{hid}/timeline", "/tasks"} <= straight_on
