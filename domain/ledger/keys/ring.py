"""The key ring (鍵束): the keys one process has at hand, fetched many at once."""

import os
from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.ledger.failures import KeysUnavailable, NotMigrated
from domain.ledger.keys.recent import Recent
from domain.ledger.keys.service import KeyService
from domain.ledger.keys.stock import Key, Stock
from domain.ledger.keys.store import KeyStore, Wrapped, WrongKek

_SIZE = 32
_HELD = 20_000


class KeyRing:
    """Fresh keys come from a stock, so that a write costs no second commit."""

    def __init__(self, store: KeyStore, service: KeyService) -> None:
        self.store, self.service = store, service
        self._kek = self._current()
        self.stock = Stock(self._laid_in)
        self._secrets: Recent[int, bytes] = Recent(_HELD)
        self._owned: Recent[UUID, Key] = Recent(_HELD)

    def fresh(self) -> Key:
        """A key nobody has used, and nobody else gets."""
        return self.stock.take()

    def _laid_in(self, count: int) -> list[Key]:
        drawn = os.urandom(_SIZE * count)
        secrets = [drawn[place : place + _SIZE] for place in range(0, len(drawn), _SIZE)]
        while True:
            kek = self._kek
            try:
                ids = self.store.lay_in(kek, self.service.wrap(kek, secrets))
            except (WrongKek, KeysUnavailable):
                self._kek = self._current()
                if self._kek == kek:
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
        return self.stock.filled and all(map(self._owned.get, owners))

    def of(self, owner: UUID) -> Key:
        """The key of a person, made when it is first needed."""
        while (key := self._owned.get(owner)) is None:
            self.ready([owner])
        return key

    def ready(self, owners: Iterable[UUID]) -> None:
        """Have the keys of all these owners at hand, in one round trip for those that are not,
        and enough fresh ones.
        """
        self.stock.fill()
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
        self.stock.put_back(spare.values())

    def prepare(self, ids: Iterable[int]) -> None:
        """Have these keys at hand, in one round trip for those that are not."""
        missing = [key for key in set(ids) if self._secrets.get(key) is None]
        if missing:
            self._secrets.put_all(self._unwrapped(self.store.fetch(missing)))

    def get(self, key: int) -> bytes | None:
        """None when it was destroyed."""
        secret = self._secrets.get(key)
        if secret is None:
            self.prepare([key])
            secret = self._secrets.get(key)
        return secret

    def _unwrapped(self, wrapped: Sequence[Wrapped]) -> list[Key]:
        """Looked up once more where what wrapped them was retired a moment ago."""
        try:
            return self._unwrapped_now(wrapped)
        except KeysUnavailable:
            return self._unwrapped_now(self.store.fetch([each.id for each in wrapped]))

    def _unwrapped_now(self, wrapped: Sequence[Wrapped]) -> list[Key]:
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

    def destroyed(self, after: int) -> tuple[int, frozenset[UUID]]:
        """Whose keys anybody destroyed since, and how far that is; nothing of theirs is at hand
        any more.
        """
        gone = self.store.destroyed(after)
        if gone:
            self._secrets.forget()
            self._owned.forget()
        return max([after, *(number for number, _ in gone)]), frozenset(owner for _, owner in gone)

    def close(self) -> None:
        self.stock.close()
        self.store.close()
