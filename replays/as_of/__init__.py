"""ある日の姿を組み立て直す: a household, a sitting, or the whole municipality, at a point of both
clocks.

No key is held here: what comes out are codes and days; people are numbered in the order in which
they joined, and what is hidden from anybody, or would betray a place, is left out.
"""

from replays.as_of.difference import Changes, difference
from replays.as_of.events import Event
from replays.as_of.household import HouseholdThen, Person, household
from replays.as_of.municipality import HomeLine, municipality, some_of
from replays.as_of.points import BadPoint, point_of
from replays.as_of.sitting import AgendaItem, SittingThen, sitting
from replays.as_of.totals import Totals, totals

__all__ = [
    "AgendaItem",
    "BadPoint",
    "Changes",
    "Event",
    "HomeLine",
    "HouseholdThen",
    "Person",
    "SittingThen",
    "Totals",
    "difference",
    "household",
    "municipality",
    "point_of",
    "sitting",
    "some_of",
    "totals",
]
