"""そのときの姿: the same rows and the same views, of what was so on a day and known by a moment.

The rows are folded anew from the log by the projections themselves, in memory, for those streams
alone that are asked about. Who may see what of them is decided by today's facts, as everywhere.
"""

from projections.as_of.disclosed import disclosures_as_of
from projections.as_of.due import tasks_as_of
from projections.as_of.histories import Histories
from projections.as_of.households import (
    case_as_of,
    course_as_of,
    items_as_of,
)
from projections.as_of.marks import Mark, MarkKind, marks
from projections.as_of.past_case import PastCase, as_it_stood, past_case
from projections.as_of.register import sitting_as_of, sittings_as_of
from projections.as_of.whole import whole_of
from projections.as_of.worklists import caseload_as_of

__all__ = [
    "Histories",
    "Mark",
    "MarkKind",
    "PastCase",
    "as_it_stood",
    "case_as_of",
    "caseload_as_of",
    "course_as_of",
    "disclosures_as_of",
    "items_as_of",
    "marks",
    "past_case",
    "sitting_as_of",
    "sittings_as_of",
    "tasks_as_of",
    "whole_of",
]
