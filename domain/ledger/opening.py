"""Opening (開始): a ledger over a database that has been found safe, or one in memory."""

import os
from uuid import UUID

from domain.ledger.datastore import Datastore
from domain.ledger.failures import BookNotMigrated, NotMigrated
from domain.ledger.keys import open_keys
from domain.ledger.ledger import Ledger
from domain.ledger.memory import MemoryRecorder
from domain.ledger.receipts import Receipts
from domain.ledger.recorder import LedgerRecorder
from domain.ledger.safety import check_environment, check_schema, check_server, server_settings
from domain.ledger.schema import LEDGER, RECEIPTS, Schema
from domain.ledger.sealer import KeySealer
from domain.ledger.sealing import Keyless, Opener, Sealer
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
    """Whoever writes holds the keys; nobody else does."""
    datastore = open_datastore(settings, role)
    if sealer is None:
        sealer = open_sealer(settings, tenant_of(datastore)) if role == API else Keyless()
    return Ledger(LedgerRecorder(datastore), sealer, states=settings.states)


def open_sealer(settings: Settings, tenant: UUID) -> KeySealer:
    return KeySealer(open_keys(settings, tenant), tenant)


def tenant_of(datastore: Datastore) -> UUID:
    """The municipality's random id, which binds its seals to its ledger."""
    query = "SELECT value FROM ledger.meta WHERE key = 'tenant'"
    with datastore.fresh() as connection:
        row = connection.execute(query).fetchone()
    if row is None:
        raise NotMigrated
    return UUID(row[0])


def open_receipts(
    settings: Settings,
    *,
    role: str = READER,
    sealer: Sealer | None = None,
    opener: Opener | None = None,
) -> Receipts:
    """The 閲覧簿, in a database of its own that has been found as safe as the ledger's."""
    try:
        datastore = open_datastore(settings, role, RECEIPTS)
    except NotMigrated as missing:
        raise BookNotMigrated from missing
    if sealer is None:
        return Receipts(datastore, Keyless(), opener)
    return Receipts(datastore, sealer, opener or sealer.opener())


def ledger_in_memory(*, demonstration: bool = False, sealer: Sealer | None = None) -> Ledger:
    """For unit tests: the same answers, nothing kept."""
    return Ledger(MemoryRecorder(demonstration=demonstration), sealer)
