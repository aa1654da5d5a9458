"""The stock (鍵の蓄え): fresh keys laid in ahead, so that hardly any write waits for one."""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock, Thread
from typing import NamedTuple

from domain.ledger.failures import KeysUnavailable

_LEAST, _FIRST, _MOST = 64, 128, 2048


class Key(NamedTuple):
    id: int
    secret: bytes


class Stock:
    """Committed before any of it is used: a crash leaves nothing but unused keys.

    More is laid in each time: who seals a single text is not made to wait for thousands of keys.
    When it runs low, somebody is sent for more while the rest is used up.
    """

    def __init__(self, lay_in: Callable[[int], list[Key]]) -> None:
        self._make = lay_in
        self._keys: deque[Key] = deque()
        self._laying_in = Lock()
        self._next, self._low = _FIRST, 0

    def take(self) -> Key:
        while True:
            try:
                key = self._keys.popleft()
            except IndexError:
                self.fill()
            else:
                if len(self._keys) < self._low:
                    self._send_for_more()
                return key

    def put_back(self, keys: Iterable[Key]) -> None:
        self._keys.extend(keys)

    @property
    def filled(self) -> bool:
        """Whether there are as many as a write may take."""
        return len(self._keys) >= _LEAST

    def fill(self) -> None:
        if not self.filled:
            with self._laying_in:
                if not self.filled:
                    self._lay_in()

    def _lay_in(self) -> None:
        self._keys.extend(self._make(self._next))
        self._low = max(_LEAST, self._next // 4)
        self._next = min(2 * self._next, _MOST)

    def _send_for_more(self) -> None:
        if self._laying_in.acquire(blocking=False):
            Thread(target=self._ahead, name="key stock", daemon=True).start()

    def _ahead(self) -> None:
        """What fails here is tried again by whoever finds no key left, and told to them."""
        try:
            with suppress(KeysUnavailable):
                self._lay_in()
        finally:
            self._laying_in.release()

    def close(self) -> None:
        """Nobody is on the way any more, and nobody is sent again."""
        with self._laying_in:
            self._low = 0
