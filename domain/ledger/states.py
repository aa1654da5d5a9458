"""The states last seen (控え): bounded, immutable, brought up to date from the log at each use."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, Protocol
from uuid import UUID

from domain.events import KIND_OF
from domain.ledger.garbage import uncollected
from domain.ledger.mapper import FactMapper
from domain.ledger.request import Stream
from domain.recorded import Recorded, State, fold, is_correction
from domain.refusals import Unknown

Key = tuple[type[State], UUID]
Row = tuple[Any, ...]


class Since(Protocol):
    """Reads several streams from a version on, that one included."""

    def __call__(self, versions: Iterable[tuple[UUID, int]]) -> list[Row]: ...


class States:
    """A decision may rest on a state seen earlier, for the append checks its version.

    So a write to a household at work costs one round trip instead of two.
    """

    def __init__(self, since: Since, mapper: FactMapper, most: int) -> None:
        self._since = since
        self._decode = mapper.decode
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
        seen = [self._get((stream.state, stream.id)) for stream in streams]
        froms: dict[UUID, int] = {}
        for stream, state in zip(streams, seen, strict=True):
            version = state.version if state else 0
            froms[stream.id] = min(version, froms.get(stream.id, version))
        rows: dict[UUID, list[Row]] = {stream.id: [] for stream in streams}
        for row in self._since(froms.items()):
            rows[row[0]].append(row)
        return [
            self._forward(stream, state, rows[stream.id])
            for stream, state in zip(streams, seen, strict=True)
        ]

    def _forward(self, stream: Stream, seen: State | None, rows: list[Row]) -> State:
        """Fold in what is new; from the beginning when earlier facts read otherwise now."""
        if seen is None:
            with uncollected():
                facts = [self._decode(row) for row in rows]
                if facts and KIND_OF[type(facts[0].fact)] != stream.state.kind:
                    raise Unknown  # an id of another kind: a household is no person
                return self._keep(stream, fold(begin(stream), facts))
        news = [self._decode(row) for row in rows if row[1] > seen.version]
        still_there = any(row[1] == seen.version for row in rows)
        if still_there and not any(is_correction(recorded.fact) for recorded in news):
            return self._keep(stream, fold(seen, news))
        self.forget([(stream.state, stream.id)])
        return self.current([stream])[0]

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
        if any(is_correction(recorded.fact) for recorded in news):
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
