"""Sealing (封): personal text is closed on its way into the log; only the edge opens it again."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any, Protocol
from uuid import UUID

from domain.ledger.failures import KeysUnavailable
from domain.texts import texts
from domain.values import Value

Context = dict[str, Any] | None
"""What pydantic is handed with a fact that is written."""


Placed = tuple[str, str]
"""A sealed text after the path to it."""


class Opener(Protocol):
    """Opens sealed text at the place it was sealed for."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Fetch the keys of many texts in one round trip."""
        ...

    def open(self, text: str, stream: UUID, words: int, subjects: Sequence[UUID]) -> str:
        """`words` is the version the text was written in, `subjects` are those of its fact."""
        ...

    def open_all(
        self, texts: Sequence[Placed], stream: UUID, words: int, subjects: Sequence[UUID]
    ) -> list[str]:
        """The texts of one fact, each at its path: a third of the time where there are many."""
        ...

    def destroyed(self, after: int) -> tuple[int, frozenset[UUID]]:
        """Whose keys were destroyed since that number, and the number to go on from."""
        ...


class Sealer(Protocol):
    """Seals personal text, and digests requests so that the digest betrays no text."""

    seals: bool
    """Whether what is stored must be sealed; unit tests leave it clear."""

    def ready(self, facts: Iterable[tuple[UUID, Value]]) -> None:
        """Have all that these facts of these streams will take at hand, in one round trip."""
        ...

    def at_hand(self, facts: Sequence[tuple[UUID, Value]]) -> bool:
        """Whether these facts can be sealed without asking anybody."""
        ...

    def context(self, stream: UUID, version: int, fact: Value) -> Context:
        """Seals each personal string of a fact for the place where it will stand."""
        ...

    def digest(self, request: bytes) -> bytes: ...

    def opener(self) -> Opener: ...

    def close(self) -> None: ...


class ClearSealer:
    """Leaves text as it is, for unit tests in memory."""

    seals = False

    def ready(self, facts: Iterable[tuple[UUID, Value]]) -> None:
        """There are no keys."""

    def at_hand(self, facts: Sequence[tuple[UUID, Value]]) -> bool:
        del facts
        return True

    def context(self, stream: UUID, version: int, fact: Value) -> Context:
        del stream, version, fact
        return None

    def digest(self, request: bytes) -> bytes:
        return blake2b(request, digest_size=32).digest()

    def opener(self) -> Opener:
        return ClearOpener()

    def close(self) -> None:
        """Nothing to give back."""


class ClearOpener:
    """Hands text over as it is."""

    def prepare(self, texts: Iterable[str]) -> None:
        """There is nothing to fetch."""

    def open(self, text: str, stream: UUID, words: int, subjects: Sequence[UUID]) -> str:
        del stream, words, subjects
        return str(text)

    def open_all(
        self, texts: Sequence[Placed], stream: UUID, words: int, subjects: Sequence[UUID]
    ) -> list[str]:
        del stream, words, subjects
        return [str(text) for _, text in texts]

    def destroyed(self, after: int) -> tuple[int, frozenset[UUID]]:
        return after, frozenset()


class Keyless(ClearSealer):
    """For whoever reads and never writes: projections and replays hold no key."""

    seals = True

    def context(self, stream: UUID, version: int, fact: Value) -> Context:
        if texts(fact):
            raise KeysUnavailable(stream, version, type(fact).__name__)
        return None

    def digest(self, request: bytes) -> bytes:
        raise KeysUnavailable(len(request))

    def opener(self) -> Opener:
        raise KeysUnavailable
