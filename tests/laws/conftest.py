"""A database in which towns live, with every table that is made of its log."""

from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pytest

from domain.ledger import PROJECTOR, Ledger, Settings, open_datastore, open_ledger
from domain.ledger.datastore import Datastore
from projections.every import PROJECTIONS, READS
from projections.places import prepare
from projections.runner import Runner
from tests.by_night import BY_NIGHT
from tests.conftest import MakeDatabase

TOWNS = 10 if BY_NIGHT else 1
"""Databases one after the other: the lists of the past are of all that ever lived in one."""


class Stored(NamedTuple):
    """Where towns write, the tables, and what carries the one into the other."""

    ledger: Ledger
    tables: Datastore
    runner: Runner


@pytest.fixture(scope="module", params=range(TOWNS))
def stored(make_database: MakeDatabase) -> Iterator[Stored]:
    wanted = Settings(make_database(demonstration=True))
    with (
        closing(open_ledger(wanted)) as ledger,
        closing(open_ledger(wanted, role=PROJECTOR)) as read_by,
        closing(open_datastore(wanted, PROJECTOR)) as tables,
    ):
        runner = Runner(tables, read_by, PROJECTIONS)
        runner.prepare()
        with tables.session() as connection:
            prepare(connection, READS)
        yield Stored(ledger, tables, runner)
