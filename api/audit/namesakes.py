"""同じ姓・同じ名 (digests): who is called like whom, compared without a name being kept.

The names of people and staff are read by the server itself, under receipts of its own; what stays
in memory are digests under a key that dies with the process.
"""

import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from secrets import token_bytes
from threading import Lock
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events.person import PersonIdentified
from domain.events.staff import StaffRegistered
from domain.events.viewing import SERVER, IndexBuilt
from domain.gate import Item, Reader
from domain.ledger import KeyDestroyed, Receipt, Receipts
from domain.unusual import Digest
from domain.unusual.gathered import Features, StaffFeatures
from domain.values import Personal, StaffId
from projections.people import changed_people
from projections.reading import fetch
from projections.spelling import whole
from projections.staff import Member, everybody

_AT_ONCE = 500
_MEMBERS = """
    SELECT stream, substr(key, 8)::uuid FROM projections.case_view
    WHERE stream = ANY (%s) AND key LIKE 'member:%%'
"""


class Namesakes:
    """The digests of this process: follows the people as they change."""

    def __init__(self) -> None:
        self._lock, self._key = Lock(), token_bytes(32)
        self._position = 0
        self._names: dict[UUID, frozenset[tuple[Digest, Digest]]] = {}

    def households(
        self,
        connection: Connection[Any],
        book: Receipts,
        households: Sequence[UUID],
        *,
        reader: Reader,
    ) -> Mapping[UUID, Features]:
        """By the names of all who belong or have belonged."""
        with self._lock:
            self._follow(connection, book, reader.at)
            names = dict(self._names)
        found: dict[UUID, set[tuple[Digest, Digest]]] = defaultdict(set)
        for household, person in fetch(connection, _MEMBERS, (list(households),)):
            found[household] |= names.get(person, frozenset())
        return {
            household: Features(
                surnames=frozenset(surname for surname, _ in called),
                names=frozenset(name for _, name in called),
            )
            for household, called in found.items()
        }

    def staff(
        self, connection: Connection[Any], book: Receipts, *, reader: Reader
    ) -> Mapping[StaffId, StaffFeatures]:
        """Where they live is not in the ledger: only names and appointments are compared."""
        members = everybody(connection, reader=reader)
        named = {m.staff: m.registered for m in members if m.registered}
        receipt = self._receipt(book, list(named.values()), reader.at)
        return {StaffId(m.staff): self._colleague(m, named.get(m.staff), receipt) for m in members}

    def _colleague(self, member: Member, item: Item | None, receipt: Receipt) -> StaffFeatures:
        called = list(self._called(item, receipt)) if item else []
        surname, name = called[0] if called else (None, None)
        posts = tuple((held.capacity.agency, held.period) for held in member.appointments)
        return StaffFeatures(surname=surname, name=name, posts=posts)

    def _follow(self, connection: Connection[Any], book: Receipts, at: datetime) -> None:
        while changed := changed_people(connection, after=self._position, limit=_AT_ONCE):
            named = {
                known_as: [i for g in person.groups for i in g.items if _names_somebody(i)]
                for _, known_as, person in changed
            }
            every = [item for items in named.values() for item in items]
            receipt = self._receipt(book, every, at)
            for known_as, items in named.items():
                self._names[known_as] = frozenset(
                    pair for item in items for pair in self._called(item, receipt)
                )
            self._position = changed[-1][0]

    def _receipt(self, book: Receipts, items: Iterable[Item], at: datetime) -> Receipt:
        """Committed before a name is opened."""
        named = list(items)
        persons = len({item.stream for item in named})
        built = IndexBuilt(view="audit-alerts", position=self._position, persons=persons)
        receipt = book.commit(SERVER, built, at)
        receipt.prepare(text for item in named for text in _names(item))
        return receipt

    def _called(self, item: Item, receipt: Receipt) -> Iterator[tuple[Digest, Digest]]:
        """Surname and full name, as they are read and as they are written."""
        for text in _names(item):
            with suppress(KeyDestroyed):  # 消去された人は、だれとも同じ名ではない
                name = receipt.open(text, item.stream, item.words, item.fact.label.subjects)
                parts = [part for part in map(whole, name.split()) if part]
                if parts:
                    yield self._digest("surname", parts[0]), self._digest("name", "".join(parts))

    def _digest(self, kind: str, text: str) -> Digest:
        return Digest(hmac.digest(self._key, f"{kind}\0{text}".encode(), sha256).hex()[:24])


def _names_somebody(item: Item) -> bool:
    return isinstance(item.fact, PersonIdentified)


def _names(item: Item) -> tuple[Personal, ...]:
    """As it is read, where that was written down, before as it is written."""
    fact = item.fact
    if not isinstance(fact, PersonIdentified | StaffRegistered):
        return ()
    return (fact.kana, fact.name) if fact.kana else (fact.name,)
