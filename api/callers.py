"""Callers (依頼者): who asks, in the capacity held today."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

from fastapi import Request, Response
from pydantic_core import to_json

from api.bearer import author
from api.headers import clock_in, purpose_in, uuid_in
from api.once import once
from api.opaque import BadCursor, Opaque
from api.past import Past, past_of
from api.problems import NotYetShown, PutAside
from api.receipts import Asked, asked_in, distinct, households_of, item_shown, subjects_of
from api.services import PATIENCE, Services
from api.showing import Opened, Showing
from domain.events.viewing import ReadRefused, RecordsShown, Viewing
from domain.gate import Reader
from domain.ledger import Ledger, Receipt
from domain.refusals import Unknown
from domain.staff import Staff
from domain.values import JST, Author, Personal, StaffId
from projections.case_view import put_aside
from projections.conflicts import Recused, recused
from projections.every import GATING, NAMES

R = TypeVar("R")


class Caller:
    """The appointment is looked up when it is needed, in the thread of the route."""

    ledger: Ledger

    def __init__(self, request: Request, staff: StaffId) -> None:
        self.services: Services = request.app.state.services
        self.opaque: Opaque = request.app.state.services.opaque
        self.ledger, self.profile = self.services.ledger, self.services.profile
        self.headers = request.headers
        self.staff = staff
        self._author: Author | None = None
        self.chosen = uuid_in(self.headers, "Setai-Capacity")
        self._clock = clock_in(self.headers)

    @cached_property
    def at(self) -> datetime:
        """In a demonstration the log is asked for it, which takes a thread."""
        return self.ledger.now(self._clock)

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
        by, held = self.author, self._member.capacities(self.today).values()
        others = tuple(each for each in dict.fromkeys(held) if each != by.capacity)
        return Reader(by.staff, by.capacity, self.today, self.at, others)

    def recusal(self) -> Recused:
        """利益相反: what an officer leaves to another, whichever capacity takes a side."""
        reader = self.reader
        return self.services.tables.read(lambda connection: recused(connection, reader))

    @cached_property
    def _member(self) -> Staff:
        return self.services.staff.recall(self.staff)

    def _held(self) -> Author:
        return author(self._member, self.today, self.chosen)


class Listing(Caller):
    """Called by a route with a query of a read model that says nothing about anybody supported."""

    def __init__(self, request: Request, staff: StaffId, after: str | None) -> None:
        super().__init__(request, staff)
        self._after = None if after is None else self.opaque.position_of(after)
        self._waited = False
        self._stood = self.services.arrivals.reached(NAMES)
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

    def resume(self, cursor: str | None, *kinds: Callable[[Any], Any]) -> tuple[Any, ...] | None:
        """Behind which row the list goes on; none from its beginning."""
        if cursor is None:
            return None
        return self.opaque.cursor_of(cursor, self.staff, self._path, *kinds)

    def next_cursor(self, last: object) -> str | None:
        return self.opaque.cursor(last, self.staff, self._path)

    def _wait(self) -> None:
        """Until the tables show all that was recorded when this was asked, by whomever: what has
        taken a reader's access away is in force at their next request, and where the tables have
        fallen behind nothing is told.
        """
        if self._waited:
            return
        self._waited, head = True, self.ledger.head()
        if self._after is not None and self._after > head:
            raise BadCursor
        wait_for = self.services.arrivals.wait_for
        if not (wait_for(head, GATING, PATIENCE) and wait_for(self._after or 0, NAMES, PATIENCE)):
            raise NotYetShown
        self._stood = self.services.arrivals.reached(NAMES)


def answer(body: object, headers: Mapping[str, str] | None = None) -> Response:
    """JSON as pydantic writes it, made in the thread of the route."""
    return Response(to_json(body), 200, headers, media_type="application/json")


class Read(Listing):
    """The same for what is about somebody: it names its purpose, and leaves a receipt in the
    閲覧簿 whatever is found. The receipt is committed before a word is opened.
    """

    _receipt: Receipt

    def __init__(self, request: Request, staff: StaffId, after: str | None) -> None:
        super().__init__(request, staff, after)
        self.purpose = purpose_in(self.headers)
        self.showing = Showing(self.profile, self.opaque.number)
        self.past: Past | None = None
        self._request = request

    def at_point(self, true_at: date | None, known_at: datetime | date | None) -> "Read":
        """The same of the past, where one of the clocks was named."""
        self.past = past_of(self.ledger, self.at, true_at, known_at)
        return self

    @property
    def day(self) -> date:
        """The day on which something is in force, or overdue."""
        return self.past.true_at if self.past else self.today

    def of(self, today: Callable[..., R], then: Callable[..., R]) -> Callable[..., R]:
        """The query of today, or that of the past that was asked for."""
        return partial(then, histories=self.past.histories) if self.past else today

    def found(self, query: Callable[..., R | None], *arguments: object, **named: object) -> R:
        """What there is to be read; refused, and the refusal recorded, when there is nothing."""
        found = self(query, *arguments, **named)
        if found is None:
            refused = ReadRefused(**self._viewing(), households=self._asked.households)
            self._commit(refused)
            raise PutAside if self._put_aside() else Unknown
        return found

    def _put_aside(self) -> bool:
        """Whether there is nothing because of what could not be told."""
        return any(self(put_aside, each) for each in self._asked.households)

    def etag(self, stream: UUID, view: object) -> dict[str, str]:
        return {"ETag": f'"{self.opaque.shown(stream, self.reader, view, self.showing.served)}"'}

    def answer(
        self,
        body: object,
        headers: Mapping[str, str] | None = None,
        *,
        households: Iterable[UUID] = (),
        sought: Personal | None = None,
    ) -> Response:
        """Opened with its receipt; `households` are shown besides those of its facts."""
        if self.past and isinstance(body, dict):
            shown = self.showing.items.values()
            told = self.past.told(shown, self.reader, self.opaque.number)
            body, headers = {**body, "as_of": told}, None
        opened = self.opened(households=households, sought=sought)
        written = to_json(body, fallback=lambda later: later.write(opened))
        told = {**(headers or {}), **self.receipted}
        return Response(written, 200, told, media_type="application/json")

    def opened(self, *, households: Iterable[UUID] = (), sought: Personal | None = None) -> Opened:
        """The words of what is shown, once its receipt is committed."""
        showing = self.showing
        showing.introduce(self.services.colleagues.registered(showing.spoken_of, self.reader))
        items = showing.items.values()
        shown = RecordsShown(
            **self._viewing(),
            sought=sought,
            households=distinct((*self._asked.households, *households, *households_of(items))),
            subjects=subjects_of(items),
            items=tuple(map(item_shown, items)),
            digest=self.services.book.digest_of(map(showing.served, items)),
        )
        with once(self.services, items):
            return showing.opened(self._commit(shown))

    @cached_property
    def _asked(self) -> Asked:
        """Only once the route has found the request to be in order."""
        asked = asked_in(self._request)
        return asked._replace(given=asked.given | self.past.said) if self.past else asked

    def _commit(self, viewing: Viewing) -> Receipt:
        self._receipt = self.services.book.commit(self.author, viewing, self.at)
        return self._receipt

    @property
    def receipted(self) -> dict[str, str]:
        """Where the 閲覧簿 says what this answer showed: for whoever asks about it later."""
        stream, version = self._receipt.stream, self._receipt.version
        return {"Setai-Receipt": f"{stream}/{self.opaque.number(stream, version)}"}

    def _viewing(self) -> dict[str, Any]:
        return {
            "purpose": self.purpose,
            "view": self._asked.view,
            "asked": self._asked.given,
            "position": self._stood,
            "request": uuid4(),
        }
