"""見せ方: what an answer will show is gathered first, and opened when its receipt is written.

Until then an answer holds sealed facts and places where their words will stand (`Later`); nothing
here can open a seal, only the receipt can, and only what it names.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import structlog

from api.receipts import served
from api.words import ProfileWords, names_in
from domain.events.staff import StaffRegistered
from domain.events.support import FileAttached
from domain.gate import WITHHELD, Item
from domain.labels import Label, Narrative
from domain.ledger import BrokenSeal, KeyDestroyed, Receipt
from domain.profile import Profile
from domain.texts import texts
from domain.values import Capacity, Personal, StaffId, Value
from projections.sentences import colleagues, sentence

_ENVELOPE = {"occurred_on", "label"}
_HEAVY = {*_ENVELOPE, "content"}
log = structlog.get_logger("setai.showing")
Number = Callable[[UUID, int], int]
"""What a fact of a stream is called outside, by its version."""
ERASED = "（消去されました）"
"""Stands where a text stood whose key was destroyed."""
UNREADABLE = "（読めません）"
"""Stands for the name of a colleague whose registration is damaged: what they wrote is read on."""


class By(Value):
    """記録者。`name` は職員名簿の氏名。"""

    staff: StaffId
    name: str | None
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


class Later:
    """A part of an answer that is written once there is a receipt."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[["Opened"], Any]) -> None:
        self.write = write


class Showing:
    """What one answer shows: every fact of which a word is opened goes into the receipt."""

    def __init__(self, profile: Profile, number: Number) -> None:
        self.number = number
        self.items: dict[tuple[UUID, int, int], Item] = {}
        self.naming: list[Item] = []
        self.known_as: dict[UUID, UUID] = {}
        self.spoken_of: dict[UUID, None] = {}
        self.registered: list[Item] = []
        self._profile = profile
        self._served: dict[tuple[UUID, int, int], bytes] = {}

    def knowing(self, items: Iterable[Item], known_as: Mapping[UUID, UUID]) -> "Showing":
        """The same, calling people by the names that these records give them; who is known by an
        earlier id too has one name.
        """
        self.naming += [self._kept(item) for item in items]
        self.known_as |= known_as
        return self

    def item(self, item: Item) -> Later:
        """With whoever wrote it and whom of the staff it names: of these alone a name is asked."""
        self._kept(item)
        self.spoken_of |= dict.fromkeys((item.author.staff, *colleagues(item.fact)))
        return Later(lambda opened: opened.item(item))

    def staff(self, staff: UUID) -> Later:
        """What a colleague is called, who stands outside a record; null if never registered."""
        self.spoken_of[staff] = None
        return Later(lambda opened: opened.called(staff))

    def introduce(self, registered: Iterable[Item]) -> None:
        """These registrations say what those who are spoken of are called."""
        self.registered += [self._kept(item) for item in registered]

    def rests_on(self, items: Iterable[Item]) -> None:
        """Records that stand in the receipt though the answer says no word of them."""
        for item in items:
            self._kept(item)

    def items_of(self, items: Iterable[Item]) -> list[Later]:
        return [self.item(item) for item in items]

    def paragraphs(self, item: Item, narrative: Narrative) -> Later:
        self._kept(item)
        return Later(lambda opened: opened.paragraphs(item, narrative))

    def text(self, item: Item, text: Personal) -> Later:
        """Personal text of a fact that stands outside its record."""
        self._kept(item)
        return Later(lambda opened: opened.text(item, text))

    def served(self, item: Item) -> bytes:
        """As it is served, still sealed; written once for the tag and for the receipt."""
        place = (item.stream, item.version, item.words)
        if place not in self._served:
            self._served[place] = served(item)
        return self._served[place]

    def body(self, body: str, day: date) -> str:
        """会議体の名, as it was that day (rule 28)."""
        return ProfileWords(self._profile, str, {}, day.isoformat()).body(body)

    def _kept(self, item: Item) -> Item:
        return self.items.setdefault((item.stream, item.version, item.words), item)

    def part(self, item: Item, part: Value) -> Later:
        """A part of a fact, such as its basis, that stands outside its record."""
        self._kept(item)
        return Later(lambda opened: opened.part(item, part))

    def opened(self, receipt: Receipt) -> "Opened":
        return Opened(self._profile, receipt, self)


class Opened:
    """The words of one answer, as far as its receipt opens them.

    All keys are fetched in one round trip, and all is opened before anything is written: pydantic
    would make a failure of its own of every other.
    """

    def __init__(self, profile: Profile, receipt: Receipt, shown: Showing) -> None:
        self._profile, self._receipt, self._number = profile, receipt, shown.number
        sealed = [(item, text) for item in shown.items.values() for text in _sealed(item)]
        receipt.prepare(text for _, text in sealed)
        self._words = {_at(item, text): self._open(item, text) for item, text in sealed}
        names = names_in(shown.naming, self.text)
        earlier = {each: names[one] for each, one in shown.known_as.items() if one in names}
        self._staff = {
            item.stream: self.text(item, item.fact.name)
            for item in shown.registered
            if isinstance(item.fact, StaffRegistered)
        }
        self._names = {**names, **earlier, **self._staff}

    def item(self, item: Item) -> dict[str, Any]:
        fact, opened = item.fact, partial(self.text, item)
        left_out = _HEAVY if isinstance(fact, FileAttached) else _ENVELOPE
        number = partial(self._number, item.stream)
        words = ProfileWords(self._profile, opened, self._names, fact.occurred_on, number)
        context = {"seal": opened, "number": number}
        return {
            "stream": item.stream,
            "version": number(item.version),
            "fact": type(fact).__name__,
            "occurred_on": fact.occurred_on,
            "said": sentence(item, words),
            "by": {
                "staff": item.author.staff,
                "name": self.called(item.author.staff),
                "capacity": item.author.capacity,
            },
            "label": self.part(item, fact.label),
            "content": fact.model_dump(mode="json", context=context, exclude=left_out),
        }

    def called(self, staff: UUID) -> str | None:
        return self._staff.get(staff)

    def words_of(self, day: date) -> ProfileWords:
        """Names of codes and people, for a sentence about several facts."""
        return ProfileWords(self._profile, str, self._names, day.isoformat())

    def paragraphs(self, item: Item, narrative: Narrative) -> list[dict[str, Any]]:
        return [self.part(item, paragraph) for paragraph in narrative]

    def part(self, item: Item, part: Value) -> dict[str, Any]:
        return part.model_dump(mode="json", context={"seal": partial(self.text, item)})

    def text(self, item: Item, text: Personal) -> str:
        found = text if text == WITHHELD else self._words.get(_at(item, text))
        return self._open(item, text) if found is None else found

    def _open(self, item: Item, text: Personal) -> str:
        try:
            return self._receipt.open(text, item.stream, item.words, item.fact.label.subjects)
        except KeyDestroyed:
            return ERASED
        except BrokenSeal:
            if not isinstance(item.fact, StaffRegistered):
                raise
            log.error("staff", broken=str(item.stream), version=item.version)  # noqa: TRY400 - no text
            return UNREADABLE


def _at(item: Item, text: Personal) -> tuple[UUID, int, str]:
    """A seal moved to another fact is another seal, and does not open there."""
    return item.stream, item.words, text


def _sealed(item: Item) -> list[Personal]:
    return [text for _, text in texts(item.fact) if text != WITHHELD]
