"""しきい値: every number the rules rest on, and why it is that number.

They were chosen on invented cities (seeds 1001 to 1005, 2001, 2002, 2010) other than those they are
measured on (`make bench ARGS=alerts`), and change only together with a new measurement.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

A_DAY: Final = 20
"""一日の上限: what one privacy officer can look into before the next day's list; the rest is
counted.
"""

SEARCH: Final = "search"
LISTS: Final = frozenset(
    {
        SEARCH,
        "households",
        "tasks",
        "disclosures",
        "duplicates",
        "sittings",
        "statistics-households",
        "statistics-trace",
    }
)
"""一覧の画面: households merely listed there were not chosen by the reader."""

GRACE: Final = timedelta(days=30)
"""A case that was closed or passed on is still asked about for a month or so."""

RECEPTION: Final = timedelta(minutes=60)
"""Who takes somebody in opens the namesakes first; the record is written within the hour."""

SLIP: Final = timedelta(minutes=3)
"""押し間違い: whoever opens the right household within three minutes did not stay to read."""

NIGHT_FROM, NIGHT_UNTIL = 22, 5
"""深夜 (労働基準法37条4項): overtime ends before it, except for whoever is on call."""

CROWD_DAYS: Final = timedelta(days=14)
CROWD: Final = 4
"""Two or three strangers come about by chance; four in a fortnight have heard something."""

AGAIN_DAYS: Final = timedelta(days=60)
AGAIN: Final = 2
"""A household that is nobody's business is opened twice only on purpose."""

BURST: Final = timedelta(minutes=60)
BURST_LEAST, BURST_LEAST_AFTER_HOURS = 7, 4
BURST_TIMES, BURST_DAYS = 3, timedelta(days=60)
"""Households and searches within the hour that nothing explains: ordinary work reached four of
them, and one after hours, when nobody calls or comes. Somebody whose work is to read widely is
compared with their own last two months.
"""

POINTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "no-relation": 4,
        "slip": 1,
        "left": 3,
        "closed": 2,
        "same-surname": 5,
        "same-address": 5,
        "own-colleague": 5,
        "any-colleague": 2,
        "off-hours": 1,
        "night": 3,
        "crowd": 3,
        "again": 3,
        "burst": 6,
    }
)
"""How much a mark weighs. What looks like a private interest weighs most, and half in the reader's
own work; what ordinary work does every day (evenings, closed files, slips) weighs least and needs
company; a household nobody at the agency has to do with lies between.
"""

LISTED: Final = 5
"""A stranger's single read in the daytime (4) is mostly a call put through: not listed alone. The
same surname, the same block or a colleague's family (5) is, unless it is the reader's own work.
"""
