"""同じ名・同じ住所 (digests): who is called like whom, and lives where, compared without a name or
an address being kept.

Those of people and staff are read by the server itself, under receipts of its own; what stays in
memory are digests under a key that dies with the process.
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

from api.homes import Homes, Spot, spot
from domain.events.person import AddressRecorded, PersonIdentified, Place
from domain.events.staff import StaffRegistered
from domain.events.viewing import SERVER, IndexBuilt
from domain.gate import Item, Reader
from domain.ledger import BrokenSeal, KeyDestroyed, Receipt, Receipts
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

    def __init__(self, homes: Homes) -> None:
        self._homes = homes
        self._lock, self._key = Lock(), token_bytes(32)
        self._position = 0
        self._known: dict[UUID, Features] = {}
        self._concealed: set[UUID] = set()

    def households(
        self,
        connection: Connection[Any],
        book: Receipts,
        households: Sequence[UUID],
        *,
        reader: Reader,
    ) -> Mapping[UUID, Features]:
        """By all who belong or have belonged. Where one of them is concealed, no place is
        compared: a match would tell it.
        """
        members: dict[UUID, list[UUID]] = defaultdict(list)
        for household, person in fetch(connection, _MEMBERS, (list(households),)):
            members[household].append(person)
        with self._lock:
            self._follow(connection, book, reader.at)
            return {household: self._together(members[household]) for household in members}

    def staff(
        self, connection: Connection[Any], book: Receipts, *, reader: Reader
    ) -> Mapping[StaffId, StaffFeatures]:
        """Where they live is known where the personnel office has handed it in."""
        members, homes = everybody(connection, reader=reader), self._homes()
        named = {m.staff: m.registered for m in members if m.registered}
        receipt = self._receipt(book, list(named.values()), reader.at)
        return {
            StaffId(m.staff): self._colleague(m, receipt, homes.get(StaffId(m.staff)))
            for m in members
        }

    def _together(self, persons: Sequence[UUID]) -> Features:
        known = [self._known.get(person, Features()) for person in persons]
        joined = Features(*(frozenset[Digest]().union(*each) for each in zip(*known, strict=True)))
        if self._concealed.isdisjoint(persons):
            return joined
        return joined._replace(blocks=frozenset(), dwellings=frozenset())

    def _colleague(self, member: Member, receipt: Receipt, home: Spot | None) -> StaffFeatures:
        called = list(self._called(member.registered, receipt)) if member.registered else []
        surname, name = called[0] if called else (None, None)
        return StaffFeatures(
            surname=surname,
            name=name,
            block=self._digest("block", home.block) if home else None,
            dwelling=self._digest("dwelling", home.dwelling) if home else None,
            posts=tuple((held.capacity.agency, held.period) for held in member.appointments),
        )

    def _follow(self, connection: Connection[Any], book: Receipts, at: datetime) -> None:
        while changed := changed_people(connection, after=self._position, limit=_AT_ONCE):
            told = {
                known_as: [item for group in person.groups for item in group.items if _texts(item)]
                for _, known_as, person in changed
            }
            receipt = self._receipt(book, [i for items in told.values() for i in items], at)
            for known_as, items in told.items():
                self._known[known_as] = self._features(items, receipt)
            hidden = {known_as for _, known_as, person in changed if person.concealed}
            self._concealed = self._concealed - told.keys() | hidden
            self._position = changed[-1][0]

    def _features(self, items: Iterable[Item], receipt: Receipt) -> Features:
        every = list(items)
        names = [pair for item in every for pair in self._called(item, receipt)]
        spots = [where for item in every for where in self._housed(item, receipt)]
        return Features(
            surnames=frozenset(surname for surname, _ in names),
            names=frozenset(name for _, name in names),
            blocks=frozenset(self._digest("block", where.block) for where in spots),
            dwellings=frozenset(self._digest("dwelling", where.dwelling) for where in spots),
        )

    def _receipt(self, book: Receipts, items: Iterable[Item], at: datetime) -> Receipt:
        """Committed before a name is opened."""
        named = list(items)
        persons = len({item.stream for item in named})
        built = IndexBuilt(view="audit-alerts", position=self._position, persons=persons)
        receipt = book.commit(SERVER, built, at)
        receipt.prepare(text for item in named for text in _texts(item))
        return receipt

    def _called(self, item: Item, receipt: Receipt) -> Iterator[tuple[Digest, Digest]]:
        """Surname and full name, as they are read and as they are written."""
        for name in () if isinstance(item.fact, AddressRecorded) else _opened(item, receipt):
            parts = [part for part in map(whole, name.split()) if part]
            if parts:
                yield self._digest("surname", parts[0]), self._digest("name", "".join(parts))

    def _housed(self, item: Item, receipt: Receipt) -> Iterator[Spot]:
        for address in _opened(item, receipt) if isinstance(item.fact, AddressRecorded) else ():
            if where := spot(address):
                yield where

    def _digest(self, kind: str, text: str) -> Digest:
        return Digest(hmac.digest(self._key, f"{kind}\0{text}".encode(), sha256).hex()[:24])


def _opened(item: Item, receipt: Receipt) -> Iterator[str]:
    """Nothing of whom nobody can read any more: they are like nobody."""
    for text in _texts(item):
        with suppress(KeyDestroyed, BrokenSeal):
            yield receipt.open(text, item.stream, item.words, item.fact.label.subjects)


def _texts(item: Item) -> tuple[Personal, ...]:
    """A name as it is read, where that was written down, before as it is written; or an address
    that is not kept secret.
    """
    match item.fact:
        case PersonIdentified(name=name, kana=kana) | StaffRegistered(name=name, kana=kana):
            return (kana, name) if kana else (name,)
        case AddressRecorded(place=Place.REGISTERED | Place.RESIDENCE) as fact:
            return () if fact.label.concealed else (fact.text,)
    return ()
