"""The straight way (近道): a request in good order needs no solver of the framework.

The solver asks each parameter of a request where it comes from, which costs more than the decision
itself (measured: a quarter of a write). Nearly every write has ids in its path, one JSON body that
arrives whole and a writer whose token was seen before; many a read has ids in its path and nothing
more. What these are is known when the server starts. Whatever is not quite so takes the framework's
way, and so every refusal stays its own.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from api.callers import Listing
from api.deps import reader_of, seen_before, writes
from api.doubled import doubled
from api.writing import Write
from domain.values import StaffId

_JSON = "application/json"
_ID: TypeAdapter[UUID] = TypeAdapter(UUID)


class Way(Protocol):
    """How a request gets to its route."""

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        """None when it has answered; otherwise where the framework receives the body anew."""


class Writing(NamedTuple):
    """A route that takes ids, a command and the writer; `names` are what it calls the last two."""

    endpoint: Callable[..., Awaitable[Response]]
    command: TypeAdapter[Any]
    names: tuple[str, str]

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
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
            ids = _ids(request)
            told = from_json(body)
            if doubled(body):
                return None
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


def _ids(request: Request) -> dict[str, UUID]:
    return {name: _ID.validate_python(told) for name, told in request.path_params.items()}


class Reading(NamedTuple):
    """A route that takes ids and the reader, and by itself gives what else it could be asked."""

    endpoint: Callable[..., Response]
    reader: Callable[[Request, StaffId, None], Listing]
    name: str
    given: Mapping[str, Any]

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        asked = None if scope["query_string"] else self.asked(Request(scope))
        if asked is None:
            return receive
        response = await run_in_threadpool(self.endpoint, **asked)
        await response(scope, receive, send)
        return None

    def asked(self, request: Request) -> Mapping[str, Any] | None:
        staff = seen_before(request)
        if staff is None:
            return None
        try:
            ids = _ids(request)
        except ValueError:
            return None
        return {**self.given, **ids, self.name: self.reader(request, staff, None)}


def straight(route: Route) -> Way | None:
    """The straight way of a route, if it asks for nothing that only the framework can find."""
    if not isinstance(route, APIRoute) or len(route.dependant.dependencies) != 1:
        return None
    asks = route.dependant
    ids = all(field.field_info.annotation is UUID for field in asks.path_params)
    if not ids or asks.header_params or asks.cookie_params or asks.request_param_name:
        return None
    return _writing(route, asks) if asks.body_params else _reading(route, asks)


def _writing(route: APIRoute, asks: Dependant) -> Writing | None:
    """Whoever writes sends one command."""
    bodies, writer = asks.body_params, asks.dependencies[0].name
    whole = len(bodies) == 1 and bodies[0].alias == bodies[0].name
    if asks.query_params or not whole or not writes(asks) or writer is None:
        return None
    return Writing(route.endpoint, bodies[0]._type_adapter, (bodies[0].name, writer))  # noqa: SLF001


def _reading(route: APIRoute, asks: Dependant) -> Reading | None:
    """Whoever reads need not say more; the route makes the answer itself."""
    needed = any(field.field_info.is_required() for field in asks.query_params)
    own = inspect.signature(route.endpoint).return_annotation is Response
    who, reader = asks.dependencies[0].name, reader_of(asks)
    if needed or not own or reader is None or who is None:
        return None
    given = {field.name: field.get_default() for field in asks.query_params}
    return Reading(route.endpoint, reader, who, given)
