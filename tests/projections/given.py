"""Given facts in a log; the rows they should come to, told the slow and simple way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row
from pydantic_core import from_json

from domain.events import Fact
from domain.gate import WITHHELD, Item
from domain.ledger import Ledger, head_of
from domain.ledger.batch import CommandRow, FactRow, Unit
from domain.texts import texts
from domain.values import Author
from projections.history import as_it_reads
from projections.projection import Projection
from tests.facts import AUTHOR

Rows = dict[tuple[str, UUID, str], tuple[list[int], dict[str, Any]]]
"""By table, stream and key: the versions of the facts told, and the columns that are set."""


class Told:
    """Appends facts as they are, without a decision; versions are counted per stream."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.versions: dict[UUID, int] = {}

    def __call__(self, stream: UUID, *facts: Fact, by: Author = AUTHOR) -> int:
        return self.all([(stream, fact) for fact in facts], by)

    def all(self, facts: Sequence[tuple[UUID, Fact]], by: Author = AUTHOR) -> int:
        """The position of the last of them."""
        mapper = self.ledger.mapper
        envelope, versions, told = mapper.envelope(by), dict(self.versions), []
        for stream, fact in facts:
            version = versions[stream] = versions.get(stream, 0) + 1
            body = mapper.encode(envelope, stream, version, fact)
            told.append((stream, type(fact).__name__, body))
        return self.stored(told)

    def words(self, seen: object) -> str:
        """All personal text in what somebody was shown, opened."""
        opener = self.ledger.sealer.opener()
        return " ".join(
            opener.open(text, item.stream, head_of(text).version, item.fact.label.subjects)
            for item in _items(seen)
            for _, text in texts(item.fact)
            if text != WITHHELD
        )

    def stored(self, facts: Iterable[tuple[UUID, str, bytes]]) -> int:
        """Facts by name and bytes, also such as nobody can read."""
        rows = []
        for stream, name, body in facts:
            version = self.versions[stream] = self.versions.get(stream, 0) + 1
            rows.append(FactRow(stream, version, name, body))
        unit = Unit([CommandRow(None, b"", "", None, "{}", None, len(rows))], rows)
        return self.ledger.log.append(unit).kept[0].position or 0


def _items(seen: object) -> Iterator[Item]:
    match seen:
        case Item():
            yield seen
        case dict():
            yield from _items(tuple(seen.values()))
        case tuple() | list():
            for part in seen:
                yield from _items(part)
        case _ if is_dataclass(seen):
            yield from _items(tuple(getattr(seen, each.name) for each in fields(seen)))


def oracle(
    projections: Iterable[Projection], ledger: Ledger, streams: Iterable[UUID], until: int
) -> Rows:
    """Each stream by itself, fact by fact, as it reads at a position."""
    found: Rows = {}
    for stream in streams:
        for recorded in as_it_reads(ledger.history(stream, until=until)):
            for projection in projections:
                for table, key, columns, told in projection.rows(recorded):
                    versions, said = found.setdefault((table.name, stream, key), ([], {}))
                    said |= {name: value for name, value in columns.items() if value is not None}
                    versions += [recorded.version] if told else []
    return found


def rows(connection: psycopg.Connection[Any], projections: Iterable[Projection]) -> Rows:
    """What the tables hold."""
    found: Rows = {}
    for projection in projections:
        for table in projection.tables:
            names = ["stream", "key", "told", *table.columns]
            query = f"SELECT {', '.join(names)} FROM projections.{table.name}"  # noqa: S608
            with connection.cursor(row_factory=tuple_row) as cursor:
                for stream, key, told, *values in cursor.execute(query):
                    pairs = zip(table.columns, values, strict=True)
                    said = {name: value for name, value in pairs if value is not None}
                    found[table.name, stream, key] = (_versions(told), said)
    return found


def _versions(told: str) -> list[int]:
    return [each["version"] for each in from_json(f"[{told[:-1]}]")]


def of_streams(found: Rows, streams: Iterable[UUID]) -> Rows:
    wanted = set(streams)
    return {place: row for place, row in found.items() if place[1] in wanted}


def tables(connection: psycopg.Connection[Any]) -> list[str]:
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'projections'"
    with connection.cursor(row_factory=tuple_row) as cursor:
        return [name for (name,) in cursor.execute(query)]
