"""The straight way (近道): a write in good order goes to its route without the framework's solver.

The solver asks each parameter of a request where it comes from, which costs more than the decision
itself (measured: a quarter of a write). Nearly every write has ids in its path, one JSON body that
arrives whole and a writer whose token was seen before; what these are is known when the server
starts. Whatever is not quite so takes the framework's way, and so every refusal stays its own.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic_core import from_json
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from api.deps import seen_before, writes
from api.writing import Write

_JSON = "application/json"
_ID: TypeAdapter[UUID] = TypeAdapter(UUID)


class Straight(NamedTuple):
    """A route that takes ids, a command and the writer; `names` are what it calls the last two."""

    endpoint: Callable[..., Awaitable[Response]]
    command: TypeAdapter[Any]
    names: tuple[str, str]

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        """None when it has answered; otherwise where the framework receives the body anew."""
        first = await receive()
        asked = None
        if first["type"] == "http.request" and not first.get("more_body"):
            asked = self.asked(Request(scope), first.get("body", b""))
        if asked is None:
            return _again(first, receive)
        response = await self.endpoint(**asked)
        await response(scope, receive, send)
        return None

    def asked(self, request: Request, body: bytes) -> Mapping[str, Any] | None:
        """What the route is called with; none where the framework has to look.

        In the framework's order: the JSON, the writer, the command.
        """
        staff = seen_before(request)
        if staff is None or request.headers.get("content-type") != _JSON:
            return None
        command, write = self.names
        try:
            ids = {name: _ID.validate_python(told) for name, told in request.path_params.items()}
            told = from_json(body)
            writer = Write(request, staff)
            meant = self.command.validate_python(told, from_attributes=True)
        except ValueError:
            return None
        return {**ids, command: meant, write: writer}


def _again(first: Message, receive: Receive) -> Receive:
    waiting = [first]

    async def received() -> Message:
        return waiting.pop() if waiting else await receive()

    return received


def straight(route: Route) -> Straight | None:
    """The straight way of a route, if it asks for nothing but ids, one command and the writer."""
    if not isinstance(route, APIRoute):
        return None
    dependant, bodies = route.dependant, route.dependant.body_params
    others = dependant.query_params or dependant.header_params or dependant.cookie_params
    ids = all(field.field_info.annotation is UUID for field in dependant.path_params)
    writer = _writer(dependant)
    if others or not ids or writer is None or len(bodies) != 1 or bodies[0].alias != bodies[0].name:
        return None
    return Straight(route.endpoint, bodies[0]._type_adapter, (bodies[0].name, writer))  # noqa: SLF001


def _writer(dependant: Dependant) -> str | None:
    if len(dependant.dependencies) != 1 or not writes(dependant):
        return None
    return dependant.dependencies[0].name
