"""Opening (開始): a ledger over a database that has been found safe, or one in memory."""

import os

from domain.ledger.datastore import Datastore
from domain.ledger.ledger import Ledger
from domain.ledger.memory import MemoryRecorder
from domain.ledger.receipt import Opener
from domain.ledger.receipts import Receipts
from domain.ledger.recorder import LedgerRecorder
from domain.ledger.safety import check_environment, check_schema, check_server, server_settings
from domain.ledger.schema import LEDGER, RECEIPTS, Schema
from domain.ledger.sealing import Sealer
from domain.ledger.settings import Settings

API = "setai_api"
PROJECTOR = "setai_projector"
READER = "setai_reader"
AUDITOR = "setai_auditor"


def open_datastore(settings: Settings, role: str, schema: Schema = LEDGER) -> Datastore:
    """A pool of connections as that role; refused when facts could be lost or rewritten."""
    check_environment(os.environ)
    datastore = Datastore(
        settings.url,
        role=role,
        pool_size=settings.pool_size,
        timeout=settings.timeout,
        schema=schema.name,
    )
    with datastore.fresh() as connection:
        check_server(server_settings(connection))
        check_schema(connection, schema)
    return datastore


def open_ledger(settings: Settings, *, role: str = API, sealer: Sealer | None = None) -> Ledger:
    recorder = LedgerRecorder(open_datastore(settings, role))
    return Ledger(recorder, sealer, states=settings.states)


def open_receipts(
    settings: Settings,
    *,
    role: str = READER,
    sealer: Sealer | None = None,
    opener: Opener | None = None,
) -> Receipts:
    """The 閲覧簿, in a database of its own that has been found as safe as the ledger's."""
    return Receipts(open_datastore(settings, role, RECEIPTS), sealer, opener)


def ledger_in_memory(*, demonstration: bool = False, sealer: Sealer | None = None) -> Ledger:
    """For unit tests: the same answers, nothing kept."""
    return Ledger(MemoryRecorder(demonstration=demonstration), sealer)
