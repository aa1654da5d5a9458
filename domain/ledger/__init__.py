"""The ledger (台帳): alone in the domain it knows the event store, the database and the clock."""

from domain.ledger.asked import Asked, count_commands, every_command
from domain.ledger.batch import Answer
from domain.ledger.bell import Listener, listening
from domain.ledger.bulk import Item, record_many
from domain.ledger.failures import (
    BookNotMigrated,
    BrokenSeal,
    CommandIdReused,
    KeyDestroyed,
    KeysUnavailable,
    LedgerUnavailable,
    NotADemonstration,
    NotMigrated,
    OutcomeUnknown,
    ReceiptsUnavailable,
    StaleView,
    UnknownFact,
    UnsafeSettings,
    WrongTokenKey,
)
from domain.ledger.garbage import settle
from domain.ledger.keys import migrate_keys
from domain.ledger.ledger import Ledger
from domain.ledger.migrate import migrate
from domain.ledger.opening import (
    API,
    AUDITOR,
    PROJECTOR,
    READER,
    ledger_in_memory,
    open_datastore,
    open_ledger,
    open_receipts,
    open_sealer,
)
from domain.ledger.receipt import NotReceipted, Receipt
from domain.ledger.receipts import Receipts, digest_of
from domain.ledger.request import Decision, Outcome, Recall, Request, Stream, always, nothing
from domain.ledger.schema import LEDGER, RECEIPTS
from domain.ledger.sealing import ClearOpener, ClearSealer, Keyless, Opener, Sealer
from domain.ledger.seals import REPLACEMENT, head_of, seal_at
from domain.ledger.server import beside, database, embedded
from domain.ledger.settings import Settings
from domain.ledger.tokens import ForgedToken, TokenKey
from domain.recorded import Recorded

__all__ = [
    "API",
    "AUDITOR",
    "LEDGER",
    "PROJECTOR",
    "READER",
    "RECEIPTS",
    "REPLACEMENT",
    "Answer",
    "Asked",
    "BookNotMigrated",
    "BrokenSeal",
    "ClearOpener",
    "ClearSealer",
    "CommandIdReused",
    "Decision",
    "ForgedToken",
    "Item",
    "KeyDestroyed",
    "Keyless",
    "KeysUnavailable",
    "Ledger",
    "LedgerUnavailable",
    "Listener",
    "NotADemonstration",
    "NotMigrated",
    "NotReceipted",
    "Opener",
    "Outcome",
    "OutcomeUnknown",
    "Recall",
    "Receipt",
    "Receipts",
    "ReceiptsUnavailable",
    "Recorded",
    "Request",
    "Sealer",
    "Settings",
    "StaleView",
    "Stream",
    "TokenKey",
    "UnknownFact",
    "UnsafeSettings",
    "WrongTokenKey",
    "always",
    "beside",
    "count_commands",
    "database",
    "digest_of",
    "embedded",
    "every_command",
    "head_of",
    "ledger_in_memory",
    "listening",
    "migrate",
    "migrate_keys",
    "nothing",
    "open_datastore",
    "open_ledger",
    "open_receipts",
    "open_sealer",
    "record_many",
    "seal_at",
    "settle",
]
