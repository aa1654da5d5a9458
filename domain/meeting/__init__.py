"""付議・会議決定: what a sitting takes up, what it decides, and who does what afterwards."""

from domain.meeting.deciding import (
    AssignRole,
    DecideInMeeting,
    StudyCase,
    assign_role,
    decide_in_meeting,
    study_case,
)
from domain.meeting.deliberation import AtItem, deliberated, named
from domain.meeting.roles import EndRole, RoleDraft, end_role
from domain.meeting.secrecy import on_item
from domain.meeting.tabling import BringToSitting, bring_to_sitting

__all__ = [
    "AssignRole",
    "AtItem",
    "BringToSitting",
    "DecideInMeeting",
    "EndRole",
    "RoleDraft",
    "StudyCase",
    "assign_role",
    "bring_to_sitting",
    "decide_in_meeting",
    "deliberated",
    "end_role",
    "named",
    "on_item",
    "study_case",
]
