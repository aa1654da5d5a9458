"""The store (鍵の保管庫): the database of wrapped keys, as the sealer alone may use it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row

from domain.ledger.append_only import warned
from domain.ledger.datastore import Datastore
from domain.ledger.failures import KeysUnavailable, LedgerUnavailable, OutcomeUnknown

SEALER = "setai_sealer"
_OWNED = "SELECT owner, id, kek, wrapped FROM keys.owned(%b::uuid[], %b::bigint[])"
_FETCH = "SELECT id, kek, wrapped FROM keys.keys WHERE id = ANY (%b::bigint[])"
_KEY_OF = "SELECT key FROM keys.owners WHERE owner = ANY (%b::uuid[])"
_DESTROYED = "SELECT number, owner FROM keys.destroyed WHERE number > %b::bigint ORDER BY number"
_OTHERS = """
    SELECT id, kek, wrapped FROM keys.keys WHERE id > %b::bigint AND kek <> %b::text
    ORDER BY id LIMIT %b::int
"""
_ALONE = "SELECT pg_advisory_lock(7363837278)"


class WrongKek(Exception):
    """Another key-encryption key has come into use."""


class Wrapped(NamedTuple):
    id: int
    kek: str
    key: bytes


class KeyStore:
    """Each call is one round trip, and committed when it returns."""

    def __init__(self, datastore: Datastore) -> None:
        self._datastore = datastore

    def current(self) -> str | None:
        """What wraps new keys; None until there is a key-encryption key."""
        rows = self._rows("SELECT kek FROM keys.current", ())
        return rows[0][0] if rows else None

    def lay_in(self, kek: str, wrapped: Sequence[bytes]) -> list[int]:
        """The ids of new keys; WrongKek when they are wrapped as no new ones may be any more."""
        query = "SELECT * FROM keys.lay_in(%b::text, %b::bytea[])"
        ids = [row[0] for row in self._rows(query, (kek, list(wrapped)))]
        if not ids:
            raise WrongKek
        return ids

    def owned(self, owners: Sequence[UUID], spare: Sequence[int]) -> dict[UUID, Wrapped]:
        """The keys of owners; who has none gets the spare one in the same place."""
        rows = self._rows(_OWNED, (list(owners), list(spare)))
        return {owner: Wrapped(*key) for owner, *key in rows}

    def fetch(self, ids: Sequence[int]) -> list[Wrapped]:
        return [Wrapped(*row) for row in self._rows(_FETCH, (list(ids),))]

    def keys_of(self, owners: Sequence[UUID]) -> list[int]:
        return [row[0] for row in self._rows(_KEY_OF, (list(owners),))]

    def destroy(self, ids: Sequence[int]) -> int:
        return int(self._rows("SELECT keys.destroy(%b::bigint[])", (list(ids),))[0][0])

    def destroyed(self, after: int) -> list[tuple[int, UUID]]:
        """Whose keys were destroyed since, by the number of each."""
        return [(number, owner) for number, owner in self._rows(_DESTROYED, (after,))]

    def wrapped_otherwise(self, kek: str, after: int, limit: int) -> list[Wrapped]:
        """Keys not wrapped by this key-encryption key, in the order of their ids."""
        return [Wrapped(*row) for row in self._rows(_OTHERS, (after, kek, limit))]

    def counts(self) -> dict[str, int]:
        """How many keys each key-encryption key wraps."""
        return dict(self._rows("SELECT kek, count(*) FROM keys.keys GROUP BY kek", ()))

    def use(self, kek: str) -> None:
        """From now on; those who are laying in with another are waited for."""
        self._rows("SELECT keys.use(%b::text)", (kek,))

    def rewrap(self, kek: str, keys: Sequence[tuple[int, bytes]]) -> None:
        ids, wrapped = zip(*keys, strict=True)
        query = "SELECT keys.rewrap(%b::text, %b::bigint[], %b::bytea[])"
        self._rows(query, (kek, list(ids), list(wrapped)))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes the key-encryption key meanwhile."""
        with self._datastore.fresh() as connection:
            connection.execute(_ALONE)
            yield

    def close(self) -> None:
        self._datastore.close()

    def _rows(self, query: str, parameters: Sequence[object]) -> list[Any]:
        def ask(connection: psycopg.Connection[Any]) -> list[Any]:
            with (
                warned(connection),
                connection.cursor(row_factory=tuple_row, binary=True) as cursor,
            ):
                return cursor.execute(query, parameters, prepare=True).fetchall()

        try:
            return self._datastore.read(ask)
        except (LedgerUnavailable, OutcomeUnknown) as gone:
            raise KeysUnavailable from gone
