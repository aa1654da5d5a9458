"""Callers (依頼者): who asks, in the capacity held today, to write one decision or to read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid4, uuid5

from fastapi import Request, Response
from pydantic_core import to_json

from api.bearer import author
from api.headers import clock_in, purpose_in, uuid_in, version_in
from api.opaque import BadCursor, etag, position_of, position_token
from api.problems import NotYetShown
from api.services import Services
from api.showing import Showing, showing
from domain.gate import Reader
from domain.household import Household
from domain.ledger import Decision, Outcome, Stream
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

    def _held(self) -> Author:
        return author(self.services.staff, self.staff, self.today, self.chosen)


class Write(Caller):
    """Called by a route with its decision; answers 201, or 200 when nothing had to change."""

    def __init__(self, request: Request, staff: StaffId) -> None:
        super().__init__(request, staff)
        self.command_id = uuid_in(self.headers, "Idempotency-Key") or uuid4()
        self._seen = version_in(self.headers)

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
        expected = {} if self._seen is None else {about.id: self._seen}
        outcome = self.ledger.record(decide, command, stamp, *streams, expected=expected)
        ids = {name: self.new_id(name) for name in brings}
        thing = made or next(iter(ids.values()), streams[0].id)
        return _written(outcome, about, {"id": thing, "ids": ids})


def _written(outcome: Outcome, about: Stream, ids: dict[str, object]) -> Response:
    version = outcome.versions[about.id]
    position = None if outcome.position is None else position_token(outcome.position)
    headers = {"Location": _PLACES[about.state.kind].format(about.id), "ETag": etag(version)}
    if position:
        headers["Setai-Position"] = position
    if outcome.repeated:
        headers["Setai-Repeated"] = "true"
    body = to_json({**ids, "version": version, "position": position})
    return Response(body, 201 if position else 200, headers, media_type="application/json")


class Listing(Caller):
    """Called by a route with a query of a read model that says nothing about anybody supported."""

    def __init__(self, request: Request, staff: StaffId, after: str | None) -> None:
        super().__init__(request, staff)
        self._after = None if after is None else position_of(after)

    def __call__(
        self,
        query: Callable[..., R],
        *arguments: object,
        **named: object,
    ) -> R:
        by = self.author
        reader = Reader(by.staff, by.capacity, self.today)
        self._wait()
        return self.services.tables.read(
            lambda connection: query(connection, *arguments, reader=reader, **named)
        )

    @property
    def showing(self) -> Showing:
        return showing(self.profile, self.ledger.sealer)

    def etag(self, stream: Stream) -> dict[str, str]:
        """The version that is shown; none while the read models are behind the log."""
        _ = self.author
        self._wait()
        version, head = self.ledger.recall(stream).version, self.ledger.head()
        shown = self.services.arrivals.wait_for(head, NAMES, 0)
        return {"ETag": etag(version)} if shown else {}

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
