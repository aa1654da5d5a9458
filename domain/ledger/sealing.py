"""The sealer (封): what every personal string passes through on its way into the log."""

from hashlib import blake2b
from typing import Protocol


class Sealer(Protocol):
    """Seals personal text, and digests requests so that the digest betrays no text."""

    def seal(self, text: str) -> str: ...

    def open(self, sealed: str) -> str: ...

    def digest(self, request: bytes) -> bytes: ...


class ClearSealer:
    """Leaves text as it is: the sealer until there are keys."""

    def seal(self, text: str) -> str:
        return str(text)

    def open(self, sealed: str) -> str:
        return sealed

    def digest(self, request: bytes) -> bytes:
        return blake2b(request, digest_size=32).digest()
