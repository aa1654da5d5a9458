"""The stories as data: each can be told in its order, and together they use every operation."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.app import ROUTERS
from domain.refusals import Refused
from replays.stories import STORIES, examples, firsts
from replays.stories.answers import kept
from replays.stories.telling import Story, names, shape

ALL = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)


def _writes() -> Iterator[APIRoute]:
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and "POST" in (route.methods or ()):
                yield route


def _codes(kind: type[Refused] = Refused) -> Iterator[str]:
    for each in kind.__subclasses__():
        yield each.__name__
        yield from _codes(each)


@ALL
def test_a_step_speaks_only_of_what_came_before(story: Story) -> None:
    known = {"issuer"}
    for step in story.all_steps:
        asked = {name.removesuffix(".version") for name in (*names(step.path), *names(step.body))}
        assert asked <= known, step.says
        known |= step.keep.keys()


@ALL
def test_the_clock_never_goes_back(story: Story) -> None:
    assert all(earlier.at <= later.at for earlier, later in pairwise(story.all_steps))


@ALL
def test_a_story_is_told_in_one_sitting(story: Story) -> None:
    told = [step for step in story.steps if not step.quiet]
    assert 25 <= len(told) <= 90


@ALL
def test_a_story_shows_what_the_ledger_protects_from(story: Story) -> None:
    codes = {step.refused for step in story.steps if step.refused}
    assert len(codes) >= 2
    assert codes <= set(_codes())


@ALL
def test_no_command_has_the_id_of_another(story: Story) -> None:
    ids = [story.command_id(number, step) for number, step in enumerate(story.all_steps)]
    assert len(set(ids)) == len(ids)


def test_together_the_stories_use_every_write_of_the_api() -> None:
    written = {("POST", shape(route.path)) for route in _writes()}
    assert set(examples()) >= written


@pytest.mark.parametrize("route", list(_writes()), ids=lambda route: route.path)
def test_every_example_is_a_body_the_route_takes(route: APIRoute) -> None:
    body = route.body_field
    assert body is not None
    command = body.field_info.annotation
    assert isinstance(command, type)
    assert issubclass(command, BaseModel)
    command.model_validate(examples()["POST", route.path])


def test_an_example_is_found_whatever_a_path_calls_its_parts() -> None:
    one, other = "/households/{hid}/notes", "/households/{household}/notes"
    assert examples()["POST", one] == examples()["POST", other]
    assert examples().get(("POST", "/nowhere")) is None


def test_every_answer_kept_is_to_a_reading_of_some_story() -> None:
    assert {path for method, path in firsts() if method == "GET"} == kept().keys()
