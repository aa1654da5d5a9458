"""What holds for every operation, read from the routes themselves: none can be forgotten."""

import json
import re
from typing import Any, cast
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from jsonschema_rs import validator_for
from pydantic import TypeAdapter

from api.app import ROUTERS
from api.deps import reads_personal_text, signs_in
from api.openapi import DESCRIPTION
from domain.values import Role
from replays.stories import examples
from replays.stories.answers import TOKEN
from tests.api.town import Town, problem

EVERY = [
    (method, route)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and route.include_in_schema
    for method in sorted(route.methods or ())
]


def named(routes: list[tuple[str, APIRoute]]) -> list[Any]:
    return [pytest.param(*each, id=f"{each[0]} {each[1].path}") for each in routes]


ROUTES = named(EVERY)
WRITES = named([each for each in EVERY if each[0] == "POST"])
READS = named([each for each in EVERY if each[0] == "GET" and signs_in(each[1].dependant)])
OPEN = {"/health", "/ready", "/problems/{code}"}


@pytest.fixture(scope="module")
def document(town: Town) -> dict[str, Any]:
    found: dict[str, Any] = town.client.get("/openapi.json").json()
    return found


def filled(path: str) -> str:
    """The path with ids that nobody has."""
    parts = (
        "1" if part == "{number}" else str(uuid4()) if part.startswith("{") else part
        for part in path.split("/")
    )
    return "/".join(parts)


def test_the_document_is_of_today(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert document["info"]["description"] == DESCRIPTION


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_every_operation_is_described(
    document: dict[str, Any], method: str, route: APIRoute
) -> None:
    operation = document["paths"][route.path][method.lower()]
    assert any(ord(char) > 0x3000 for char in operation["summary"])
    assert operation["tags"]
    assert ("security" in operation) == (route.path not in OPEN)


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_the_example_of_a_write_is_what_a_story_sends(method: str, route: APIRoute) -> None:
    assert route.body_field is not None
    TypeAdapter(cast("Any", route.body_field.field_info.annotation)).validate_python(
        examples()[method, route.path]
    )


@pytest.mark.parametrize(("method", "route"), ROUTES)
def test_every_operation_has_examples_of_the_shape_it_promises(
    document: dict[str, Any], method: str, route: APIRoute
) -> None:
    operation = document["paths"][route.path][method.lower()]
    asked, answered = operation.get("requestBody"), operation["responses"]
    wanted = [asked, answered["201"], answered["200"]] if method == "POST" else [answered["200"]]
    for holder in wanted:
        (content,) = holder["content"].values()
        schema = {**content["schema"], "components": document["components"]}
        validator_for(schema, validate_formats=True).validate(content["example"])


@pytest.mark.parametrize(("method", "route"), READS)
def test_the_example_of_a_reading_is_what_a_story_was_answered(
    document: dict[str, Any], method: str, route: APIRoute
) -> None:
    (content,) = document["paths"][route.path]["get"]["responses"]["200"]["content"].values()
    assert content["example"] == examples()[method, route.path]
    shape: TypeAdapter[Any] = TypeAdapter(cast("Any", route.response_model))
    shape.validate_python(content["example"])


def test_no_example_holds_a_token_that_will_not_last(document: dict[str, Any]) -> None:
    found = set(re.findall(r'"(?:next|position)": "([^"]*)"', json.dumps(document)))
    assert found == {TOKEN}


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_every_write_asks_who_it_is(town: Town, method: str, route: APIRoute) -> None:
    answered = town.client.request(method, filled(route.path), json={})
    problem(answered, 401, "NotSignedIn")


@pytest.mark.parametrize(("method", "route"), READS)
def test_every_read_asks_who_it_is(town: Town, method: str, route: APIRoute) -> None:
    problem(town.client.request(method, filled(route.path)), 401, "NotSignedIn")


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_every_write_refuses_what_it_cannot_read(town: Town, method: str, route: APIRoute) -> None:
    headers = town.headers("tanaka", **{"Content-Type": "application/json"})
    path = filled(route.path)
    problem(town.client.request(method, path, content=b"{", headers=headers), 400, "Malformed")
    unknown = town.client.request(method, path, json={"no_such_field": 1}, headers=headers)
    fields = [each["field"] for each in problem(unknown, 422, "Invalid")["errors"]]
    assert "body.no_such_field" in fields


@pytest.mark.parametrize(("method", "route"), WRITES)
def test_every_write_about_something_unknown_is_refused(
    town: Town, method: str, route: APIRoute
) -> None:
    """The ids of the examples are nobody's here; who may not do it at all is not told even that."""
    body = examples()[method, route.path]
    command: Any = route.body_field and route.body_field.field_info.annotation
    allowed = not command.only or Role.COUNSELLOR in command.only
    answered = town.client.request(
        method, filled(route.path), json=body, headers=town.headers("nobody")
    )
    problem(answered, 403, "NotAppointed")
    if "{" in route.path:
        answered = town.client.request(
            method, filled(route.path), json=body, headers=town.headers("tanaka")
        )
        problem(answered, *((404, "Unknown") if allowed else (403, "RoleNeeded")))


@pytest.mark.parametrize(("method", "route"), READS)
def test_every_read_about_somebody_names_its_purpose(
    town: Town, method: str, route: APIRoute
) -> None:
    headers = town.headers("tanaka")
    del headers["Setai-Purpose"]
    answered = town.client.request(method, filled(route.path), headers=headers)
    if reads_personal_text(route.dependant):
        problem(answered, 400, "PurposeNeeded")
    else:
        assert answered.status_code == 200


@pytest.mark.parametrize(("method", "route"), READS)
def test_every_read_needs_an_appointment(town: Town, method: str, route: APIRoute) -> None:
    answered = town.client.request(method, filled(route.path), headers=town.headers("nobody"))
    if route.path in ("/me", "/profile"):
        assert answered.status_code == 200
    else:
        problem(answered, 403, "NotAppointed")


def test_the_page_of_the_document_needs_nothing_from_elsewhere(town: Town) -> None:
    answered = town.client.get("/docs")
    assert answered.headers["content-type"].startswith("text/html")
    assert "<script" not in answered.text
    for attribute in ('src="http', 'href="http', "url(", "@import"):
        assert attribute not in answered.text
    assert "つなぎを送る" in answered.text
    assert town.client.get("/docs/style.css").headers["content-type"].startswith("text/css")
    assert town.client.get("/", follow_redirects=False).headers["location"] == "/docs"
