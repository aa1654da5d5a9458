"""The log in memory, over the library's own: the same answers for unit tests, nothing kept."""

from bisect import bisect_right
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.popo import POPOApplicationRecorder

from domain.ledger.batch import Answer, CommandRow, Kept, Unit
from domain.ledger.failures import NotADemonstration

Row = tuple[Any, ...]


class MemoryRecorder(POPOApplicationRecorder):
    """Unit by unit under one lock, as the database does batch by batch."""

    def __init__(self, *, demonstration: bool = False) -> None:
        super().__init__()
        self.demonstration = demonstration
        self.refusals: list[tuple[UUID, str, str, str]] = []
        self.commands: dict[UUID, tuple[CommandRow, Kept]] = {}
        self._envelopes: list[tuple[datetime, UUID | None]] = []

    def append(self, unit: Unit) -> Answer:
        with self._database_lock:
            known = self._known(unit)
            if known or self._moved(unit):
                return Answer(unit, known)
            kept: dict[int, Kept] = {}
            facts = iter(unit.facts)
            for place, command in enumerate(unit.commands):
                events = [StoredEvent(*next(facts)) for _ in range(command.facts)]
                kept[place] = self._add(command, events)
        self._notify_listeners()
        return Answer(unit, kept)

    async def hand_in(self, unit: Unit) -> Answer:
        """Nothing to wait for here."""
        return self.append(unit)

    @asynccontextmanager
    async def attended(self) -> AsyncIterator[None]:
        """Nobody has to."""
        yield

    def _known(self, unit: Unit) -> dict[int, Kept]:
        places = enumerate(command.id for command in unit.commands)
        return {at: kept for at, key in places if key and (kept := self.command(key))}

    def _moved(self, unit: Unit) -> bool:
        return any(
            version != max(self._stored_events_index[str(stream)], default=0)
            for stream, version in unit.rested
        )

    def _add(self, command: CommandRow, events: list[StoredEvent]) -> Kept:
        if command.clock is not None and not self.demonstration:
            raise NotADemonstration
        at = max(command.clock or datetime.now(UTC), self.last_recorded_at())
        positions = self._insert_events(events) or []
        self._envelopes += [(at, command.id)] * len(events)
        position = positions[-1] if positions else None
        kept = Kept(False, None, None, position, at)  # noqa: FBT003
        if command.id:
            known = Kept(True, command.hash, command.versions, position, at)  # noqa: FBT003
            self.commands[command.id] = (command, known)
        return kept

    def insert_events(self, stored_events: Any, **_: Any) -> list[int] | None:
        if not stored_events:
            return None
        with self._database_lock:
            self._assert_uniqueness(stored_events)
            self._envelopes += [(datetime.now(UTC), None)] * len(stored_events)
            ids = super().insert_events(stored_events)
        return list(ids or ())

    def since(self, versions: Mapping[UUID, int]) -> dict[UUID, list[Row]]:
        with self._database_lock:
            return {
                stream: [row[1:6] for row in self.history(stream) if row[1] >= least]
                for stream, least in versions.items()
            }

    def history(self, stream: UUID, until: int | None = None) -> list[Row]:
        with self._database_lock:
            places = sorted(self._stored_events_index[str(stream)].items())
            return [self._row(at) for _, at in places if until is None or at < until]

    def histories(self, streams: Sequence[UUID], topics: Sequence[str] | None = None) -> list[Row]:
        rows = (row for stream in streams for row in self.history(stream))
        return [row for row in rows if topics is None or row[2] in topics]

    def page(self, after: int, limit: int) -> list[Row]:
        with self._database_lock:
            last = min(after + limit, len(self._stored_events))
            return [self._row(place) for place in range(after, last)]

    def by_stream(self, after: tuple[UUID, int], until: int, limit: int) -> list[Row]:
        rows = sorted(self.page(0, until), key=lambda row: row[:2])
        return [row for row in rows if row[:2] > after][:limit]

    def of_kinds(self, kinds: Sequence[str], until: int) -> list[Row]:
        return [row for row in self.page(0, until) if row[2] in kinds]

    def _row(self, place: int) -> Row:
        event, (at, command) = self._stored_events[place], self._envelopes[place]
        version, topic = event.originator_version, event.topic
        return (event.originator_id, version, topic, event.state, place + 1, at, command)

    def command(self, command_id: UUID) -> Kept | None:
        return self.commands[command_id][1] if command_id in self.commands else None

    def refuse(self, command_id: UUID, command: str, code: str, clear: str) -> None:
        self.refusals.append((command_id, command, code, clear))

    def last_recorded_at(self) -> datetime:
        return self._envelopes[-1][0] if self._envelopes else datetime.min.replace(tzinfo=UTC)

    def position_at(self, known_at: datetime) -> int:
        return bisect_right(self._envelopes, known_at, key=lambda envelope: envelope[0])

    def close(self) -> None:
        """Nothing to give back."""
