"""監査の照会 (Audit): asked by the privacy officer alone, and written down before it is answered.

Nobody else learns more than that the office is needed, and their attempt stays in the 閲覧簿.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from fastapi import Request, Response

from api.callers import Read, answer
from api.headers import Purpose
from api.problems import NotYetShown, PurposeNeeded
from api.receipts import distinct
from api.services import PATIENCE
from api.sheet import Columns, sheet
from api.showing import Later
from domain.events.staff import StaffRegistered
from domain.events.viewing import BookRead, ReadRefused
from domain.gate import Place
from domain.refusals import RoleNeeded, Unknown
from domain.values import Role, StaffId
from projections.conflicts import Recused
from projections.every import BOOK_NAMES
from projections.staff import registrations

R = TypeVar("R")
_CSV = "text/csv"


class Lines(NamedTuple):
    """The same answer as a table: one line per subject."""

    columns: Columns
    rows: Sequence[Any]


class Audit(Read):
    """A reading of the 閲覧簿, or of what both logs say together.

    利益相反: whoever acts for somebody of a case, or for the 相手方 of one of it, is answered as if
    there were no such case: who stands by a protected person would tell where they are. A question
    that is answered with a list `sifts` it by what is `recused`; any other is refused here.
    """

    sifts = False

    def __init__(
        self, request: Request, staff: StaffId, after: str | None, form: str | None
    ) -> None:
        """`form` is None of what makes no table, whatever is accepted."""
        super().__init__(request, staff, after)
        accepted = form == "csv" or _CSV in self.headers.get("accept", "")
        self._as_sheet = form is not None and accepted

    @cached_property
    def recused(self) -> Recused:
        """Whose audit is another officer's."""
        self._wait()
        return self.recusal()

    def admit(self, purpose: Purpose) -> "Audit":
        """RoleNeeded, and recorded as refused, for everybody else; else the purpose must be it."""
        if self.reader.capacity.role is not Role.PRIVACY:
            self._refused("role-needed")
            raise RoleNeeded(roles=[Role.PRIVACY])
        if self.purpose is not purpose:
            raise PurposeNeeded(f"選べる値: {purpose}", allowed=[str(purpose)])
        return self

    @property
    def as_sheet(self) -> bool:
        return self._as_sheet

    def ask(self, query: Callable[..., R], *arguments: object, **named: object) -> R:
        """With all that was written into the 閲覧簿 so far, by whichever server or command."""
        self._wait()
        self._stand_aside()
        if not self.services.arrivals.wait_for(self.services.book.head(), BOOK_NAMES, PATIENCE):
            raise NotYetShown
        return self.services.tables.read(lambda connection: query(connection, *arguments, **named))

    def must(self, found: R | None) -> R:
        """What there is; refused, and the refusal recorded, when there is nothing."""
        self._stand_aside()
        if found is None:
            raise self._absent()
        return found

    def _stand_aside(self, households: Iterable[UUID] = ()) -> None:
        """Nothing is told of what is recused, whether it was asked for or found."""
        asked = {} if self.sifts else self._asked.given
        if self.recused.names(asked) or not self.recused.households.isdisjoint(households):
            raise self._absent()

    def _absent(self) -> Unknown:
        self._refused("absent")
        return Unknown()

    def names(self, staff: Iterable[UUID]) -> Mapping[UUID, Later]:
        """What the staff members are called, opened with the answer."""
        found = self.ask(registrations, distinct(staff), reader=self.reader)
        return {
            item.stream: self.showing.text(item, item.fact.name)
            for item in found
            if isinstance(item.fact, StaffRegistered)
        }

    def tell(  # noqa: PLR0913 - the answer, and what the 閲覧簿 says of it
        self,
        body: Mapping[str, Any],
        lines: Lines,
        *,
        receipts: int = 0,
        households: Sequence[UUID] = (),
        sought: Iterable[UUID] = (),
        staff: Iterable[UUID] = (),
    ) -> Response:
        """Recorded as a reading of the 閲覧簿, about these households and persons, and answered;
        `sought` was asked for, whether or not there is anything to tell.
        """
        self._stand_aside(households)
        asked = distinct((*self._asked.households, *sought, *households))
        about: dict[str, Any] = {"households": asked, "staff": distinct(staff)}
        self._commit(BookRead(**self._viewing(), **about, receipts=receipts))
        if self._as_sheet:
            opened = self.opened() if self.showing.items else None
            columns = {name: self._as_cell(of) for name, of in lines.columns.items()}
            table = sheet(columns, lines.rows, opened)
            return Response(table, 200, self.receipted, media_type=_CSV)
        told = _told(body, self._as_body)
        return self.answer(told) if self.showing.items else answer(told, self.receipted)

    def _as_body(self, place: Place) -> dict[str, Any]:
        return {"stream": place.stream, "version": self.opaque.number(*place)}

    def _as_cell(self, of: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def said(place: Place) -> str:
            return f"{place.stream} の {self.opaque.number(*place)}"

        return lambda row: _told(of(row), said)

    def _refused(self, rule: str) -> None:
        self._commit(ReadRefused(**self._viewing(), households=self._asked.households, rule=rule))


class Sifting(Audit):
    """A list of what is found, without what is recused: of that, it is empty."""

    sifts = True


def _told(value: Any, say: Callable[[Place], Any]) -> Any:
    """The same with every place said by its number."""
    match value:
        case Place():
            return say(value)
        case dict():
            return {key: _told(each, say) for key, each in value.items()}
        case list() | tuple():
            return [_told(each, say) for each in value]
        case _:
            return value
