"""A page of the log: facts decoded once for all projections that stand at the same place."""

from typing import Any, NamedTuple

from domain.events import Fact
from domain.events.support import FileAttached
from domain.ledger import Ledger, Recorded, UnknownFact
from domain.ledger.upcasts import UPCASTS
from domain.values import Author, Personal, Value

_WITHHELD = Personal("-")
"""Stands for the content of a file wherever rows only speak of the file."""


class Read:
    """A fact with the text rows tell it by: the stored bytes where they are of today."""

    __slots__ = ("_stored", "_text", "recorded")

    def __init__(self, recorded: Recorded, stored: bytes | None = None) -> None:
        self.recorded = recorded
        self._stored = stored
        self._text: str | None = None

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self._told()
        return self._text

    def _told(self) -> str:
        recorded = self.recorded
        name = type(recorded.fact).__name__
        if self._stored is None or type(recorded.fact) is FileAttached:
            body = _Body(author=recorded.author, fact=_light(recorded.fact)).model_dump_json()
        else:
            body = self._stored.decode()
        return f'{{"version":{recorded.version},"name":"{name}",{body[1:]},'


class _Body(Value):
    author: Author
    fact: Any


def _light(fact: Fact) -> Fact:
    heavy = isinstance(fact, FileAttached)
    return fact.model_copy(update={"content": _WITHHELD}) if heavy else fact


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
        reads = [read for read in self.reads if read.recorded.position <= position]
        return Page(reads, [fact for fact in self.unknown if _place(fact) <= position], position)


def read_page(ledger: Ledger, after: int, limit: int) -> Page:
    """The next facts of the log with their stored bytes; an empty page when there are none."""
    reads, unknown, last = [], [], after
    decode = ledger.mapper.decode
    for row in ledger.log.page(after, limit):
        last = row[4]
        try:
            reads.append(Read(decode(row), None if row[2] in UPCASTS else row[3]))
        except UnknownFact as fact:
            unknown.append(fact)
    return Page(reads, unknown, last)


def _place(fact: UnknownFact) -> int:
    return fact.position or 0
