"""Reading the log (台帳を読む): one stream, several, all of it in order, or up to a moment."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.events import Fact
from domain.ledger.batch import Answer, Kept, Unit
from domain.ledger.failures import UnknownFact
from domain.ledger.garbage import uncollected
from domain.ledger.mapper import FactMapper
from domain.recorded import Recorded

_OF_ONE_COMMAND = 200


def _leave(_: UnknownFact) -> None:
    """What others recorded meanwhile, and this version cannot read, was not brought about here."""


class Log(Protocol):
    """What the ledger needs of a recorder, in PostgreSQL or in memory."""

    demonstration: bool

    def append(self, unit: Unit) -> Answer: ...

    async def hand_in(self, unit: Unit) -> Answer: ...

    def attended(self) -> AbstractAsyncContextManager[None]: ...

    def since(self, versions: Mapping[UUID, int]) -> Mapping[UUID, list[Any]]: ...

    def history(self, stream: UUID, until: int | None = None) -> list[Any]: ...

    def histories(
        self, streams: Sequence[UUID], topics: Sequence[str] | None = None
    ) -> list[Any]: ...

    def page(self, after: int, limit: int) -> list[Any]: ...

    def by_stream(self, after: tuple[UUID, int], until: int, limit: int) -> list[Any]: ...

    def of_kinds(self, kinds: Sequence[str], until: int) -> list[Any]: ...

    def command(self, command_id: UUID) -> Kept | None: ...

    def refuse(self, command_id: UUID, command: str, code: str, clear: str) -> None: ...

    def position_at(self, known_at: datetime) -> int: ...

    def last_recorded_at(self) -> datetime: ...

    def max_notification_id(self) -> int | None: ...

    def close(self) -> None: ...


class LogReading:
    """What was recorded, decoded and still sealed."""

    log: Log
    mapper: FactMapper

    def history(self, stream: UUID, *, until: int | None = None) -> list[Recorded]:
        """The facts of one stream in order, up to a position of the log if one is given."""
        with uncollected():
            return [self.mapper.decode(row) for row in self.log.history(stream, until)]

    def histories(
        self, streams: Iterable[UUID], kinds: Iterable[type[Fact]] | None = None
    ) -> dict[UUID, list[Recorded]]:
        """Several histories in one round trip, of some kinds of facts alone where they are named;
        each as far as this version can read it.
        """
        found: dict[UUID, list[Recorded]] = {stream: [] for stream in streams}
        topics = None if kinds is None else [kind.__name__ for kind in kinds]
        unread: set[UUID] = set()
        with uncollected():
            for row in self.log.histories(list(found), topics):
                if row[0] not in unread:
                    try:
                        found[row[0]].append(self.mapper.decode(row))
                    except UnknownFact:
                        unread.add(row[0])
        return found

    def read(
        self, after: int, limit: int, *, unknown: Callable[[UnknownFact], None] | None = None
    ) -> list[Recorded]:
        """The log from a position on; what this version cannot read goes to `unknown` or raises."""
        with uncollected():
            return list(self.decoded(self.page(after, limit), unknown))

    def decoded(
        self, rows: list[Any], unknown: Callable[[UnknownFact], None] | None
    ) -> Iterator[Recorded]:
        """Rows of a page as facts."""
        decode = self.mapper.decode
        for row in rows:
            try:
                yield decode(row)
            except UnknownFact as fact:
                if unknown is None:
                    raise
                unknown(fact)

    def page(self, after: int, limit: int) -> list[Any]:
        """The log from a position on, as it is stored."""
        return self.log.page(after, limit)

    def streams(self, until: int, *, at_once: int = 2000) -> Iterator[list[Recorded]]:
        """Stream after stream up to a position, each whole and in order; a page is in memory."""
        at = UUID(int=0), 0
        history: list[Recorded] = []
        while rows := self.log.by_stream(at, until, at_once):
            with uncollected():
                page = [self.mapper.decode(row) for row in rows]
            for recorded in page:
                if history and history[0].stream != recorded.stream:
                    yield history
                    history = []
                history.append(recorded)
            at = page[-1].stream, page[-1].version
        if history:
            yield history

    def of_kinds(self, kinds: Collection[type[Fact]], until: int) -> list[Recorded]:
        """Facts of these kinds from all over the log, up to a position, in order."""
        names = [kind.__name__ for kind in kinds]
        return [self.mapper.decode(row) for row in self.log.of_kinds(names, until)]

    def of_command(self, command: UUID, position: int) -> list[Recorded]:
        """What one command brought about, whose last fact is there: they were recorded at once."""
        recent = self.read(max(0, position - _OF_ONE_COMMAND), _OF_ONE_COMMAND, unknown=_leave)
        return [recorded for recorded in recent if recorded.command_id == command]

    def head(self) -> int:
        return self.log.max_notification_id() or 0

    def position_at(self, known_at: datetime) -> int:
        """The last position recorded at or before that moment."""
        return self.log.position_at(known_at)
