"""The gate (閲覧の関門): one function for every output — page, list, search, export, past view.

`may_read` answers for a fact, `shown` leaves of it what is the reader's; `situation_of` tells from
the facts of a household what both must know; `explained` asks the same of any day.
"""

from domain.events.addressed import Address, addressed
from domain.gate.again import shown_again
from domain.gate.bare import WITHHELD, beside
from domain.gate.barriers import acts_against, faces, stands_aside, takes_sides, walled
from domain.gate.deciding import may_read
from domain.gate.past import explained, items_at, stood_then
from domain.gate.reader import Reader
from domain.gate.showing import Shown, shown
from domain.gate.situation import Change, Consent, Handed, Situation
from domain.gate.spoken import Item, item_of, thread
from domain.gate.telling import situation_of
from domain.gate.telltale import whom
from domain.gate.verdict import FRAME_ONLY, ONCE, REASONS, Denial, Grant, Place, Verdict

__all__ = [
    "FRAME_ONLY",
    "ONCE",
    "REASONS",
    "WITHHELD",
    "Address",
    "Change",
    "Consent",
    "Denial",
    "Grant",
    "Handed",
    "Item",
    "Place",
    "Reader",
    "Shown",
    "Situation",
    "Verdict",
    "acts_against",
    "addressed",
    "beside",
    "explained",
    "faces",
    "item_of",
    "items_at",
    "may_read",
    "shown",
    "shown_again",
    "situation_of",
    "stands_aside",
    "stood_then",
    "takes_sides",
    "thread",
    "walled",
    "whom",
]
