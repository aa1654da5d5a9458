"""統計: the municipality's numbers, from recorded facts alone, as closed and as known now."""

from replays.statistics.census import Census, Place, census_of, end_of
from replays.statistics.periods import BadPeriod, read_period
from replays.statistics.report import Cut, Line, Report, Statistics, UnknownFigure, plain

__all__ = [
    "BadPeriod",
    "Census",
    "Cut",
    "Line",
    "Place",
    "Report",
    "Statistics",
    "UnknownFigure",
    "census_of",
    "end_of",
    "plain",
    "read_period",
]
