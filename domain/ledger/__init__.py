"""The ledger (台帳): alone in the domain it knows the event store, the database and the clock."""

from domain.ledger.bell import Listener, listening
from domain.ledger.bulk import Item, record_many
from domain.ledger.failures import (
    CommandIdReused,
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
)
from domain.ledger.receipt import ClearOpener, NotReceipted, Opener, Receipt
from domain.ledger.receipts import Receipts, digest_of
from domain.ledger.request import Attempt, Decision, Outcome, Request, Stream, always
from domain.ledger.schema import LEDGER, RECEIPTS
from domain.ledger.sealing import ClearSealer, Sealer
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
    "Attempt",
    "ClearOpener",
    "ClearSealer",
    "CommandIdReused",
    "Decision",
    "ForgedToken",
    "Item",
    "Ledger",
    "LedgerUnavailable",
    "Listener",
    "NotADemonstration",
    "NotMigrated",
    "NotReceipted",
    "Opener",
    "Outcome",
    "OutcomeUnknown",
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
    "database",
    "digest_of",
    "embedded",
    "ledger_in_memory",
    "listening",
    "migrate",
    "open_datastore",
    "open_ledger",
    "open_receipts",
    "record_many",
    "settle",
]
