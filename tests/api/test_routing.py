"""The route of a request is the one the framework's own router would have taken."""

from typing import Any, cast

import pytest
from fastapi import APIRouter, FastAPI
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Scope

from api.app import create_app
from api.routing import NotWithinSegments, Signposts
from api.services import Services
from domain.ledger import ledger_in_memory
from tests.api.town import Town, problem
from tests.domain.given import PROFILE

NOBODY = cast("Any", None)
APP = create_app(Services(ledger_in_memory(), PROFILE, *[NOBODY] * 5))
ROUTES = [route for route in APP.routes if isinstance(route, Route)]
SIGNPOSTS = Signposts(APP.router)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW")
WORDS = sorted({part for route in ROUTES for part in route.path.split("/") if "{" not in part})
ID = "00000000-0000-4000-8000-00000000aaaa"
SEGMENT = st.one_of(st.sampled_from(WORDS), st.just(ID), st.text(max_size=3))
TAILS = ("", "", "", "/", "\n", "/\n", "//", "/x", "%0A", ".", "é")


def scope(method: str, path: str, root: str = "") -> Scope:
    return {"type": "http", "method": method, "path": path, "root_path": root}


def tried(routes: list[BaseRoute], asked: Scope) -> tuple[BaseRoute, Scope] | None:
    """One after the other, as the framework does."""
    for route in routes:
        match, matched = route.matches(asked)
        if match is Match.FULL:
            return route, matched
    return None


@st.composite
def paths(draw: st.DrawFn) -> str:
    """Any path, likely or not: one of ours with something in its places, or segments at random."""
    if draw(st.booleans()):
        parts = draw(st.sampled_from(ROUTES)).path.split("/")
        filled = [draw(SEGMENT) if "{" in part else part for part in parts]
    else:
        filled = draw(st.lists(SEGMENT, max_size=6))
    return "/".join(filled) + draw(st.sampled_from(TAILS))


@given(method=st.sampled_from(METHODS), path=paths())
def test_what_is_found_is_what_would_be_tried(method: str, path: str) -> None:
    asked = scope(method, path)
    assert SIGNPOSTS.find(asked) == tried(APP.router.routes, asked)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_route_is_found_by_each_of_its_methods_and_no_other(route: Route) -> None:
    path = "/".join(ID if "{" in part else part for part in route.path.split("/"))
    for method in METHODS:
        asked = scope(method, path)
        found = SIGNPOSTS.find(asked)
        assert found == tried(APP.router.routes, asked)
        assert (found is not None) >= (method in (route.methods or ()))


def test_under_a_path_of_another_server_the_router_looks_itself() -> None:
    assert SIGNPOSTS.find(scope("GET", "/outer/health", "/outer")) is None


def test_a_route_is_found_only_in_its_turn() -> None:
    """A word before a parameter, a parameter before a word, a word with a parameter inside."""
    router = APIRouter()
    for path in ("/a/{x}", "/a/b", "/c/d", "/c/{x}", "/c/{x}.txt", "/e-{x}", "/e-f"):
        router.add_route(path, lambda _: Response(), methods=["GET"])
    signposts = Signposts(router)
    for path in ("/a/b", "/c/d", "/c/d\n", "/c/z", "/c/z.txt", "/e-f", "/e-g", "/e-", "/a/"):
        asked = scope("GET", path)
        assert signposts.find(asked) == tried(router.routes, asked)


def test_what_has_no_shape_of_its_own_is_not_accepted() -> None:
    every: list[list[BaseRoute]] = [
        [Mount("/files", app=FastAPI())],
        [Route("/files/{rest:path}", lambda _: Response())],
    ]
    for routes in every:
        with pytest.raises(NotWithinSegments):
            Signposts(APIRouter(routes=routes))


def test_a_wrong_method_is_told_the_right_one(town: Town) -> None:
    for method, path, allowed in (("GET", "/intakes", "POST"), ("HEAD", "/health", "GET")):
        answered = town.client.request(method, path)
        assert (answered.status_code, answered.headers["allow"]) == (405, allowed)
    problem(town.client.put("/intakes", json={}), 405, "MethodNotAllowed")
    assert town.client.head("/openapi.json").status_code == 200


def test_an_unknown_path_is_not_found(town: Town) -> None:
    for path in ("/x", "/households/", f"/households/{ID}/x", "/intakes/"):
        problem(town.client.post(path, json={}), 404, "Unknown")
