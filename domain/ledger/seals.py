"""The seal (封): a personal string encrypted for one place of the log, and for no other.

`封1.<version>.<path>.<key>.<nonce, ciphertext and tag>`. All that stands before the last dot says
which key opens it and where it belongs; it is authenticated together with the municipality, the
stream and the subjects, each with its length, so that nothing passes for anything else.
"""

from base64 import urlsafe_b64encode
from binascii import a2b_base64
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ledger.failures import BrokenSeal
from domain.ledger.nonces import SIZE, drawn
from domain.texts import texts
from domain.values import Value

MARK = "封1"
REPLACEMENT = "replacement."
"""Where the words of a correction stand, before the path they have in the fact they replace."""
_LENGTH = 4
_LEAST = 5
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_USUAL = bytes.maketrans(b"-_+/", b"+/..")
"""Two letters of base64 are others in a seal, where the usual ones are none."""
_ENDS = {0: (_LETTERS + b"-_", b""), 2: (b"AQgw", b"=="), 3: (b"AEIMQUYcgkosw048", b"=")}
"""By how many letters are more than a multiple of four: which may be the last, and what is left
out behind it. With another last letter the same bytes would be written otherwise.
"""
_NO_END = (b"", b"")


class Head(NamedTuple):
    """What a seal says of itself, to be believed once it has been opened."""

    version: int
    path: str
    key: int


def head(version: int, path: str, key: int) -> str:
    return f"{MARK}.{version}.{path}.{key}"


def head_of(text: str) -> Head:
    mark, *parts = text.split(".")
    if mark != MARK or len(parts) < _LEAST - 1:
        raise BrokenSeal
    version, *path, key, _ = parts
    try:
        return Head(int(version), ".".join(path), int(key))
    except ValueError:
        raise BrokenSeal from None


def key_of(text: str) -> int:
    """Which key opens it, by its own word."""
    try:
        return int(text.rsplit(".", 2)[1])
    except (IndexError, ValueError):
        raise BrokenSeal from None


def bound(tenant: UUID, stream: UUID, subjects: Sequence[UUID]) -> bytes:
    """What a seal is bound to besides its head; a text about nobody belongs to its stream."""
    own = stream.bytes
    about = b"".join([subject.bytes for subject in subjects]) or own
    return _measured(tenant.bytes) + _measured(own) + _measured(about)


def _measured(part: bytes) -> bytes:
    return len(part).to_bytes(_LENGTH) + part


def seal(text: str, secret: bytes, head: str, bound: bytes) -> str:
    nonce = drawn()
    sealed = AESGCM(secret).encrypt(nonce, text.encode(), bound + _measured(head.encode()))
    return f"{head}.{urlsafe_b64encode(nonce + sealed).rstrip(b'=').decode()}"


def unseal(text: str, secret: bytes, bound: bytes) -> str:
    """BrokenSeal when a single byte is not as it was, or it stands where it does not belong."""
    head, _, written = text.rpartition(".")
    return unsealed(head, written, AESGCM(secret), bound)


def unsealed(head: str, written: str, cipher: AESGCM, bound: bytes) -> str:
    """The same where one key opens several. What is not written as a seal writes it is no seal."""
    letters, named = written.encode(), head.encode()
    lasts, left_out = _ENDS.get(len(letters) % 4, _NO_END)
    if letters[-1:] not in lasts:
        raise BrokenSeal
    try:
        sealed = a2b_base64(letters.translate(_USUAL) + left_out, strict_mode=True)
        about = bound + len(named).to_bytes(_LENGTH) + named
        return cipher.decrypt(sealed[:SIZE], sealed[SIZE:], about).decode()
    except (InvalidTag, ValueError):
        raise BrokenSeal from None


def seal_at(version: int, path: str) -> str:
    """How a seal that belongs there begins."""
    return f"{MARK}.{version}.{path}."


def in_place(value: Value, version: int) -> bool:
    """Whether each seal says that it belongs where it stands; if it lies, it does not open."""
    astray = [path for path, text in texts(value) if not text.startswith(seal_at(version, path))]
    return not astray  # a generator would take a quarter longer, for every fact that is read
