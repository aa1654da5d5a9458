"""Tokens (符): what clients keep for us unread, under a key that only the servers have."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from secrets import token_bytes, token_hex

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from domain.ledger.failures import WrongTokenKey

_BYTES = 32
_OTHERS = 0o007
_ROUNDS = 8
_RIGHT = 15
_MASKS = (0xFFFF, 0x7FFF)
"""The halves of 31 bits."""


class ForgedToken(Exception):
    """This key never gave out such a token for this use."""


class TokenKey:
    """AES-SIV, without nonces: servers that share a key need not share a counter, and a request
    sent again is answered alike. Two tokens of one use tell whether they stand for the same, and
    nothing else: neither a number, nor which came first, nor what lies between.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(_derived(key, b"setai seal"))
        self._digests = _derived(key, b"setai digest")
        self._numbers = _derived(key, b"setai number")

    @classmethod
    def kept_in(cls, file: Path) -> "TokenKey":
        """The key in that file, made when there is none: tokens outlive the servers."""
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            _put(file, token_bytes(_BYTES))
        key = file.read_bytes()
        if len(key) != _BYTES or file.stat().st_mode & _OTHERS:
            raise WrongTokenKey(file)
        return cls(key)

    def seal(self, plain: bytes, *use: bytes) -> str:
        """`use` is not in the token, but it opens for no other."""
        return _text(self._cipher.encrypt(plain, list(use)))

    def open(self, token: str, *use: bytes) -> bytes:
        try:
            sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            if _text(sealed) != token:
                raise ForgedToken
            return self._cipher.decrypt(sealed, list(use))
        except (ValueError, InvalidTag) as wrong:
            raise ForgedToken from wrong

    def number(self, place: int, *use: bytes) -> int:
        """Another number for one below 2**31, the same each time: a permutation for each use.

        Numbers stay numbers that fit any client. What would do (FF1 of NIST SP 800-38G) is in no
        library we use; this is its outline, a Feistel network with a keyed hash in each round.
        """
        return self._turned(place, range(_ROUNDS), use)

    def place_of(self, number: int, *use: bytes) -> int:
        return self._turned(number, reversed(range(_ROUNDS)), use)

    def _turned(self, number: int, rounds: Iterable[int], use: Sequence[bytes]) -> int:
        halves = [number >> _RIGHT, number & _MASKS[1]]
        whose = blake2b(b"".join(use), key=self._numbers, digest_size=32).digest()
        for turn in rounds:
            own, other = turn % 2, 1 - turn % 2
            told = halves[own].to_bytes(2, "big") + bytes([turn])
            mixed = blake2b(told, key=whose, digest_size=2).digest()
            halves[other] ^= int.from_bytes(mixed, "big") & _MASKS[other]
        return halves[0] << _RIGHT | halves[1]

    def digest(self, shown: bytes, *use: bytes) -> str:
        digest = blake2b(key=self._digests, digest_size=16)
        for part in (*use, shown):
            digest.update(len(part).to_bytes(8, "big") + part)
        return _text(digest.digest())


def _derived(key: bytes, use: bytes) -> bytes:
    return blake2b(key=key, person=use, digest_size=64).digest()


def _text(given: bytes) -> str:
    return urlsafe_b64encode(given).decode().rstrip("=")


def _put(file: Path, key: bytes) -> None:
    """Never half a key, and never readable by others: written aside, then put in place."""
    aside = file.with_name(f".{file.name}.{token_hex(8)}")
    aside.touch(0o600)
    with aside.open("wb") as writing:
        writing.write(key)
        writing.flush()
        os.fsync(writing.fileno())
    with suppress(FileExistsError):  # the first of two processes wins, and both read the same key
        os.link(aside, file)
    aside.unlink()
