"""見たもの: whether a writer would still be shown what they saw (If-Match), and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from api.receipts import served
from api.services import Services
from domain.gate import Reader, Situation, item_of, shown
from domain.household import Household
from domain.ledger import Stream
from domain.recorded import State
from domain.sitting import Sitting
from projections.access import alone, cases
from projections.case_view import case_view
from projections.people import people
from projections.sittings import homes_of, lines_of, own_of, sitting
from projections.timeline import timeline

_VIEWS: Mapping[type[State], Any] = {Household: case_view, Sitting: sitting}


@dataclass(frozen=True, slots=True)
class Seen:
    """The tag of a view must be that of the same view now; the tag of a write's answer holds until
    there is something newer that its writer is shown.
    """

    services: Services
    about: Stream
    reader: Reader
    tag: str

    def still_shown(self) -> bool:
        services = self.services
        services.wait_until_shown()
        written = services.opaque.written_at(self.tag, self.about.id, self.reader)
        if written is None:
            return services.tables.read(self._view) == self.tag
        if self.about.state is Household:
            return services.tables.read(self._newest) <= written
        return not self._shows_more(written)

    def _view(self, connection: Connection[Any]) -> str | None:
        """The tag of the view now; none of what has no view of its own."""
        view = _VIEWS.get(self.about.state)
        found = view and view(connection, self.about.id, reader=self.reader)
        return found and self.services.opaque.shown(self.about.id, self.reader, found, served)

    def _newest(self, connection: Connection[Any]) -> int:
        """The position of the latest line of the course of support, its people's included."""
        page = timeline(connection, self.about.id, reader=self.reader, limit=1)
        return page.entries[0].position if page else 0

    def _shows_more(self, position: int) -> bool:
        """Of a sitting, a person, a resource: behind the same walls as where it is read."""
        newer = [r for r in self.services.ledger.history(self.about.id) if r.position > position]
        items = [item_of(each) for each in newer]
        state = self.services.tables.read(self._state)
        return any(shown(self.reader, item, state) for item in items)

    def _state(self, connection: Connection[Any]) -> Situation:
        """Behind the walls of the cases a sitting takes up; a person is taken for concealed."""
        stream, today = self.about.id, self.reader.today
        if self.about.state is not Sitting:
            person = alone(connection, people(connection, [stream]), today)
            return person.situation.guarding(stream)
        lines = lines_of(connection, [stream])[stream]
        of = cases(connection, sorted(set(homes_of(lines))), today)
        return own_of(stream, lines, {home: case.situation for home, case in of.items()})
