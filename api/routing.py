"""Routing (道しるべ): the route of a request is looked up, not tried for one after the other.

Starlette matches sixty patterns before it finds a route in the middle of the list, which costs more
than a decision. Here the method, the number of segments and the last of them leave one or two.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.convertors import StringConvertor
from starlette.routing import BaseRoute, Match, Route
from starlette.types import Receive, Scope, Send

from api.mistakes import asked_twice, stray
from api.problems import Invalid
from api.straight import straight

Shape = tuple[str, int]
Ending = str | None
_EVERYWHERE = {"after"}
"""Who has just written may say so to any route; what is read from the log itself need not wait."""


class NotWithinSegments(TypeError):
    """A route whose parameters may hold slashes, or that has no path of its own."""


class Signposts:
    """In front of a router: hands over to the first route that matches, as the router would.

    Whatever is not found here (another method, an unknown path, start and end of the server) goes
    to the router itself, so that its answers stay its own.
    """

    def __init__(self, router: APIRouter) -> None:
        self._router, self._otherwise = router, router.middleware_stack
        plain = _plain(router.routes)
        self._places = dict(_places(plain))
        self.straight = {route.endpoint: way for route in plain if (way := straight(route))}
        ours = [route for route in plain if isinstance(route, APIRoute)]
        self._asks = {route.endpoint: sorted(_asks(route.dependant)) for route in ours}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self.find(scope) if scope["type"] == "http" else None
        if found is None:
            await self._otherwise(scope, receive, send)
            return
        route, matched = found
        if scope["query_string"]:
            self._refuse_strays(route, scope["query_string"])
        scope["router"] = self._router
        scope.update(matched)
        if way := self.straight.get(route.endpoint):
            left = await way.answer(scope, receive, send)
            if left is None:
                return
            receive = left
        await route.handle(scope, receive, send)

    def _refuse_strays(self, route: Route, query: bytes) -> None:
        """A question that no route asks is a slip of the pen: unanswered, today would pass for the
        past. Of a question put twice, only the last would be answered.
        """
        names = self._asks.get(route.endpoint)
        if names is None:
            return
        given = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        asked = Counter(name for name, _ in given)
        strays = [stray(name, names) for name in asked if name not in names]
        doubled = [asked_twice(name) for name in names if asked[name] > 1]
        if strays or doubled:
            raise Invalid(errors=[*strays, *doubled])

    def find(self, scope: Scope) -> tuple[Route, Scope] | None:
        """The first route of that method and path, with what its pattern found."""
        path: str = scope["path"]
        endings = self._places.get((scope["method"], path.count("/")))
        if endings is None or scope.get("root_path"):
            return None
        # A pattern's $ also matches before a newline at the very end.
        ending = path[path.rindex("/") + 1 :].removesuffix("\n")
        for route in endings.get(ending) or endings[None]:
            match, matched = route.matches(scope)
            if match is Match.FULL:
                return route, matched
        return None


def _plain(routes: Iterable[BaseRoute]) -> list[Route]:
    """The routes in order; refused when one could match what its shape does not say."""
    plain = []
    for route in routes:
        if not isinstance(route, Route) or not route.methods:
            raise NotWithinSegments(route)
        if not all(isinstance(each, StringConvertor) for each in route.param_convertors.values()):
            raise NotWithinSegments(route.path)
        plain.append(route)
    return plain


def _places(routes: list[Route]) -> Iterable[tuple[Shape, Mapping[Ending, tuple[Route, ...]]]]:
    """By method and number of segments, then by the last segment; None for any other."""
    shapes = {shape for route in routes for shape in _shapes(route)}
    for shape in shapes:
        alike = [route for route in routes if shape in _shapes(route)]
        endings = {_ending(route) for route in alike}
        yield (
            shape,
            {
                ending: tuple(route for route in alike if _ending(route) in (ending, None))
                for ending in chain(endings, [None])
            },
        )


def _asks(dependant: Dependant) -> set[str]:
    """What the query of a route may name."""
    asked = {field.alias for field in dependant.query_params} | _EVERYWHERE
    return asked.union(*map(_asks, dependant.dependencies))


def _shapes(route: Route) -> set[Shape]:
    return {(method, route.path.count("/")) for method in route.methods or ()}


def _ending(route: Route) -> Ending:
    """The last segment as the pattern has it; None where a parameter is part of it."""
    last = route.path.rpartition("/")[2]
    return None if "{" in last else last
