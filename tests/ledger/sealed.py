"""Given a ledger whose text is sealed: every seal in it, with the place it was made for."""

from typing import NamedTuple, cast
from uuid import UUID

from domain.events import Fact
from domain.gate import Item
from domain.ledger import Ledger, Opener, seal_at
from domain.ledger.failures import BrokenSeal
from domain.texts import texts
from projections.reading import belongs
from tests.facts import AUTHOR

NO_FACT = cast("Fact", None)


class Place(NamedTuple):
    stream: UUID
    version: int
    path: str
    subjects: tuple[UUID, ...]


def seals(ledger: Ledger) -> dict[Place, str]:
    """All that are in the log, by the place they stand at."""
    found: dict[Place, str] = {}
    for recorded in ledger.read(0, 100_000):
        replacement = getattr(recorded.fact, "replacement", None)
        for path, text in texts(recorded.fact):
            of = replacement if replacement and path.startswith("replacement.") else recorded.fact
            place = Place(recorded.stream, recorded.version, path, of.label.subjects)
            found[place] = str(text)
    return found


def opened_at(opener: Opener, place: Place, text: str) -> str:
    """As a read model's row is opened: first where it says it belongs, then the seal itself."""
    belongs(text, Item(place.stream, place.version, AUTHOR, NO_FACT, place.version, 1), place.path)
    return opener.open(text, place.stream, place.version, place.subjects)


def opens(opener: Opener, place: Place, text: str) -> bool:
    try:
        opened_at(opener, place, text)
    except BrokenSeal:
        return False
    return True


def moved(text: str, place: Place) -> str:
    """Its ciphertext under another head, that of a seal which belongs there."""
    key, _, body = text.rpartition(".")[0].rpartition(".")[2], ".", text.rpartition(".")[2]
    return f"{seal_at(place.version, place.path)}{key}.{body}"
