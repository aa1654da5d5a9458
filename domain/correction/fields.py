"""訂正できる項目: words, days, codes and amounts; never an id, a label or what a rule rested on.

What cannot be corrected is voided and recorded anew, so that every rule is asked again.
"""

from types import MappingProxyType
from typing import Any, get_args
from uuid import UUID

from domain.conditions import known
from domain.events import Fact
from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
    LabelLoosened,
    LabelTightened,
    LooseningProposed,
)
from domain.events.intake import (
    ConsultationReceived,
    ConsultationScreened,
    FactsChecked,
    NoteDropped,
    NoteKept,
    ProtectionTaken,
)
from domain.events.meeting import (
    AssessmentRecorded,
    BroughtToSitting,
    EligibilityJudged,
    MeetingDecided,
    PersonsHeldBack,
    PlanDecided,
    PlanNotReached,
    RoleAssigned,
    RoleEnded,
)
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
)
from domain.events.oversight import OversightFact
from domain.events.referral import LeadAgencyNamed, ReferralMade, WorkHandedOver
from domain.events.rights import (
    CorrectionRequested,
    DisclosureDecided,
    DisclosureRequested,
    FactCorrected,
    MisfiledRecordWithdrawn,
    UseSuspended,
)
from domain.events.support import (
    ContactMade,
    EntryServiceUsed,
    ExpertAdviceReceived,
    FileAttached,
    GuardianAppointed,
    GuardianshipEnded,
    OutreachAttempted,
    ParticipationEnded,
    ParticipationMatched,
    ShelterProvided,
    SupportClosed,
    SupportReopened,
    SupportSuspended,
)
from domain.stamp import Stamp

CORRECTIONS = (FactCorrected, MisfiledRecordWithdrawn)
NEVER = (
    LabelTightened,
    LooseningProposed,
    LabelLoosened,
    HouseholdsMerged,
    HouseholdSplit,
    NoteKept,
    NoteDropped,
    *get_args(OversightFact),
)
"""Labels are not loosened, two households not disturbed, a note not touched and no look at the
records made undone by a correction.
"""

NOT_VOIDED = (HouseholdOpened, LeadAgencyNamed, WorkHandedOver, SupportReopened)
"""Rule 17: what names the lead is followed by a new naming, never taken away."""

DISCLOSING = (InformationShared, ConsentWithdrawn, ReferralMade, BroughtToSitting)
"""What says who was told: taken back by the privacy desk alone, or a share could be hidden."""

_FIXED: MappingProxyType[type[Fact], frozenset[str]] = MappingProxyType(
    {
        ConsentGiven: frozenset(
            {"agencies", "categories", "purposes", "period", "authority", "authority_scope", "able"}
        ),
        ConsentWithdrawn: frozenset({"agencies", "categories", "purposes", "holders"}),
        InformationShared: frozenset({"to_agency", "purpose", "categories", "facts"}),
        InformationRequested: frozenset({"of_agency"}),
        ReferralMade: frozenset({"to_agency", "to_desk", "purpose", "categories", "enclosed"}),
        LeadAgencyNamed: frozenset({"agency", "desk"}),
        WorkHandedOver: frozenset({"agency", "desk"}),
        BroughtToSitting: frozenset({"tabled", "secretariat"}),
        PersonsHeldBack: frozenset({"persons", "tabled"}),
        MeetingDecided: frozenset({"kind", "rested_on", "successor_agency", "successor_desk"}),
        RoleAssigned: frozenset({"agency", "desk", "predecessor"}),
        RoleEnded: frozenset({"role", "decision", "agency", "desk"}),
        EligibilityJudged: frozenset({"fields", "issues", "by_rule", "eligible"}),
        PlanDecided: frozenset({"ratify_by"}),
        PlanNotReached: frozenset({"keeper_agency", "keeper_desk"}),
        SupportClosed: frozenset({"successor_agency", "successor_desk"}),
        SupportReopened: frozenset({"cycle", "after", "agency", "desk"}),
        GuardianAppointed: frozenset({"agency", "desk", "staff"}),
        GuardianshipEnded: frozenset({"of", "person"}),
        ProtectionTaken: frozenset({"place"}),
        ShelterProvided: frozenset({"place"}),
        MemberJoined: frozenset({"again"}),
        MemberLeft: frozenset({"destination", "again"}),
        FileAttached: frozenset({"content", "media_type", "size"}),
        DisclosureRequested: frozenset({"requester", "decide_by"}),
        DisclosureDecided: frozenset({"outcome", "grounds", "child_safety_checked"}),
        CorrectionRequested: frozenset({"of"}),
        UseSuspended: frozenset({"facts"}),
    }
)

"""What a rule rested on, and what made the label what it is: where somebody was brought to was
closed as it was written. To say it otherwise, void it and write it anew.
"""

_CODES: dict[tuple[type[Fact], str], str] = {
    (HouseholdOpened, "area"): "areas",
    (HouseholdOpened, "household_type"): "household-types",
    (MemberJoined, "relation"): "relations",
    (MemberJoined, "source"): "membership-sources",
    (ConsultationReceived, "route"): "routes",
    (ConsultationReceived, "fields"): "fields",
    (ConsultationReceived, "issues"): "issues",
    (ConsultationScreened, "result"): "screening-results",
    (FactsChecked, "finding"): "findings",
    (ProtectionTaken, "measure"): "protection-measures",
    (AssessmentRecorded, "fields"): "fields",
    (AssessmentRecorded, "issues"): "issues",
    (PlanNotReached, "reason"): "plan-not-reached-reasons",
    (OutreachAttempted, "method"): "outreach-methods",
    (ContactMade, "method"): "outreach-methods",
    (EntryServiceUsed, "service"): "entry-services",
    (ExpertAdviceReceived, "profession"): "professions",
    (ParticipationMatched, "kind"): "participation-kinds",
    (ParticipationEnded, "reason"): "participation-end-reasons",
    (SupportClosed, "reason"): "closure-reasons",
    (SupportSuspended, "reason"): "suspension-reasons",
    (SupportReopened, "reason"): "reopening-reasons",
    (FileAttached, "kind"): "attachment-kinds",
}


def fixed(kind: type[Fact]) -> frozenset[str]:
    """What of such a fact stays as it is."""
    ids = {name for name, field in kind.model_fields.items() if _is_id(field.annotation)}
    return _FIXED.get(kind, frozenset()) | ids | {"label"}


def codes_known(fact: Fact, changed: frozenset[str], stamp: Stamp) -> None:
    """A corrected code is one of the municipality's, like any other."""
    for (kind, name), codes in _CODES.items():
        if type(fact) is kind and name in changed:
            given = getattr(fact, name)
            known(stamp, codes, *(given if isinstance(given, tuple) else (given,)))


def _is_id(annotation: Any) -> bool:
    named = getattr(annotation, "__supertype__", annotation)
    return named is UUID or any(map(_is_id, get_args(annotation)))
