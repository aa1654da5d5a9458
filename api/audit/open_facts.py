"""記録の枠: facts as the officer may know of them: who, when and on which basis; not a word."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from api.audit.lines import agent, at
from api.auditing import Audit
from domain.gate import Grant, Situation, item_of, may_read
from domain.recorded import Recorded, effective
from projections.past import contexts


class Facts:
    """What the log holds of some streams, behind today's walls and concealments."""

    def __init__(self, audit: Audit) -> None:
        self._audit = audit
        self._situations: dict[UUID, list[Situation]] = {}
        self.names: dict[UUID, Any] = {}

    def of(self, stream: UUID) -> list[Recorded]:
        """As they read today; those that may not be known are not there."""
        history = effective(self._audit.services.ledger.history(stream))
        return [recorded for recorded in history if self.open(recorded)]

    def open(self, recorded: Recorded) -> bool:
        item, reader = item_of(recorded), self._audit.reader
        return any(
            isinstance(may_read(reader, item, situation), Grant)
            for situation in self.situations(recorded.stream)
        )

    def situations(self, stream: UUID) -> list[Situation]:
        if stream not in self._situations:
            found = self._audit.ask(contexts, stream, self._audit.today)
            self._situations[stream] = [context.situation for context in found]
        return self._situations[stream]

    def naming(self, staff: Iterable[UUID]) -> None:
        self.names = dict(self._audit.names(staff))

    def act(self, recorded: Recorded) -> dict[str, Any]:
        """だれが、いつ記録したか。"""
        author = recorded.author
        return {
            "fact": at((recorded.stream, recorded.version)),
            "at": recorded.recorded_at,
            "by": agent(author.staff, author.capacity, self.names),
        }


def only(history: Iterable[Recorded], *kinds: type[Any]) -> Iterator[tuple[Recorded, Any]]:
    """Those of a kind, with the fact itself."""
    return ((each, each.fact) for each in history if isinstance(each.fact, kinds))
