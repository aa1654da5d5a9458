"""見せ方: what a read model found, unsealed for this answer and put into words."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from api.sentences import Sentences
from domain.events.support import FileAttached
from domain.gate import Item
from domain.labels import Label, Narrative
from domain.ledger import Sealer
from domain.profile import Profile
from domain.values import Capacity, StaffId, Value

_ENVELOPE = {"occurred_on", "label"}
_HEAVY = {*_ENVELOPE, "content"}


class By(Value):
    """記録者。"""

    staff: StaffId
    capacity: Capacity


class Shown(Value):
    """一つの記録: `said` は支援経過の一文、`content` は記録の中身。"""

    stream: UUID
    version: int
    fact: str
    occurred_on: str
    said: str
    by: By
    label: Label
    content: dict[str, Any]


class Showing:
    """For one municipality and with the sealer that opens its text."""

    def __init__(self, profile: Profile, sealer: Sealer) -> None:
        self._sentences = Sentences(profile)
        self._open = {"seal": sealer.open}

    def item(self, item: Item) -> dict[str, Any]:
        fact = item.fact
        left_out = _HEAVY if isinstance(fact, FileAttached) else _ENVELOPE
        return {
            "stream": item.stream,
            "version": item.version,
            "fact": type(fact).__name__,
            "occurred_on": fact.occurred_on,
            "said": self._sentences.of(fact),
            "by": item.author,
            "label": fact.label,
            "content": fact.model_dump(mode="json", context=self._open, exclude=left_out),
        }

    def paragraphs(self, narrative: Narrative) -> list[dict[str, Any]]:
        return [part.model_dump(mode="json", context=self._open) for part in narrative]

    def opened(self, text: str) -> str:
        """Personal text that stands outside a record."""
        return self._open["seal"](text)

    def items(self, items: Iterable[Item]) -> list[dict[str, Any]]:
        return [self.item(item) for item in items]


@lru_cache(maxsize=8)
def showing(profile: Profile, sealer: Sealer) -> Showing:
    return Showing(profile, sealer)
