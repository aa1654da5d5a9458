"""気になる閲覧: explainable rules over the 閲覧簿, for the privacy officer's daily list.

Pure: reads and circumstances come in as plain records, alerts with their evidence go out. Nobody is
accused: an alert says what is there, and a person decides.
"""

from domain.unusual.alert import Alert, DayList, Mark
from domain.unusual.circumstances import Circumstances, Digest, End, Near, Reception, Tie
from domain.unusual.reads import Outcome, ReadLine, ReceiptRef
from domain.unusual.viewed import lines_of
from domain.unusual.watching import watched
from domain.unusual.work import Act, present, ties_of

__all__ = [
    "Act",
    "Alert",
    "Circumstances",
    "DayList",
    "Digest",
    "End",
    "Mark",
    "Near",
    "Outcome",
    "ReadLine",
    "ReceiptRef",
    "Reception",
    "Tie",
    "lines_of",
    "present",
    "ties_of",
    "watched",
]
