"""名寄せの候補: who may be one person, shown to 名寄せ担当 alone."""

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from psycopg import Connection

from api.callers import answer
from api.deps import Cursor, Limit, ReadDep
from api.showing import Showing, Shown
from domain.events.person import AddressRecorded, PersonIdentified
from domain.gate import Reader, Situation
from domain.values import Role, Value
from projections import places
from projections.duplicates import DuplicateIndex, Opened, Pair, Reason, place
from projections.people import PROJECTION, Person, people
from projections.reading import fetch, readable

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
    """The index of this process: read anew when people have changed since it was last asked."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = DuplicateIndex(position=-1)

    def pairs(
        self,
        connection: Connection[Any],
        showing: Showing,
        *,
        reader: Reader,
        after: tuple[int, UUID, UUID] | None,
        limit: int,
    ) -> list[Pair]:
        if reader.capacity.role is not Role.IDENTITY:
            return []
        with self._lock:
            self._read(connection, showing)
            return self._index.pairs(reader=reader, after=after, limit=limit)

    def _read(self, connection: Connection[Any], showing: Showing) -> None:
        position = places.positions(connection).get(PROJECTION.name, 0)
        if position == self._index.position:
            return
        index = DuplicateIndex(position=position)
        rows = fetch(connection, "SELECT DISTINCT stream FROM projections.people", ())
        every = [row[0] for row in rows]
        for start in range(0, len(every), _AT_ONCE):
            known = people(connection, every[start : start + _AT_ONCE])
            for asked, person in known.items():
                if asked == person.id:
                    index.put(_opened(person, showing))
        self._index = index


def _opened(person: Person, showing: Showing) -> Opened:
    """A concealed person is compared by name and birth alone: a match must not tell a place."""
    facts = [item.fact for group in person.groups for item in group.items]
    identified = [fact for fact in facts if isinstance(fact, PersonIdentified)]
    living = [fact for fact in facts if isinstance(fact, AddressRecorded)]
    last = identified[-1] if identified else None
    return Opened(
        person.id,
        showing.opened(last.kana) if last else None,
        showing.opened(last.birth_date) if last and last.birth_date else None,
        () if person.concealed or not last else tuple(map(showing.opened, last.phones)),
        () if person.concealed else tuple(showing.opened(fact.text) for fact in living),
    )


@router.get("/duplicates", summary="名寄せの候補を読む（名寄せ担当）", response_model=Duplicates)
def duplicates(
    request: Request, read: ReadDep, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    candidates: Candidates = request.app.state.candidates
    after = read.resume(cursor, int, UUID, UUID)
    found = read(candidates.pairs, read.showing, after=after, limit=limit)
    named = read(_named, found, read.showing)
    more = place(found[-1]) if len(found) == limit else None
    pairs = [pair._asdict() for pair in found]
    return answer({"pairs": pairs, "people": named, "next": read.next_cursor(more)})


def _named(
    connection: Connection[Any], pairs: Sequence[Pair], showing: Showing, *, reader: Reader
) -> dict[UUID, list[dict[str, Any]]]:
    known = people(connection, _persons(pairs))
    return {
        key: [
            shown
            for group in readable(person.groups, reader, Situation())
            for shown in showing.items(group.items)
        ]
        for key, person in known.items()
    }


def _persons(pairs: Iterable[Pair]) -> Iterable[UUID]:
    return (person for pair in pairs for person in (pair.one, pair.other))
