"""A ledger in both the places it may lie, and one at the end of a line that can be cut."""

from collections.abc import Iterator

import pytest

from domain.ledger import Ledger, Settings, ledger_in_memory, open_ledger
from tests.ledger.given import Visit, new, stamp, visit
from tests.ledger.proxy import Proxy


@pytest.fixture(params=["memory", "postgres"])
def either(request: pytest.FixtureRequest) -> Ledger:
    """The log in memory must answer as the one in PostgreSQL does."""
    if request.param == "memory":
        return ledger_in_memory()
    found: Ledger = request.getfixturevalue("ledger")
    return found


@pytest.fixture
def proxy(database_url: str) -> Iterator[Proxy]:
    proxy = Proxy(database_url, marker=b"Visit")
    yield proxy
    proxy.close()


@pytest.fixture
def far(proxy: Proxy) -> Iterator[Ledger]:
    """A ledger behind the proxy, to which a first visit was recorded."""
    ledger = open_ledger(Settings(proxy.url, timeout=10))
    ledger.record(visit, Visit(), stamp(), new())
    yield ledger
    ledger.close()
