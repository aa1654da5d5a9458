"""統計: the municipality's numbers, from recorded facts alone, as closed and as known now."""

from replays.statistics.census import Census, Place, census_of, end_of
from replays.statistics.periods import BadPeriod, read_period
from replays.statistics.report import Cell, Cut, Line, Report, Statistics, UnknownFigure, plain
from replays.statistics.tracing import Ground, Trace, UnknownPart, trace, untold

__all__ = [
    "BadPeriod",
    "Cell",
    "Census",
    "Cut",
    "Ground",
    "Line",
    "Place",
    "Report",
    "Statistics",
    "Trace",
    "UnknownFigure",
    "UnknownPart",
    "census_of",
    "end_of",
    "plain",
    "read_period",
    "trace",
    "untold",
]
