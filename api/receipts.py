"""閲覧の控え: what was asked and will be shown, as the 閲覧簿 keeps it: ids and codes alone."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic_core import to_json

from domain.events import KIND_OF
from domain.events.viewing import ItemShown
from domain.gate import Item

SOUGHT = "q"
"""The one parameter that holds text: it is kept sealed, apart from the others."""
SEARCH = "search"
"""A list of what was sought is a view of its own."""
_NOT_KEPT = frozenset({"after", "cursor", SOUGHT})


class Asked(NamedTuple):
    """`view` names the route, `given` are the ids and codes of the request."""

    view: str
    given: dict[str, str]
    households: tuple[UUID, ...]


def asked_in(request: Request) -> Asked:
    route: APIRoute = request.scope["route"]
    query = request.query_params
    declared = {field.alias for field in route.dependant.query_params if field.alias in query}
    chosen = {name: query[name] for name in sorted(declared - _NOT_KEPT)}
    household = request.path_params.get("hid")
    households = tuple(_ids(household)) if household else ()
    given = {name: str(value) for name, value in request.path_params.items()}
    view = SEARCH if SOUGHT in declared else view_of(route.path)
    return Asked(view, {**given, **chosen}, households)


def _ids(said: object) -> Iterator[UUID]:
    """None where a path holds no id at all."""
    with suppress(ValueError):
        yield UUID(str(said))


def view_of(path: str) -> str:
    """/households/{hid}/timeline is households-one-timeline."""
    parts = ("one" if part.startswith("{") else part for part in path.strip("/").split("/"))
    return "-".join(parts)


def item_shown(item: Item) -> ItemShown:
    return ItemShown(
        stream=item.stream,
        version=item.version,
        words=item.words,
        rule=item.grant.rule if item.grant else "none",
        facts=item.grant.facts if item.grant else (),
        withheld=item.withheld,
        subjects=subjects_of([item]),
    )


def households_of(items: Iterable[Item]) -> list[UUID]:
    return [item.stream for item in items if KIND_OF[type(item.fact)] == "household"]


def subjects_of(items: Iterable[Item]) -> tuple[UUID, ...]:
    """Everybody a fact is about; a person's own stream is about that person."""
    found: list[UUID] = []
    for item in items:
        own = [item.stream] if KIND_OF[type(item.fact)] == "person" else []
        found += (*own, *item.fact.label.subjects)
    return distinct(found)


def distinct(ids: Iterable[Any]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(ids))


def served(item: Item) -> bytes:
    """What digests are taken over: the record as it is served, still sealed."""
    place = f"{item.stream}:{item.version}:{item.words}:{type(item.fact).__name__}:"
    return place.encode() + to_json(item.fact)
