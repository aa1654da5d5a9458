"""The key ring (鍵束): the keys one process has at hand, fetched many at once."""

import os
from collections import deque
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from domain.ledger.failures import KeysUnavailable, NotMigrated
from domain.ledger.keys.recent import Recent
from domain.ledger.keys.service import KeyService
from domain.ledger.keys.store import KeyStore, Wrapped, WrongKek

_SIZE = 32
_LEAST, _FIRST, _MOST = 64, 128, 2048
_HELD = 20_000


class Key(NamedTuple):
    id: int
    secret: bytes


class KeyRing:
    """Fresh keys come from a stock that is committed before any of it is used, so that a write
    costs no second commit and a crash leaves nothing but unused keys.
    """

    def __init__(self, store: KeyStore, service: KeyService) -> None:
        self.store, self.service = store, service
        self._kek = self._current()
        self._stock: deque[Key] = deque()
        self._laying_in = Lock()
        self._step = _FIRST
        self._secrets: Recent[int, bytes] = Recent(_HELD)
        self._owned: Recent[UUID, Key] = Recent(_HELD)

    def fresh(self) -> Key:
        """A key nobody has used, and nobody else gets."""
        while True:
            try:
                return self._stock.popleft()
            except IndexError:
                self._lay_in()

    def _lay_in(self) -> None:
        """More each time: who seals a single text is not made to wait for thousands of keys."""
        with self._laying_in:
            if len(self._stock) < _LEAST:
                self._stock.extend(self._laid_in(self._step))
                self._step = min(2 * self._step, _MOST)

    def _laid_in(self, count: int) -> list[Key]:
        drawn = os.urandom(_SIZE * count)
        secrets = [drawn[place : place + _SIZE] for place in range(0, len(drawn), _SIZE)]
        while True:
            try:
                ids = self.store.lay_in(self._kek, self.service.wrap(self._kek, secrets))
            except (WrongKek, KeysUnavailable):
                before, self._kek = self._kek, self._current()
                if self._kek == before:
                    raise
            else:
                return [Key(*pair) for pair in zip(ids, secrets, strict=True)]

    def _current(self) -> str:
        kek = self.store.current()
        if kek is None:
            raise NotMigrated
        return kek

    def at_hand(self, owners: Iterable[UUID]) -> bool:
        """Whether nobody need be asked for the keys of these, nor for as many as a write takes."""
        return len(self._stock) >= _LEAST and all(map(self._owned.get, owners))

    def of(self, owner: UUID) -> Key:
        """The key of a person, made when it is first needed."""
        while (key := self._owned.get(owner)) is None:
            self.ready([owner])
        return key

    def ready(self, owners: Iterable[UUID]) -> None:
        """Have the keys of all these owners at hand, in one round trip for those that are not,
        and enough fresh ones.
        """
        if len(self._stock) < _LEAST:
            self._lay_in()
        missing = sorted(owner for owner in set(owners) if self._owned.get(owner) is None)
        if not missing:
            return
        spare = {key.id: key for key in (self.fresh() for _ in missing)}
        found = self.store.owned(missing, list(spare))
        others = [wrapped for wrapped in found.values() if wrapped.id not in spare]
        known = spare | {key.id: key for key in self._unwrapped(others)}
        for owner, wrapped in found.items():
            self._owned.put(owner, known[wrapped.id])
            spare.pop(wrapped.id, None)
        self._stock.extend(spare.values())

    def prepare(self, ids: Iterable[int]) -> None:
        """Have these keys at hand, in one round trip for those that are not."""
        missing = [key for key in set(ids) if self._secrets.get(key) is None]
        if missing:
            for key in self._unwrapped(self.store.fetch(missing)):
                self._secrets.put(*key)

    def get(self, key: int) -> bytes | None:
        """None when it was destroyed."""
        secret = self._secrets.get(key)
        if secret is None:
            self.prepare([key])
            secret = self._secrets.get(key)
        return secret

    def _unwrapped(self, wrapped: Sequence[Wrapped]) -> list[Key]:
        keys: list[Key] = []
        for kek in {each.kek for each in wrapped}:
            own = [each for each in wrapped if each.kek == kek]
            secrets = self.service.unwrap(kek, [each.key for each in own])
            keys += [Key(each.id, secret) for each, secret in zip(own, secrets, strict=True)]
        return keys

    def destroy(self, ids: Sequence[int] = (), owners: Sequence[UUID] = ()) -> int:
        """Destroy keys by their ids and by their owners; how many there were."""
        owned = self.store.keys_of(owners) if owners else []
        gone = self.store.destroy([*ids, *owned]) if ids or owned else 0
        self._secrets.forget()
        self._owned.forget()
        return gone

    def close(self) -> None:
        self.store.close()
