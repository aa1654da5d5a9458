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

from domain.ledger.datastore import Datastore
from domain.ledger.memory import MemoryRecorder
from domain.ledger.opening import API
from domain.ledger.recorder import LedgerRecorder

# The test package asks for a cipher over pycryptodome; its twin over cryptography will do.
sys.modules.setdefault("eventsourcing.cipher", cryptography)
from eventsourcing.tests.persistence import (  # noqa: E402
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)


class OnPostgres:
    """Each test has an empty database and gives its connections back."""

    recorders: list[LedgerRecorder]
    url: str

    @pytest.fixture(autouse=True)
    def _empty(self, database_url: str) -> Iterator[None]:
        self.url = database_url
        self.recorders = []
        yield
        for recorder in self.recorders:
            recorder.close()

    def create_recorder(self) -> Any:
        self.recorders.append(LedgerRecorder(Datastore(self.url, role=API)))
        return self.recorders[-1]


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


class TestMemory(ApplicationRecorderTestCase[MemoryRecorder]):
    def create_recorder(self) -> MemoryRecorder:
        return MemoryRecorder()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestMemoryAggregates(AggregateRecorderTestCase):
    def create_recorder(self) -> AggregateRecorder:
        return Placeless(MemoryRecorder())  # type: ignore[return-value]
