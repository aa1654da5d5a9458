"""Callers (依頼者): who asks, in the capacity held today, to write one decision or to read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from fastapi import Request, Response
from pydantic_core import to_json

from api.bearer import author
from api.headers import clock_in, purpose_in, seen_in, uuid_in
from api.opaque import BadCursor, Opaque
from api.problems import NotYetShown
from api.seen import Seen
from api.services import Services
from api.showing import Showing, showing
from domain.gate import Reader
from domain.household import Household
from domain.ledger import Decision, Outcome, Stream, always
from domain.recorded import State
from domain.stamp import Stamp
from domain.values import JST, Author, Command, StaffId
from projections.every import NAMES

R = TypeVar("R")
_PATIENCE = 3.0
_PLACES = {
    "household": "/households/{}",
    "sitting": "/sittings/{}",
    "staff": "/staff/{}",
    "resource": "/resources/{}",
    "person": "/households",
}


class Caller:
    """The appointment is looked up when it is needed, in the thread of the route."""

    def __init__(self, request: Request, staff: StaffId) -> None:
        self.services: Services = request.app.state.services
        self.opaque: Opaque = request.app.state.services.opaque
        self.ledger, self.profile = self.services.ledger, self.services.profile
        self.headers = request.headers
        self.staff = staff
        self._author: Author | None = None
        self.chosen = uuid_in(self.headers, "Setai-Capacity")
        self.at: datetime = self.ledger.now(clock_in(self.headers))

    @property
    def today(self) -> date:
        return self.at.astimezone(JST).date()

    @property
    def author(self) -> Author:
        if self._author is None:
            self._author = self._held()
        return self._author

    @property
    def reader(self) -> Reader:
        return Reader(self.author.staff, self.author.capacity, self.today)

    def _held(self) -> Author:
        return author(self.services.staff, self.staff, self.today, self.chosen)


class Write(Caller):
    """Called by a route with its decision; answers 201, or 200 when nothing had to change."""

    def __init__(self, request: Request, staff: StaffId) -> None:
        super().__init__(request, staff)
        self.command_id = uuid_in(self.headers, "Idempotency-Key") or uuid4()
        self._seen = seen_in(self.headers)

    def new_id(self, name: str) -> UUID:
        """As `Stamp.new_id`: the id of what the command will bring about."""
        return uuid5(self.command_id, name)

    def recall(self, stream: Stream) -> State:
        """What a stream adds up to, for a route that must look before it can name the others."""
        _ = self.author  # nobody without an appointment learns whether it is there
        state: State = self.ledger.recall(stream)
        return state

    def __call__(
        self,
        decide: Decision,
        command: Command,
        *streams: Stream,
        brings: Sequence[str] = (),
        made: UUID | None = None,
    ) -> Response:
        """`brings` names what the decision brings about, the thing itself first.

        `made` is the thing when the command names it.
        """
        stamp = Stamp(self.author, self.at, self.command_id, self.profile)
        about = next((stream for stream in streams if stream.state is Household), streams[0])
        seen = self._seen and Seen(self.services, about, self.reader, self._seen)
        unchanged = seen.still_shown if seen else always
        outcome = self.ledger.record(decide, command, stamp, *streams, unchanged=unchanged)
        ids = {name: self.new_id(name) for name in brings}
        thing = made or next(iter(ids.values()), streams[0].id)
        return self._written(outcome, about, {"id": thing, "ids": ids})

    def _written(self, outcome: Outcome, about: Stream, ids: dict[str, object]) -> Response:
        """`fact` is how later records refer to the last one of this household, if there is one."""
        at = outcome.position or self.ledger.head()
        position = None if outcome.position is None else self.opaque.position(at)
        headers = {
            "Location": _PLACES[about.state.kind].format(about.id),
            "ETag": f'"{self.opaque.written(about.id, self.reader, at)}"',
        }
        if position:
            headers["Setai-Position"] = position
        if outcome.repeated:
            headers["Setai-Repeated"] = "true"
        fact = outcome.versions.get(about.id)
        body = to_json({**ids, "fact": fact, "position": position})
        return Response(body, 201 if position else 200, headers, media_type="application/json")


class Listing(Caller):
    """Called by a route with a query of a read model that says nothing about anybody supported."""

    def __init__(self, request: Request, staff: StaffId, after: str | None) -> None:
        super().__init__(request, staff)
        self._after = None if after is None else self.opaque.position_of(after)
        self._path: str = request.scope["path"]

    def __call__(
        self,
        query: Callable[..., R],
        *arguments: object,
        **named: object,
    ) -> R:
        reader = self.reader
        self._wait()
        return self.services.tables.read(
            lambda connection: query(connection, *arguments, reader=reader, **named)
        )

    @property
    def showing(self) -> Showing:
        return showing(self.profile, self.ledger.sealer)

    def resume(self, cursor: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
        """Behind which row the list goes on; none from its beginning."""
        if cursor is None:
            return None
        return self.opaque.cursor_of(cursor, self.staff, self._path, *kinds)

    def next_cursor(self, last: object) -> str | None:
        return self.opaque.cursor(last, self.staff, self._path)

    def etag(self, stream: UUID, view: object) -> dict[str, str]:
        return {"ETag": f'"{self.opaque.shown(stream, self.reader, view)}"'}

    def _wait(self) -> None:
        after, self._after = self._after, None
        wait_for = self.services.arrivals.wait_for
        if after is None or wait_for(after, NAMES, 0):
            return
        if after > self.ledger.head():
            raise BadCursor
        if not wait_for(after, NAMES, _PATIENCE):
            raise NotYetShown


def answer(body: object, headers: Mapping[str, str] | None = None) -> Response:
    """JSON as pydantic writes it, made in the thread of the route."""
    return Response(to_json(body), 200, headers, media_type="application/json")


class Read(Listing):
    """The same for what is about somebody: it names its purpose, whatever is found."""

    def __init__(self, request: Request, staff: StaffId, after: str | None) -> None:
        super().__init__(request, staff, after)
        self.purpose = purpose_in(self.headers)
