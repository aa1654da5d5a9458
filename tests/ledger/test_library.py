"""The library's own recorder test cases, run against ours.

Not run, for a reason each:
- `TrackingRecorderTestCase`, `ProcessRecorderTestCase`: the ledger tracks nothing; a projection
  moves its own position in its own transaction.
- `InfrastructureFactoryTestCase`: there is no factory; a ledger is opened from our Settings, and
  what the library would take from the environment is refused at the start.
- `TranscoderTestCase`: facts are stored as pydantic writes them (see test_mapper.py).
"""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from eventsourcing import cryptography
from eventsourcing.persistence import AggregateRecorder, ApplicationRecorder

from domain.ledger.append_only import AppendOnly
from domain.ledger.book import BookRecorder
from domain.ledger.datastore import Datastore
from domain.ledger.memory import MemoryRecorder
from domain.ledger.opening import API
from domain.ledger.recorder import LedgerRecorder
from domain.ledger.schema import OWNER, RECEIPTS

# The test package asks for a cipher over pycryptodome; its twin over cryptography will do.
sys.modules.setdefault("eventsourcing.cipher", cryptography)
from eventsourcing.tests.persistence import (  # noqa: E402
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)


class OnPostgres:
    """Each test has an empty database and gives its connections back."""

    recorders: list[AppendOnly]
    url: str
    empty = "database_url"

    @pytest.fixture(autouse=True)
    def _empty(self, request: pytest.FixtureRequest) -> Iterator[None]:
        self.url = request.getfixturevalue(self.empty)
        self.recorders = []
        yield
        for recorder in self.recorders:
            recorder.close()

    def create_recorder(self) -> Any:
        self.recorders.append(self.recorder())
        return self.recorders[-1]

    def recorder(self) -> AppendOnly:
        return LedgerRecorder(Datastore(self.url, role=API))


class Placeless:
    """A recorder of aggregates is not asked for positions in the log; ours always answers them."""

    def __init__(self, recorder: ApplicationRecorder) -> None:
        self._recorder = recorder
        self.select_events = recorder.select_events

    def insert_events(self, *given: Any) -> None:
        self._recorder.insert_events(*given)


class TestAggregates(OnPostgres, AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return Placeless(super().create_recorder())  # type: ignore[return-value]


class TestApplication(OnPostgres, ApplicationRecorderTestCase[LedgerRecorder]):
    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnPostgres, NonInterleavingNotificationIDsBaseCase):
    insert_num = 200


class OnBook(OnPostgres):
    """The 閲覧簿 as its owner has it, who alone may give versions and read."""

    empty = "book_url"

    def recorder(self) -> AppendOnly:
        return BookRecorder(Datastore(self.url, role=OWNER, schema=RECEIPTS.name))


class TestBookAggregates(OnBook, AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return Placeless(super().create_recorder())  # type: ignore[return-value]


class TestBook(OnBook, ApplicationRecorderTestCase[BookRecorder]):
    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestBookNonInterleaving(OnBook, NonInterleavingNotificationIDsBaseCase):
    insert_num = 200


class TestMemory(ApplicationRecorderTestCase[MemoryRecorder]):
    def create_recorder(self) -> MemoryRecorder:
        return MemoryRecorder()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestMemoryAggregates(AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return Placeless(MemoryRecorder())  # type: ignore[return-value]
