"""One application over a real PostgreSQL for the module, with its staff appointed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.api.at_work import HOMES, at_work
from tests.api.town import DatedTown, Town, settle
from tests.conftest import MakeDatabase


@pytest.fixture(scope="module")
def town(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    keys = Path(tmp_path_factory.mktemp("keys"))
    with at_work(Town, module_database, module_book, keys, settle) as town:
        yield town


@pytest.fixture(scope="module")
def dated(
    make_database: MakeDatabase, make_book: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatedTown]:
    """A demonstration of the same town, whose clock the tests set; of sato it is known where they
    live.
    """
    database = make_database(demonstration=True)
    kept = make_book(database, demonstration=True)
    keys = Path(tmp_path_factory.mktemp("keys"))
    (keys / HOMES).write_text("subject,address\nsato,試験市中町1丁目2番5号\n", encoding="utf-8")
    settled = partial(settle, at=DatedTown.now)
    with at_work(DatedTown, database, kept, keys, settled) as town:
        yield town
