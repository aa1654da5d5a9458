"""What must hold after any fault: each acknowledged write is in the log once, and whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import tuple_row

from domain.ledger import Ledger, Recorded
from projections import places
from projections.every import PROJECTIONS
from projections.table import SCHEMA
from tests.faults.clients import Ack

Rows = dict[str, list[tuple[Any, ...]]]


def assert_kept_once(ledger: Ledger, acks: Iterable[Ack]) -> None:
    """Every acknowledged command has all of its facts where its answer said, and no other has."""
    by_command: dict[UUID | None, list[Recorded]] = defaultdict(list)
    log = ledger.read(0, 10_000_000)
    for recorded in log:
        by_command[recorded.command_id].append(recorded)
    for ack in acks:
        facts = by_command.pop(ack.key)
        assert len(facts) == ack.facts
        last = facts[-1].position
        assert ack.position == last
        assert [r.position for r in facts] == list(range(last - len(facts) + 1, last + 1))
    asked_for = [r for facts in by_command.values() for r in facts if _is_case(r)]
    assert not asked_for, "facts of commands that were never acknowledged"
    assert_no_gaps(log)


def _is_case(recorded: Recorded) -> bool:
    return type(recorded.fact).__name__ not in {"StaffRegistered", "Appointed"}


def assert_no_gaps(log: list[Recorded]) -> None:
    assert [r.position for r in log] == list(range(1, len(log) + 1))
    counted: Counter[UUID] = Counter()
    for recorded in log:
        counted[recorded.stream] += 1
        assert recorded.version == counted[recorded.stream]


def tables(connection: Connection[Any]) -> Rows:
    """All rows of all read models."""
    found: Rows = {}
    with connection.cursor(row_factory=tuple_row) as cursor:
        for table in (table for projection in PROJECTIONS for table in projection.tables):
            columns = ", ".join(("stream", "key", "told", *table.columns))
            query = f"SELECT {columns} FROM {SCHEMA}.{table.name} ORDER BY stream, key"  # noqa: S608
            found[table.name] = cursor.execute(query).fetchall()
    return found


def behind(connection: Connection[Any], head: int) -> dict[str, int]:
    return {each.name: each.behind for each in places.health(connection, head)}
