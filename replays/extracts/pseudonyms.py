"""仮名: ids under a key that is made for one extract, and gone when it is written."""

from hashlib import blake2b
from secrets import token_bytes
from uuid import UUID

_SIZE = 10


class Pseudonyms:
    """The same id is the same pseudonym within an extract, and another one in the next.

    Ids are random enough that none can be guessed, but those who work with the ledger know theirs:
    without the key, which nobody keeps, they cannot tell which row is whose.
    """

    __slots__ = ("_key",)

    def __init__(self) -> None:
        self._key = token_bytes(blake2b.MAX_KEY_SIZE)

    def of(self, id_: UUID) -> str:
        return blake2b(id_.bytes, digest_size=_SIZE, key=self._key).hexdigest()
