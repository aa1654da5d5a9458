"""The collector: what is loaded for good is not walked again."""

import gc
from collections.abc import Iterator

import pytest

from domain.ledger import settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    usual = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*usual)


def test_what_is_there_is_put_out_of_the_collectors_way() -> None:
    settle()
    assert gc.get_freeze_count() > 0
    assert gc.isenabled()
