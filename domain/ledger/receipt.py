"""The receipt (閲覧の控え): a committed line of the 閲覧簿, the only way to an opener of seals."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.events.viewing import IndexBuilt, RecordsShown, Viewing
from domain.ledger.book import Written
from domain.ledger.sealing import Opener, Placed


class NotReceipted(Exception):
    """The receipt does not name this item: what nobody wrote down, nobody reads."""


class Receipt:
    """Made by `Receipts.commit` alone, once its line is on the disk."""

    def __init__(self, stream: UUID, written: Written, viewing: Viewing, opener: Opener) -> None:
        self.stream = stream
        self.version, self.position, self.at = written
        self.viewing = viewing
        self.__opener = opener
        shown = viewing.items if isinstance(viewing, RecordsShown) else ()
        self.__named = {(item.stream, item.words) for item in shown}
        self.__persons = viewing.persons if isinstance(viewing, IndexBuilt) else 0
        self.__indexed: set[UUID] = set()

    def prepare(self, texts: Iterable[str]) -> None:
        """What is about to be opened, so that its keys are fetched at once."""
        self.__opener.prepare(texts)

    def open(self, text: str, item_stream: UUID, words: int, subjects: Sequence[UUID] = ()) -> str:
        """The clear text of an item that this receipt names; else NotReceipted."""
        self._must_name(item_stream, words)
        return self.__opener.open(text, item_stream, words, subjects)

    def open_all(
        self, texts: Sequence[Placed], item_stream: UUID, words: int, subjects: Sequence[UUID] = ()
    ) -> list[str]:
        """The same for several texts of one item, each at its path."""
        self._must_name(item_stream, words)
        return self.__opener.open_all(texts, item_stream, words, subjects)

    def _must_name(self, item_stream: UUID, words: int) -> None:
        if (item_stream, words) not in self.__named and not self._indexes(item_stream):
            raise NotReceipted

    def _indexes(self, person: UUID) -> bool:
        """An index is made of as many persons as its receipt says, and of no more."""
        self.__indexed.add(person)
        if len(self.__indexed) > self.__persons:
            self.__indexed.discard(person)
            return False
        return True
