"""The straight way (近道): a write in good order goes to its route without the framework's solver.

The solver asks each parameter of a request where it comes from, which costs more than the decision
itself (measured: a quarter of a write). Nearly every write has ids in its path, one JSON body and
a writer whose token was seen before; what these are is known when the server starts. Whatever is
not quite so takes the framework's way, and so every refusal stays the framework's own.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic_core import from_json
from starlette.requests import ClientDisconnect, Request
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
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:
            return receive
        asked = self.asked(request, body)
        if asked is None:
            return _again(body, receive)
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


def _again(body: bytes, receive: Receive) -> Receive:
    waiting = [body]

    async def received() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

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
