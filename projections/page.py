"""A page of the log: facts decoded once for all projections that stand at the same place."""

from contextlib import suppress
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from domain.events import Fact
from domain.events.support import FileAttached
from domain.gate import WITHHELD
from domain.ledger import LedgerUnavailable, Recorded, UnknownFact
from domain.ledger.mapper import FactMapper
from domain.ledger.upcasts import UPCASTS
from domain.values import Author, Value


class Followed(Protocol):
    """A log that can be followed: the ledger, or the 閲覧簿."""

    mapper: FactMapper

    def page(self, after: int, limit: int) -> list[Any]: ...

    def history(self, stream: UUID, *, until: int | None = None) -> list[Recorded]: ...

    def head(self) -> int: ...


_HEAD = '{"version":%d,"position":%d,"name":"%s",%s'
_WORDS = '"words":%d,'


class Read(NamedTuple):
    """A fact, with the text rows tell it by."""

    recorded: Recorded
    text: bytes


def telling(recorded: Recorded, stored: bytes | None = None) -> Read:
    """By the stored bytes themselves, unless they are of an older shape or as large as a file."""
    fact = recorded.fact
    kind = type(fact)
    if stored is None or kind is FileAttached:
        stored = _Body(author=recorded.author, fact=light(fact)).model_dump_json().encode()
    words = _WORDS % recorded.words if recorded.words else ""
    head = _HEAD % (recorded.version, recorded.position, kind.__name__, words)
    return Read(recorded, b"".join((head.encode(), stored[1:], b",")))


class _Body(Value):
    author: Author
    fact: Any


def light(fact: Fact) -> Fact:
    """The content of a file is kept in one place; elsewhere rows only speak of the file."""
    heavy = isinstance(fact, FileAttached)
    return fact.model_copy(update={"content": WITHHELD}) if heavy else fact


class Page(NamedTuple):
    """`unknown` are the facts that this version cannot read; `last` is where the page ends."""

    reads: list[Read]
    unknown: list[UnknownFact]
    last: int

    def full(self, limit: int) -> bool:
        """Whether there may be more."""
        return len(self.reads) + len(self.unknown) >= limit

    def until(self, position: int) -> "Page":
        """The part of it up to a position."""
        if position >= self.last:
            return self
        reads = [each for each in self.reads if each.recorded.position <= position]
        return Page(reads, [fact for fact in self.unknown if _place(fact) <= position], position)


def read_page(log: Followed, after: int, limit: int) -> Page:
    """The next facts of the log with their stored bytes; an empty page when there are none."""
    reads, unknown, last = [], [], after
    decode = log.mapper.decode
    for row in log.page(after, limit):
        last = row[4]
        try:
            reads.append(telling(decode(row), None if row[2] in UPCASTS else row[3]))
        except UnknownFact as fact:
            unknown.append(fact)
    return Page(reads, unknown, last)


class Pages:
    """The pages of a log in order: the next is read while the rows of the last are written."""

    def __init__(self, log: Followed) -> None:
        self._log = log
        self._ahead: tuple[int, Page] | None = None

    def after(self, position: int, limit: int) -> Page:
        ahead, self._ahead = self._ahead, None
        if ahead and ahead[0] == position:
            return ahead[1]
        return read_page(self._log, position, limit)

    def read_on(self, page: Page, limit: int) -> None:
        """While the database writes, there is time to decode."""
        if page.full(limit):
            with suppress(LedgerUnavailable):
                self._ahead = (page.last, read_page(self._log, page.last, limit))


def _place(fact: UnknownFact) -> int:
    return fact.position or 0
