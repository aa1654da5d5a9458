"""Real seals without a database: for laws over ledgers in memory."""

from collections.abc import Sequence
from itertools import count
from typing import cast
from uuid import UUID

from domain.ledger.keys import KeyRing, KeyService, KeyStore
from domain.ledger.keys.store import Wrapped
from domain.ledger.sealer import KeySealer

TENANT = UUID("00000000-0000-4000-8000-00000000cccc")


class StoreInMemory:
    def __init__(self) -> None:
        self._numbers = count(1)
        self._keys: dict[int, Wrapped] = {}
        self._owners: dict[UUID, int] = {}

    def current(self) -> str:
        return "1"

    def lay_in(self, kek: str, wrapped: Sequence[bytes]) -> list[int]:
        made = [Wrapped(next(self._numbers), kek, key) for key in wrapped]
        self._keys |= {each.id: each for each in made}
        return [each.id for each in made]

    def owned(self, owners: Sequence[UUID], spare: Sequence[int]) -> dict[UUID, Wrapped]:
        pairs = zip(owners, spare, strict=True)
        return {owner: self._keys[self._owners.setdefault(owner, key)] for owner, key in pairs}

    def fetch(self, ids: Sequence[int]) -> list[Wrapped]:
        return [self._keys[key] for key in ids if key in self._keys]


class Unwrapped:
    """The service of a store that nobody else reads."""

    def wrap(self, _kek: str, keys: Sequence[bytes]) -> list[bytes]:
        return list(keys)

    unwrap = wrap


def sealer_in_memory() -> KeySealer:
    store, service = StoreInMemory(), Unwrapped()
    return KeySealer(KeyRing(cast("KeyStore", store), cast("KeyService", service)), TENANT)
