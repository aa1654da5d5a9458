"""The keys of one ledger, found safe and belonging to it."""

from uuid import UUID

from domain.ledger.datastore import Datastore
from domain.ledger.failures import KeysUnavailable, LedgerUnavailable, UnsafeSettings
from domain.ledger.keys.ring import KeyRing
from domain.ledger.keys.service import FileKeys
from domain.ledger.keys.store import SEALER, KeyStore
from domain.ledger.safety import check_schema, check_server, server_settings
from domain.ledger.schema import KEYS
from domain.ledger.settings import Settings

_TENANT = "SELECT value FROM keys.meta WHERE key = 'tenant'"


def open_store(settings: Settings, tenant: UUID) -> KeyStore:
    """As the sealer; refused when keys could be lost, or are another ledger's."""
    datastore = Datastore(
        settings.keys_at, role=SEALER, pool_size=settings.pool_size, timeout=settings.timeout
    )
    try:
        with datastore.fresh() as connection:
            check_server(server_settings(connection))
            check_schema(connection, KEYS)
            of = connection.execute(_TENANT).fetchone()
    except LedgerUnavailable as gone:
        raise KeysUnavailable from gone
    if of != (str(tenant),):
        raise UnsafeSettings("the keys belong to another ledger")
    return KeyStore(datastore)


def open_keys(settings: Settings, tenant: UUID) -> KeyRing:
    """The first keys are laid in at once, so that what is missing is missed at the start."""
    ring = KeyRing(open_store(settings, tenant), FileKeys(settings.keys, tenant))
    ring.of(tenant)
    return ring
