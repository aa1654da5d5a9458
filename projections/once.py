"""一度きり: whose turn it is to be shown what is shown once, and whether it was."""

from collections.abc import Iterable
from typing import Any

from psycopg import Connection

from domain.gate import Place
from projections.access import used
from projections.reading import fetch

_TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"


def in_turn(connection: Connection[Any], accesses: Iterable[Place]) -> bool:
    """Whether nobody else is being shown these now; nobody is until the transaction ends."""
    names = [f"{access.stream}:{access.version}" for access in accesses]
    return all(fetch(connection, _TURN, (name,))[0][0] for name in names)


def unused(connection: Connection[Any], accesses: Iterable[Place]) -> bool:
    """Whether, as the tables say, nobody was."""
    return not used(connection, accesses)
