"""The key database comes about: its tables, and the first key-encryption key."""

from uuid import UUID

import psycopg

from domain.ledger.datastore import Datastore
from domain.ledger.failures import UnsafeSettings
from domain.ledger.keys.service import FileKeys, KeyService
from domain.ledger.keys.store import SEALER, KeyStore
from domain.ledger.migrate import migrate
from domain.ledger.schema import KEYS
from domain.ledger.server import beside
from domain.ledger.settings import BESIDE, Settings


def migrate_keys(settings: Settings, tenant: UUID) -> None:
    """Bring the key database of a ledger to this version; made beside the ledger's where it has
    no place of its own.
    """
    url = settings.keys_url or _made_beside(settings)
    migrate(url, KEYS, tenant=tenant)
    store = KeyStore(Datastore(url, role=SEALER, pool_size=1))
    try:
        _first_kek(store, FileKeys(settings.keys, tenant))
    finally:
        store.close()


def _made_beside(settings: Settings) -> str:
    try:
        return beside(settings.url, BESIDE, made=True)
    except psycopg.errors.InsufficientPrivilege as refused:
        raise UnsafeSettings("create a database for the keys and set SETAI_KEYS_URL") from refused


def _first_kek(store: KeyStore, service: KeyService) -> None:
    """Never a second one in place of one that is missing: all it wrapped would be lost."""
    with store.alone():
        if store.current() is None:
            names = service.names()
            store.use(names[-1] if names else service.rotate())
