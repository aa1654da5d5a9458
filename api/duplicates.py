"""名寄せの候補: who may be one person, shown to 名寄せ担当 alone."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from psycopg import Connection

from api.deps import Cursor, Limit, ReadDep
from api.showing import Later, Showing, Shown
from domain.events.person import AddressRecorded, PersonIdentified
from domain.events.viewing import SERVER, IndexBuilt
from domain.gate import Item, Reader
from domain.ledger import KeyDestroyed, Receipt, Receipts
from domain.texts import texts
from domain.values import Personal, Role, Value
from projections.access import alone
from projections.conflicts import recused
from projections.duplicates import DuplicateIndex, Opened, Pair, Reason, place
from projections.people import Person, changed_people, people
from projections.reading import readable

router = APIRouter(tags=["本人"])
_AT_ONCE = 500


class PairLine(Value):
    """同じ人かもしれない二人と、その理由。"""

    one: UUID
    other: UUID
    reasons: tuple[Reason, ...]


class Duplicates(Value):
    """名寄せの候補。`people` はそれぞれの身元の記録。"""

    pairs: tuple[PairLine, ...]
    people: dict[UUID, tuple[Shown, ...]]
    next: str | None


class Candidates:
    """The index of this process: follows the people as they change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = DuplicateIndex()
        self._destroyed = 0

    def pairs(
        self,
        connection: Connection[Any],
        book: Receipts,
        *,
        reader: Reader,
        after: tuple[int, UUID, UUID] | None,
        limit: int,
    ) -> list[Pair]:
        if reader.capacity.role is not Role.IDENTITY:
            return []
        with self._lock:
            self._read(connection, book, reader.at)
            aside = recused(connection, reader).streams
            return self._index.pairs(reader=reader, aside=aside, after=after, limit=limit)

    def _read(self, connection: Connection[Any], book: Receipts, at: datetime) -> None:
        """Those who changed since, and those whose key was destroyed; a person absorbed is looked
        at as the survivor.
        """
        index = self._index
        self._destroyed, gone = book.destroyed(self._destroyed)
        erased = people(connection, gone) if index.position else {}
        self._take_in(list(erased.items()), index.position, book, at)
        while changed := changed_people(connection, after=index.position, limit=_AT_ONCE):
            position = changed[-1][0]
            self._take_in([each[1:] for each in changed], position, book, at)
            index.position = position

    def _take_in(
        self, changed: Sequence[tuple[UUID, Person]], position: int, book: Receipts, at: datetime
    ) -> None:
        if not changed:
            return
        streams = {group.stream for _, person in changed for group in person.groups}
        built = IndexBuilt(view="duplicates", position=position, persons=len(streams))
        receipt = book.commit(SERVER, built, at)
        receipt.prepare(text for _, person in changed for text in _compared(person))
        for known_as, person in changed:
            self._index.drop(known_as)
            self._index.put(_opened(person, receipt))


def _compared(person: Person) -> Iterator[str]:
    """What is opened of a person, whose keys are fetched at once."""
    kinds = (PersonIdentified, AddressRecorded)
    facts = (item.fact for group in person.groups for item in group.items)
    return (text for fact in facts if isinstance(fact, kinds) for _, text in texts(fact))


def _opened(person: Person, receipt: Receipt) -> Opened:
    """A concealed person is compared by name and birth alone, and nobody by an address that is kept
    secret: a match must not tell a place.
    """
    items = [item for group in person.groups for item in group.items]
    identified = [item for item in items if isinstance(item.fact, PersonIdentified)]
    told = [item for item in items if not item.fact.label.concealed]
    living = [item for item in told if isinstance(item.fact, AddressRecorded)]
    addresses = () if person.concealed else tuple(_place(receipt, item) for item in living)
    last = identified[-1].fact if identified else None
    if not isinstance(last, PersonIdentified):
        return Opened(person.id, addresses=addresses)
    opened = partial(_text, receipt, identified[-1])
    phones = () if person.concealed else tuple(map(opened, last.phones))
    birth = opened(last.birth_date) if last.birth_date else None
    return Opened(person.id, opened(last.kana), birth, phones, addresses)


def _text(receipt: Receipt, item: Item, text: Personal) -> str:
    """Empty where the key was destroyed: nothing is like it."""
    try:
        return receipt.open(text, item.stream, item.words, item.fact.label.subjects)
    except KeyDestroyed:
        return ""


def _place(receipt: Receipt, item: Item) -> str:
    return _text(receipt, item, item.fact.text) if isinstance(item.fact, AddressRecorded) else ""


@router.get("/duplicates", summary="名寄せの候補を読む（名寄せ担当）", response_model=Duplicates)
def duplicates(
    request: Request, read: ReadDep, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    candidates: Candidates = request.app.state.candidates
    after = read.resume(cursor, int, UUID, UUID)
    found = read(candidates.pairs, read.services.book, after=after, limit=limit)
    named = read(_named, found, read.showing)
    more = place(found[-1]) if len(found) == limit else None
    pairs = [pair._asdict() for pair in found]
    return read.answer({"pairs": pairs, "people": named, "next": read.next_cursor(more)})


def _named(
    connection: Connection[Any], pairs: Sequence[Pair], showing: Showing, *, reader: Reader
) -> dict[UUID, list[Later]]:
    """Behind the same walls as in any household of theirs."""
    known = people(connection, _persons(pairs))
    state = alone(connection, known, reader.today).situation
    return {
        key: [
            shown
            for group in readable(person.groups, reader, state)
            for shown in showing.items_of(group.items)
        ]
        for key, person in known.items()
    }


def _persons(pairs: Iterable[Pair]) -> Iterable[UUID]:
    return (person for pair in pairs for person in (pair.one, pair.other))
