"""Reading (読む): rows become items again; only those leave that this reader may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.rows import tuple_row
from pydantic_core import from_json

from domain.events import CATALOGUE
from domain.gate import WITHHELD, Item, Reader, Situation, shown
from domain.ledger import REPLACEMENT, BrokenSeal, seal_at
from domain.texts import texts
from domain.values import READ, Author, Capacity, Role, StaffId

K = TypeVar("K")
T = TypeVar("T")


class Group(NamedTuple):
    """The facts of one row (a つなぎ with its answer …) in order."""

    stream: UUID
    key: str
    items: tuple[Item, ...]
    kind: str


def grouped(stream: UUID, key: str, items: Iterable[Item]) -> Group:
    """What stands before the colon is asked of each row many times over, so it is cut off once."""
    return Group(stream, key, tuple(items), key.partition(":")[0])


def readable(groups: Iterable[Group], reader: Reader, situation: Situation) -> list[Group]:
    """The one way out of the read models: what the reader may not see is not there.

    A group of which nothing is left is not there either; what becomes of the others (answered,
    withdrawn, closed) is told from what is left of them.
    """
    found = []
    for group in groups:
        items = tuple(_let_through(group, reader, situation))
        if items:
            found.append(Group(group.stream, group.key, items, group.kind))
    return found


def _let_through(group: Group, reader: Reader, situation: Situation) -> Iterator[Item]:
    """What may be read, with the grant it is read by and what was withheld of it."""
    for each in group.items:
        if found := shown(reader, each, situation):
            stream, version, author, fact, words, position, _, _ = found.item
            grant, withheld = found.grant, found.withheld
            yield Item(stream, version, author, fact, words, position, grant, withheld)


def filled(
    ask: Callable[[K], tuple[list[T], K | None]], place: Callable[[T], K], start: K, limit: int
) -> tuple[list[T], K | None]:
    """A page of what may be read, and where the next begins: what may not be read neither
    shortens it nor marks its end, so that nothing is learnt of it.

    `ask` answers what may be read of the rows behind a place, and the last row's place if more
    rows may follow.
    """
    found: list[T] = []
    at: K | None = start
    while at is not None and len(found) <= limit:
        readable_here, at = ask(at)
        found += readable_here
    page = found[:limit]
    return page, place(page[-1]) if found[limit:] else None


def groups(rows: Iterable[tuple[UUID, str, str]]) -> list[Group]:
    """Rows as (stream, key, told) with their facts read again."""
    return [grouped(stream, key, _items(stream, told)) for stream, key, told in rows]


def _items(stream: UUID, told: str) -> Iterator[Item]:
    for each in from_json(f"[{told[:-1]}]"):
        fact = CATALOGUE[each["name"]].model_validate(each["fact"], context=READ)
        version, author = each["version"], _author(each["author"])
        words = each.get("words", version)
        item = Item(stream, version, author, fact, words, each["position"])
        for path, text in texts(fact):
            belongs(text, item, path)
        yield item


def belongs(text: str, item: Item, path: str) -> None:
    """BrokenSeal where a text says that it was sealed for another place; if it lies, it does not
    open.
    """
    within = path if item.words == item.version else f"{REPLACEMENT}{path}"
    if not text.startswith(seal_at(item.words, within)) and text != WITHHELD:
        raise BrokenSeal


def _author(given: dict[str, Any]) -> Author:
    capacity = given["capacity"]
    return _same_author(given["staff"], capacity["agency"], capacity["desk"], capacity["role"])


@lru_cache(maxsize=4096)
def _same_author(staff: str, agency: str, desk: str, role: str) -> Author:
    capacity = Capacity(agency=agency, desk=desk, role=Role(role))
    return Author(staff=StaffId(UUID(staff)), capacity=capacity)


def fetch(
    connection: Connection[Any], query: str, parameters: Sequence[Any] | Mapping[str, Any]
) -> list[Any]:
    """All rows of a query as tuples, whatever the connection makes of rows elsewhere."""
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        return cursor.execute(query, parameters, prepare=True).fetchall()
