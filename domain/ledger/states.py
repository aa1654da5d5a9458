"""The states last seen (控え): bounded, immutable, brought up to date from the log at each use."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

from domain.events import KIND_OF
from domain.ledger.garbage import uncollected
from domain.ledger.mapper import FactMapper
from domain.ledger.request import Stream
from domain.recorded import CORRECTIONS, Recorded, State, fold
from domain.refusals import Unknown

Key = tuple[type[State], UUID]
Row = tuple[Any, ...]


class Since(Protocol):
    """Reads several streams from a version on, that one included."""

    def __call__(self, versions: Mapping[UUID, int]) -> Mapping[UUID, list[Row]]: ...


class States:
    """A decision may rest on a state seen earlier, for the append checks its version.

    So a write to a household at work costs one round trip instead of two.
    """

    def __init__(self, since: Since, mapper: FactMapper, most: int) -> None:
        self._since = since
        self._mapper = mapper
        self._most = most
        self._seen: OrderedDict[Key, State] = OrderedDict()
        self._lock = Lock()

    def likely(self, streams: Sequence[Stream]) -> list[State] | None:
        """The states as last seen, a new stream as empty; None when one was never seen."""
        states = [self._last(stream) for stream in streams]
        return None if None in states else states  # type: ignore[return-value]

    def _last(self, stream: Stream) -> State | None:
        seen = self._get((stream.state, stream.id))
        return begin(stream) if seen is None and stream.new else seen

    def current(self, streams: Sequence[Stream]) -> list[State]:
        """The states at the head of the log, in one round trip."""
        with uncollected():
            return self._current(streams)

    def _current(self, streams: Sequence[Stream]) -> list[State]:
        seen = [self._get((stream.state, stream.id)) for stream in streams]
        froms: dict[UUID, int] = {}
        for stream, state in zip(streams, seen, strict=True):
            version = state.version if state else 0
            froms[stream.id] = min(version, froms.get(stream.id, version))
        rows = self._since(froms)
        return [
            self._forward(stream, state, rows[stream.id])
            for stream, state in zip(streams, seen, strict=True)
        ]

    def _forward(self, stream: Stream, seen: State | None, rows: list[Row]) -> State:
        """Fold in what is new; from the beginning when earlier facts read otherwise now."""
        if seen is None:
            facts = self._read(stream, rows)
            if facts and KIND_OF[facts[0].kind] != stream.state.kind:
                raise Unknown  # an id of another kind: a household is no person
            return self._keep(stream, fold(begin(stream), facts))
        news = self._read(stream, [row for row in rows if row[0] > seen.version])
        still_there = any(row[0] == seen.version for row in rows)
        if still_there and not any(recorded.kind in CORRECTIONS for recorded in news):
            return self._keep(stream, fold(seen, news))
        self.forget([(stream.state, stream.id)])
        return self.current([stream])[0]

    def _read(self, stream: Stream, rows: list[Row]) -> list[Recorded]:
        """Facts of kinds that the state skims only in part; an unknown kind is refused at once."""
        read = self._mapper.reader(stream.id, getattr(stream.state, "skims", {}))
        return [read(row) for row in rows]

    def expected(self, streams: Sequence[Stream]) -> dict[Key, State]:
        """The states by stream, in one round trip; a new stream is taken to be empty."""
        states = {(stream.state, stream.id): self._last(stream) for stream in streams}
        missing = [stream for stream in streams if states[stream.state, stream.id] is None]
        found = self.current(missing) if missing else []
        states.update({(s.state, s.id): state for s, state in zip(missing, found, strict=True)})
        return states  # type: ignore[return-value]

    def forget(self, keys: Iterable[Key]) -> None:
        with self._lock:
            for key in keys:
                self._seen.pop(key, None)

    def add(self, stream: Stream, state: State, news: list[Recorded]) -> None:
        """What this process has just recorded on top of what it knew."""
        if any(recorded.kind in CORRECTIONS for recorded in news):
            self.forget([(stream.state, stream.id)])
        else:
            self._keep(stream, fold(state, news))

    def _get(self, key: Key) -> State | None:
        with self._lock:
            if key in self._seen:
                self._seen.move_to_end(key)
            return self._seen.get(key)

    def _keep(self, stream: Stream, state: State) -> State:
        key = (stream.state, stream.id)
        with self._lock:
            known = self._seen.get(key)
            if state.version and (known is None or known.version < state.version):
                self._seen[key] = state
                while len(self._seen) > self._most:
                    self._seen.popitem(last=False)
        return state


def begin(stream: Stream) -> State:
    """A stream before its first fact."""
    return stream.state(id=stream.id)  # type: ignore[call-arg]
