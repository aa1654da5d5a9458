"""The sealer (封をする者): AES-256-GCM under the key of a person or of the text itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.events.person import (
    AddressRecorded,
    PersonIdentified,
    PersonNoted,
    SafeContactAgreed,
)
from domain.events.rights import FactCorrected
from domain.ledger.failures import BrokenSeal, KeyDestroyed
from domain.ledger.keys.ring import KeyRing
from domain.ledger.keys.stock import Key
from domain.ledger.sealing import Context, Placed
from domain.ledger.seals import (
    REPLACEMENT,
    bound,
    head,
    head_of,
    key_of,
    seal,
    seal_at,
    unseal,
    unsealed,
)
from domain.texts import Text, texts
from domain.values import Sealed, Value

_IDENTITY = frozenset({PersonNoted, PersonIdentified, AddressRecorded, SafeContactAgreed})
"""What makes up who somebody is goes with the person's key; every other text has its own."""
_LABEL = "label."
_ERASED = "（消去されました）"


class KeySealer:
    """For one municipality; `tenant` is its random id."""

    seals = True

    def __init__(self, ring: KeyRing, tenant: UUID) -> None:
        self.ring, self._tenant = ring, tenant
        self._digesting = ring.of(tenant).secret
        self._opener = KeyOpener(ring, tenant)

    def ready(self, facts: Iterable[tuple[UUID, Value]]) -> None:
        self.ring.ready(stream for stream, fact in facts if type(fact) in _IDENTITY)

    def at_hand(self, facts: Sequence[tuple[UUID, Value]]) -> bool:
        """A correction opens what it keeps, and so may have to ask."""
        owners = [stream for stream, fact in facts if type(fact) in _IDENTITY]
        kept = any(isinstance(fact, FactCorrected) for _, fact in facts)
        return not kept and self.ring.at_hand(owners)

    def context(self, stream: UUID, version: int, fact: Value) -> Context:
        found = texts(fact)
        if not found:
            return None
        kept = [text for _, text in found if type(text) is Sealed]
        if kept:
            self._opener.prepare(kept)
        sealed = list(self._sealed(stream, version, fact, found))
        return {"seal": _in_turn(iter(sealed))}

    def _sealed(
        self, stream: UUID, version: int, fact: Value, found: Sequence[Text]
    ) -> Iterator[tuple[str, str]]:
        """Each text as it is given, with its seal."""
        own = owned = self.ring.fresh
        if type(fact) in _IDENTITY:
            owned = self._of(stream)
        whole = bound(self._tenant, stream, _subjects(fact))
        parts = {False: whole, True: whole}
        replacement = getattr(fact, "replacement", None)
        if replacement is not None:
            parts[True] = bound(self._tenant, stream, _subjects(replacement))
        for path, text in found:
            of = parts[path.startswith(REPLACEMENT)]
            clear = self._again(text, of) if type(text) is Sealed else text
            key = (own if path.startswith(_LABEL) else owned)()
            yield text, seal(clear, key.secret, head(version, path, key.id), of)

    def _of(self, owner: UUID) -> Callable[[], Key]:
        return lambda: self.ring.of(owner)

    def _again(self, text: Sealed, of: bytes) -> str:
        """What a correction leaves as it was, opened to be sealed at its new place."""
        secret = self.ring.get(head_of(text).key)
        return _ERASED if secret is None else unseal(text, secret, of)

    def digest(self, request: bytes) -> bytes:
        return blake2b(request, digest_size=32, key=self._digesting).digest()

    def opener(self) -> "KeyOpener":
        return self._opener

    def close(self) -> None:
        self.ring.close()


class KeyOpener:
    """Opens what this municipality sealed."""

    def __init__(self, ring: KeyRing, tenant: UUID) -> None:
        self._ring, self._tenant = ring, tenant

    def prepare(self, texts: Iterable[str]) -> None:
        self._ring.prepare(map(key_of, texts))

    def open(self, text: str, stream: UUID, words: int, subjects: Sequence[UUID]) -> str:
        told = head_of(text)
        if told.version != words:
            raise BrokenSeal
        secret = self._ring.get(told.key)
        if secret is None:
            raise KeyDestroyed
        return unseal(text, secret, bound(self._tenant, stream, subjects))

    def open_all(
        self, texts: Sequence[Placed], stream: UUID, words: int, subjects: Sequence[UUID]
    ) -> list[str]:
        of, opened, ciphers = bound(self._tenant, stream, subjects), [], dict[str, AESGCM]()
        for path, text in texts:
            before = seal_at(words, path)
            if not text.startswith(before):
                raise BrokenSeal
            key, _, written = text[len(before) :].partition(".")
            cipher = ciphers.get(key)
            if cipher is None:
                cipher = ciphers[key] = self._cipher(key)
            opened.append(unsealed(before + key, written, cipher, of))
        return opened

    def destroyed(self, after: int) -> tuple[int, frozenset[UUID]]:
        return self._ring.destroyed(after)

    def _cipher(self, key: str) -> AESGCM:
        try:
            secret = self._ring.get(int(key))
        except ValueError:
            raise BrokenSeal from None
        if secret is None:
            raise KeyDestroyed
        return AESGCM(secret)


def _subjects(fact: Value) -> Sequence[UUID]:
    label = getattr(fact, "label", None)
    return label.subjects if label else ()


def _in_turn(sealed: Iterator[tuple[str, str]]) -> Callable[[str], str]:
    """Hands out the seals in the order in which pydantic asks for them, each for its own text."""

    def seal_of(text: str) -> str:
        expected, made = next(sealed)
        if expected is not text:
            raise BrokenSeal
        return made

    return seal_of
