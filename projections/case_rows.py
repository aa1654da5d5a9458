"""Where each fact stands in the case view: facts about one thing share one row."""

from collections.abc import Iterable, Mapping

from domain.events import (
    Fact,
    consent,
    intake,
    meeting,
    membership,
    oversight,
    referral,
    rights,
    support,
)
from domain.ledger import Recorded
from projections.projection import Projection
from projections.table import Row, Table

CASE_VIEW = Table(
    "case_view",
    indexes=("(key) WHERE key LIKE 'member:%'", "(key) WHERE key LIKE 'guardian:%'"),
)
GUARDIANS = Table(
    "guardians",
    {"person": "uuid", "agency": "text", "staff": "uuid"},
    ("(agency) WHERE agency IS NOT NULL", "(staff) WHERE staff IS NOT NULL"),
)
"""後見人等 by who they are; whether they still are, the case tells."""

_BY_ID: Mapping[type[Fact], tuple[str, str]] = {
    membership.MemberJoined: ("member", "person"),
    membership.MemberLeft: ("member", "person"),
    intake.ConsultationReceived: ("consultation", "consultation"),
    intake.ConsultationScreened: ("consultation", "consultation"),
    intake.NoteKept: ("note", "note"),
    intake.NoteLabelled: ("note", "note"),
    intake.NoteDropped: ("note", "note"),
    intake.AbuseReported: ("report", "report"),
    intake.FactsChecked: ("report", "report"),
    referral.ReferralMade: ("referral", "referral"),
    referral.ReferralAccepted: ("referral", "referral"),
    referral.ReferralReturned: ("referral", "referral"),
    referral.ReferralWithdrawn: ("referral", "referral"),
    referral.ReferralReviewed: ("referral", "referral"),
    consent.ConsentGiven: ("consent", "consent"),
    consent.ConsentWithdrawn: ("consent", "consent"),
    consent.InformationShared: ("share", "share"),
    consent.ShareReviewed: ("share", "share"),
    consent.InformationRequested: ("request", "request"),
    consent.InformationRequestAnswered: ("request", "request"),
    consent.InformationRequestReviewed: ("request", "request"),
    meeting.AssessmentRecorded: ("assessment", "assessment"),
    meeting.BroughtToSitting: ("item", "item"),
    meeting.PersonsHeldBack: ("item", "item"),
    meeting.CaseStudied: ("item", "item"),
    meeting.MeetingDecided: ("decision", "decision"),
    meeting.RoleAssigned: ("role", "role"),
    meeting.RoleEnded: ("role", "role"),
    meeting.PlanDrafted: ("plan", "plan"),
    meeting.PlanDecided: ("plan", "plan"),
    meeting.PlanRatifiedAfterwards: ("plan", "plan"),
    meeting.PlanEvaluated: ("plan", "plan"),
    support.OutreachAttempted: ("outreach", "outreach"),
    support.ContactMade: ("outreach", "outreach"),
    support.ParticipationMatched: ("participation", "participation"),
    support.ParticipationStarted: ("participation", "participation"),
    support.ParticipationFollowedUp: ("participation", "participation"),
    support.ParticipationEnded: ("participation", "participation"),
    support.GuardianshipEnded: ("guardian", "person"),
    support.FileAttached: ("attachment", "attachment"),
    oversight.EmergencyAccessOpened: ("access", "access"),
    oversight.EmergencyAccessApproved: ("access", "access"),
    oversight.EmergencyAccessRenewed: ("access", "access"),
    oversight.EmergencyAccessReviewed: ("access", "access"),
    oversight.AuditCaseOpened: ("audit", "case"),
    oversight.AuditCaseClosed: ("audit", "case"),
    rights.DisclosureRequested: ("disclosure", "request"),
    rights.DisclosureDecided: ("disclosure", "request"),
    rights.CorrectionRequested: ("correction", "request"),
    rights.CorrectionDecided: ("correction", "request"),
    rights.LegalHoldPlaced: ("hold", "hold"),
    rights.LegalHoldLifted: ("hold", "hold"),
    rights.IncidentOpened: ("incident", "incident"),
    rights.IncidentReported: ("incident", "incident"),
    rights.PersonNotified: ("incident", "incident"),
}
_ONE_ROW: Mapping[type[Fact], str] = {
    membership.HouseholdOpened: "household",
    membership.HouseholdsMerged: "household",
    membership.HouseholdSplit: "household",
    support.SupportClosed: "household",
    support.SupportSuspended: "household",
    support.SupportReopened: "household",
    referral.LeadAgencyNamed: "lead",
    referral.WorkHandedOver: "lead",
    meeting.EligibilityJudged: "eligibility",
    meeting.PlanNotReached: "plan-not-reached",
}
_ROW_EACH: Mapping[type[Fact], str] = {
    intake.ProtectionTaken: "protection",
    consent.LabelTightened: "label",
    consent.LooseningProposed: "label",
    consent.LabelLoosened: "label",
    consent.ConsentSought: "attempt",
    consent.DecisionSupported: "decision-support",
    support.EntryServiceUsed: "entry-service",
    support.ShelterProvided: "shelter",
    support.ExpertAdviceReceived: "advice",
    rights.UseSuspended: "suspension",
}


def rows(recorded: Recorded) -> Iterable[Row]:
    """Corrections have no row: they change how the others read."""
    fact = recorded.fact
    kind = type(fact)
    if isinstance(fact, support.GuardianAppointed):
        by = {"person": fact.person, "agency": fact.agency, "staff": fact.staff}
        guardian = Row(GUARDIANS, str(recorded.version), by, told=False)
        return (Row(CASE_VIEW, f"guardian:{fact.person}"), guardian)
    if kind in _BY_ID:
        of, name = _BY_ID[kind]
        return (Row(CASE_VIEW, f"{of}:{getattr(fact, name)}"),)
    if kind in _ONE_ROW:
        return (Row(CASE_VIEW, _ONE_ROW[kind]),)
    if kind in _ROW_EACH:
        return (Row(CASE_VIEW, f"{_ROW_EACH[kind]}:{recorded.version:06d}"),)
    return ()


PROJECTION = Projection("case_view", 6, (CASE_VIEW, GUARDIANS), rows)
