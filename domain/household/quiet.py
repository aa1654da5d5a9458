"""聞かれない出来事: the facts of a household of which decisions ask little or nothing again."""

from collections.abc import Mapping

from domain.events import Fact
from domain.events.consent import ConsentSought, DecisionSupported
from domain.events.intake import FactsChecked, NoteKept, ProtectionTaken
from domain.events.meeting import CaseStudied, PersonsHeldBack
from domain.events.rights import IncidentReported, PersonNotified
from domain.events.support import (
    ContactMade,
    EntryServiceUsed,
    ExpertAdviceReceived,
    OutreachAttempted,
    ParticipationFollowedUp,
    ShelterProvided,
)

QUIET: frozenset[type[Fact]] = frozenset(
    {
        CaseStudied,
        ConsentSought,
        ContactMade,
        DecisionSupported,
        EntryServiceUsed,
        ExpertAdviceReceived,
        FactsChecked,
        IncidentReported,
        OutreachAttempted,
        ParticipationFollowedUp,
        PersonNotified,
        PersonsHeldBack,
        ProtectionTaken,
        ShelterProvided,
    }
)
"""Every part of a household passes them over."""

SKIMS: Mapping[type[Fact], str | None] = {**dict.fromkeys(QUIET), NoteKept: "note"}
"""What is not read to decide, but in the projections, in a history and to correct it; of メモ,
which are many, decisions ask which one it is.
"""
