"""閲覧: what was shown to whom, and what was refused; the facts of the 閲覧簿, a log of its own.

None of them is in the catalogue of the ledger: reading changes nothing about a household.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import BeforeValidator, Field

from domain.values import Author, Capacity, Code, Personal, Role, StaffId, Value

REMOVED = "■"
"""Stands for whatever in a request is no plain code: the 閲覧簿 keeps no text in the clear."""

_PLAIN = re.compile(r"[!-~]{0,200}")


def _plain(given: Any) -> Any:
    """Codes, ids, days and numbers as they are; anything else could be about somebody."""
    if not isinstance(given, Mapping):
        return given
    return {_code(name): _code(said) for name, said in given.items()}


def _code(given: Any) -> str:
    return given if isinstance(given, str) and _PLAIN.fullmatch(given) else REMOVED


Asked = Annotated[dict[str, str], BeforeValidator(_plain)]
"""照会の内容: the ids and codes of a request, never its text."""


class ItemShown(Value):
    """示した記録: one fact, by the text that stood for it, the rule and the facts that opened it.

    `words` is the version whose text was shown (a correction's, where there is one); `facts` are
    streams and versions; `withheld` are the parts that were not shown.
    """

    stream: UUID
    version: int
    words: int
    rule: Code
    facts: tuple[tuple[UUID, int], ...] = ()
    withheld: tuple[str, ...] = ()
    subjects: tuple[UUID, ...] = ()


class Viewing(Value):
    """閲覧の出来事: who, in which capacity and when is in the envelope.

    `view` is the name of what was asked for, `position` where the log stood that was read.
    """

    view: Code
    position: int


class Asking(Viewing):
    """Somebody's request, with the purpose it named."""

    purpose: Code
    asked: Asked = Field(default_factory=dict)
    request: UUID


class RecordsShown(Asking):
    """記録を示した: committed before a word of it is unsealed.

    `households` and `subjects` are all of whom anything was shown, in a list the ones of every
    line; `digest` is keyed, over the sealed items as they were served.
    """

    sought: Personal | None = None
    households: tuple[UUID, ...] = ()
    subjects: tuple[UUID, ...] = ()
    items: tuple[ItemShown, ...] = ()
    digest: str


class ReadRefused(Asking):
    """閲覧を断った: hidden and absent alike."""

    households: tuple[UUID, ...] = ()
    rule: Code = "absent"


class BookRead(Asking):
    """閲覧簿を見た: `receipts` lines of it, about these households and these staff members."""

    households: tuple[UUID, ...] = ()
    staff: tuple[UUID, ...] = ()
    receipts: int


class IndexBuilt(Viewing):
    """名前の索引を作った: the server's own reading of so many persons' identities."""

    persons: int


VIEWINGS: dict[str, type[Viewing]] = {
    kind.__name__: kind for kind in (RecordsShown, ReadRefused, BookRead, IndexBuilt)
}

NAMED = "named"
"""By this rule a receipt names the registration of a colleague whom the records shown speak of."""
_BOOK = UUID("2d3c1f0e-5b7a-5c41-9a52-0c6e8f4b7d19")
SERVER = Author(
    staff=StaffId(uuid5(_BOOK, "server")),
    capacity=Capacity(agency="setai", desk="server", role=Role.ADMINISTRATOR),
)
"""The server itself, where nobody asked: it reads identities for its index of names."""


def days_book(staff: UUID, day: date) -> UUID:
    """その日の閲覧簿: the stream of what a staff member read on one Japanese calendar day."""
    return uuid5(staff, day.isoformat())
