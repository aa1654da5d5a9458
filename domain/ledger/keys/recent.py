"""What was used of late (手元の控え): bounded in number and in time."""

import time
from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """Keys are held for a minute at most, so that a destroyed one is soon gone everywhere."""

    def __init__(self, most: int, seconds: float = 60.0) -> None:
        self._most, self._seconds = most, seconds
        self._held: OrderedDict[K, tuple[V, float]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        held = self._held.get(key)
        return held[0] if held and held[1] > time.monotonic() else None

    def put(self, key: K, value: V) -> None:
        self.put_all([(key, value)])

    def put_all(self, pairs: Iterable[tuple[K, V]]) -> None:
        """Thousands at once, as when the index of names is read."""
        until = time.monotonic() + self._seconds
        with self._lock:
            for key, value in pairs:
                self._held.pop(key, None)
                self._held[key] = (value, until)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._held.clear()
