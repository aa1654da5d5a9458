"""Keys (鍵): what opens the seals; in a database of their own, wrapped by a key that is in none."""

from domain.ledger.keys.migrate import migrate_keys
from domain.ledger.keys.opening import open_keys, open_store
from domain.ledger.keys.ring import KeyRing
from domain.ledger.keys.rotation import KeyStatus, drop_idle, rotate, status
from domain.ledger.keys.service import FileKeys, KeyService
from domain.ledger.keys.store import SEALER, KeyStore

__all__ = [
    "SEALER",
    "FileKeys",
    "KeyRing",
    "KeyService",
    "KeyStatus",
    "KeyStore",
    "drop_idle",
    "migrate_keys",
    "open_keys",
    "open_store",
    "rotate",
    "status",
]
