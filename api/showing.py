"""見せ方: what a read model found, unsealed for this answer and put into words."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from api.words import ProfileWords, names_in
from domain.events.support import FileAttached
from domain.gate import Item
from domain.labels import Label, Narrative
from domain.ledger import Sealer
from domain.profile import Profile
from domain.values import Capacity, StaffId, Value
from projections.sentences import sentence

_ENVELOPE = {"occurred_on", "label"}
_NO_NAMES: Mapping[UUID, str] = MappingProxyType({})
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

    def __init__(
        self, profile: Profile, sealer: Sealer, names: Mapping[UUID, str] = _NO_NAMES
    ) -> None:
        self._profile, self._sealer, self._names = profile, sealer, names
        self._open = {"seal": sealer.open}

    def knowing(self, items: Iterable[Item]) -> "Showing":
        """The same, calling people by the names that these records give them."""
        return Showing(self._profile, self._sealer, names_in(items, self._sealer.open))

    def item(self, item: Item) -> dict[str, Any]:
        fact = item.fact
        left_out = _HEAVY if isinstance(fact, FileAttached) else _ENVELOPE
        return {
            "stream": item.stream,
            "version": item.version,
            "fact": type(fact).__name__,
            "occurred_on": fact.occurred_on,
            "said": self._said(item),
            "by": item.author,
            "label": fact.label,
            "content": fact.model_dump(mode="json", context=self._open, exclude=left_out),
        }

    def _said(self, item: Item) -> str:
        occurred = item.fact.occurred_on
        return sentence(item, ProfileWords(self._profile, self.opened, self._names, occurred))

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
