"""The recorder: the library's PostgreSQL recorder with our append in place of its own.

One call of `ledger.append` per batch, in one round trip and one transaction, under an advisory
lock. The library's own way (`LOCK TABLE`, `NOTIFY` inside the transaction, ten blind retries)
cancels autovacuum, serialises commits and takes a lost answer for a conflict.
"""

from asyncio import AbstractEventLoop, get_running_loop, to_thread, wait
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent

from domain.ledger.append_only import AppendOnly, translated, warned
from domain.ledger.batch import (
    Answer,
    CommandRow,
    FactRow,
    Kept,
    Unit,
    columns,
    shared_out,
)
from domain.ledger.clerk import Clerk
from domain.ledger.datastore import LOST, Datastore
from domain.ledger.failures import LedgerUnavailable, OutcomeUnknown
from domain.ledger.group import GroupCommit
from domain.ledger.wire import AnswerLost, append

_SINCE = """
    WITH asked (ids, versions) AS MATERIALIZED (SELECT %s::uuid[], %s::bigint[])
    SELECT f.originator_version, f.topic, f.state, f.notification_id, f.recorded_at, s.place
    FROM unnest((SELECT ids FROM asked), (SELECT versions FROM asked))
        WITH ORDINALITY s (id, version, place)
    JOIN ledger.facts f ON f.originator_id = s.id AND f.originator_version >= s.version
    ORDER BY s.place, f.originator_version
"""
"""Its planner sees no parameters, and so plans once: else it took longer than to answer."""
_COMMAND = "SELECT * FROM ledger.first_outcome(%s)"
_REFUSE = "SELECT ledger.refuse(%s, %s, %s, %s)"
_LAST = "SELECT recorded_at FROM ledger.facts ORDER BY notification_id DESC LIMIT 1"
_NEVER = datetime.min.replace(tzinfo=UTC)
ShortRow = tuple[int, str, bytes, int, Any, int]


class LedgerRecorder(AppendOnly):
    """Appends in groups, exactly once per command id, in an order that no reader can miss."""

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore, "facts", "command_id")
        self._group: GroupCommit[Unit, Answer] = GroupCommit(self.write)
        self._clerks: dict[AbstractEventLoop, Clerk] = {}
        self.demonstration = bool(self.select("SELECT ledger.is_demonstration()", ())[0][0])

    def append(self, unit: Unit) -> Answer:
        return self._group.save(unit)

    @asynccontextmanager
    async def attended(self) -> AsyncIterator[None]:
        """As long as this lasts, the running event loop writes itself what is handed in on it."""
        loop = get_running_loop()
        self._clerks[loop] = clerk = Clerk(self)
        working = loop.create_task(clerk.work())
        try:
            yield
        finally:
            del self._clerks[loop]
            working.cancel()
            await wait([working])

    async def hand_in(self, unit: Unit) -> Answer:
        """Appended while the event loop goes on with others' work."""
        if clerk := self._clerks.get(get_running_loop()):
            return await clerk.append(unit)
        return await to_thread(self.append, unit)

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int] | None:
        """The library's way in: facts without a command, their versions as given."""
        facts = [
            FactRow(UUID(str(e.originator_id)), e.originator_version, e.topic, e.state)
            for e in stored_events
        ]
        if not facts:
            return None
        unit = Unit([CommandRow(None, b"", "", None, "{}", None, len(facts))], facts)
        last = self.append(unit).kept[0].position or 0
        return list(range(last - len(facts) + 1, last + 1))

    def write(self, units: list[Unit], *, lost: bool = False) -> list[Answer | Exception]:
        """One transaction for all; one by one when the database refuses them together.

        `lost` when they were sent already, and the answer did not come.
        """
        try:
            answers = self._asked_again(units) if lost else self._once_or_asked_again(units)
        except (LedgerUnavailable, OutcomeUnknown) as failure:
            return [type(failure)(*failure.args) for _ in units]
        except LOST as busy:
            return [LedgerUnavailable(str(busy)) for _ in units]
        except psycopg.Error as error:
            if len(units) > 1:
                return [answer for unit in units for answer in self.write([unit])]
            return [translated(error)]
        self.ring()
        return list(answers)

    def ring(self) -> None:
        self._bell.ring()

    def _once_or_asked_again(self, units: list[Unit]) -> list[Answer]:
        try:
            with self.datastore.session() as connection:
                return self._call(connection, units)
        except AnswerLost:
            return self._asked_again(units)

    def _asked_again(self, units: list[Unit]) -> list[Answer]:
        """When the answer is lost, ask once more on a fresh connection under the same command ids.

        What had been committed answers as it did the first time, what had not is recorded now:
        the command id lets nothing happen twice. Without one the outcome stays unknown.
        """
        if not all(command.id for unit in units for command in unit.commands):
            raise OutcomeUnknown
        self.datastore.recover()
        try:
            with self.datastore.fresh() as connection:
                return self._call(connection, units)
        except (*LOST, LedgerUnavailable) as lost:
            raise OutcomeUnknown from lost

    def _call(self, connection: psycopg.Connection[Any], units: list[Unit]) -> list[Answer]:
        with warned(connection):
            return shared_out(units, append(connection, columns(units)))

    def since(self, versions: Mapping[UUID, int]) -> dict[UUID, list[ShortRow]]:
        """The facts of several streams from a version on (that one included), in one round trip.

        Without ids: to make two for each of a thousand rows takes as long as the rows themselves.
        """
        found: dict[UUID, list[ShortRow]] = {stream: [] for stream in versions}
        places = list(found.values())
        for row in self.select(_SINCE, (list(versions), list(versions.values()))):
            places[row[-1] - 1].append(row)
        return found

    def command(self, command_id: UUID) -> Kept | None:
        rows = self.select(_COMMAND, (command_id,))
        return Kept(*rows[0]) if rows else None

    def refuse(self, command_id: UUID, command: str, code: str, clear: str) -> None:
        """Remember a refusal if possible; the refusal itself must reach its reader in any case."""
        with suppress(LedgerUnavailable, psycopg.Error):
            self.select(_REFUSE, (command_id, command, code, clear))

    def last_recorded_at(self) -> datetime:
        """When the last fact was recorded; the beginning of time in an empty log."""
        rows = self.select(_LAST, ())
        return rows[0][0] if rows else _NEVER

    def position_at(self, known_at: datetime) -> int:
        return int(self.select("SELECT ledger.position_at(%s)", (known_at,))[0][0])
