"""訂正・誤記録: rule 6, and what no correction may undo."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.correction import (
    CorrectFact,
    History,
    WithdrawMisfiled,
    correct_fact,
    withdraw_misfiled,
)
from domain.correction.correcting import CorrectionUnclear, VoidNotAllowed
from domain.correction.misfiling import FrameCannotBeMisfiled
from domain.correction.retelling import CorrectionDoesNotFit
from domain.correction.rights import (
    CorrectTheOriginal,
    NoLeadWouldBeLeft,
    NotCorrectable,
    OnlyByPrivacyDesk,
)
from domain.events import Fact
from domain.events.consent import ConsentGiven, InformationShared, LabelTightened
from domain.events.intake import ConsultationReceived, ConsultationScreened, ProtectionTaken
from domain.events.meeting import AssessmentRecorded, PlanDecided
from domain.events.membership import HouseholdOpened, MemberLeft
from domain.events.referral import LeadAgencyNamed, ReferralAccepted, ReferralMade
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.events.support import EntryServiceUsed, FileAttached, ShelterProvided, SupportClosed
from domain.household import Household
from domain.labels import Category, Tag
from domain.refusals import InTheFuture, RoleNeeded, UnknownCode
from domain.values import Personal, Role
from tests.domain.deliberated import PLAN, brought, consent, decided, drafted
from tests.domain.given import (
    CENTRE,
    CHILD,
    CITY,
    CONSENT,
    CONSULTATION,
    FATHER,
    HOUSEHOLD,
    ITEM,
    OTHER_HOUSEHOLD,
    PRIVACY,
    REFERRAL,
    SHAKYO,
    SHARE,
    SITTING,
    act,
    after,
    bare,
    capacity,
    fact,
    joined,
    label,
    paragraph,
    stamp,
)

FIRST = 4
"""The version of the first fact after the household was opened."""


def told(*facts: Fact) -> tuple[Household, History]:
    lead = fact(LeadAgencyNamed, agency=CENTRE, desk="general")
    opened = (fact(HouseholdOpened), lead, joined(CHILD), *facts)
    return bare(*opened), after(History(id=HOUSEHOLD), *opened)


def consultation(**fields: Any) -> ConsultationReceived:
    about = {
        "route": "visit",
        "window": "general",
        "fields": [],
        "issues": [],
        "consulter": "self",
        "urgency": "routine",
    }
    return fact(ConsultationReceived, consultation=CONSULTATION, **{**about, **fields})


def screened() -> ConsultationScreened:
    about = {"result": "answered", "next_step": "answered"}
    return fact(ConsultationScreened, consultation=CONSULTATION, **about)


def correct(**changes: Any) -> CorrectFact:
    return act(CorrectFact, reason="書き誤り", changes=changes)


VOID = act(CorrectFact, reason="二重に記録した", void=True)


def corrected(*facts: Fact, version: int = FIRST, **changes: Any) -> Fact:
    [done] = correct_fact(*told(*facts), correct(**changes), stamp(), version=version)
    assert done.replacement is not None
    return done.replacement


def test_a_correction_names_the_fact_and_what_it_should_have_read() -> None:
    given = told(consultation(label=label(CHILD, hidden_from=[FATHER])), screened())
    [done] = correct_fact(*given, correct(route="telephone"), stamp(), version=FIRST)
    assert (done.of, done.reason, done.replacement_kind) == (4, "書き誤り", "ConsultationReceived")
    assert done.label.hidden_from == (FATHER,)
    assert done.rested == (5,)


def test_a_corrected_fact_reads_otherwise_from_here_on() -> None:
    before, history = told(screened())
    [done] = correct_fact(before, history, correct(result="referred"), stamp(), version=FIRST)
    opened = [recorded.fact for recorded in reversed(list(history))]
    (heard,) = bare(*opened, done).intake.consultations.values()
    assert heard.result == "referred"


def test_nothing_changed_is_nothing_recorded() -> None:
    assert correct_fact(*told(screened()), correct(result="answered"), stamp(), version=4) == []


def test_a_correction_says_what_it_wants() -> None:
    for unclear in (
        act(CorrectFact, reason="?"),
        act(CorrectFact, reason="?", changes={"route": "visit"}, void=True),
    ):
        with pytest.raises(CorrectionUnclear):
            correct_fact(*told(consultation()), unclear, stamp(), version=FIRST)


@pytest.mark.parametrize(
    "changes",
    [
        {"no_such_field": 1},
        {"urgency": "whenever"},
        {"label": {}},
        {"consultation": str(REFERRAL)},
        {"person": str(FATHER)},
        {"narrative": [{"no_text": "?"}]},
    ],
)
def test_a_value_fits_its_field_and_ids_stay(changes: dict[str, Any]) -> None:
    with pytest.raises(CorrectionDoesNotFit) as refused:
        correct_fact(*told(consultation()), correct(**changes), stamp(), version=FIRST)
    assert refused.value.details["fields"]


def test_a_corrected_code_is_one_of_the_municipality_and_a_day_has_come() -> None:
    for changes in ({"route": "none"}, {"fields": ["none"]}):
        with pytest.raises(UnknownCode):
            correct_fact(*told(consultation()), correct(**changes), stamp(), version=FIRST)
    later = correct(occurred_on="2026-04-02")
    with pytest.raises(InTheFuture):
        correct_fact(*told(consultation()), later, stamp(), version=FIRST)


def test_no_correction_makes_one_persons_consent_anothers_or_wider() -> None:
    for changes in (
        {"person": str(FATHER)},
        {"giver": str(FATHER)},
        {"agencies": ["city", "school"]},
        {"period": {"start": "2026-01-01"}},
    ):
        with pytest.raises(CorrectionDoesNotFit):
            correct_fact(*told(consent()), correct(**changes), stamp(), version=FIRST)
    assert isinstance(corrected(consent(), method="oral"), ConsentGiven)


def test_personal_words_stay_personal() -> None:
    replaced = corrected(consultation(), narrative="本人から", informant="隣人")
    assert isinstance(replaced, ConsultationReceived)
    assert isinstance(replaced.informant, Personal)
    assert isinstance(replaced.narrative[0].text, Personal)


@pytest.mark.parametrize(
    ("original", "name"),
    [
        (fact(ProtectionTaken, person=CHILD, measure="shelter"), "place"),
        (fact(ShelterProvided, person=CHILD, nights=1, yen=0), "place"),
        (fact(MemberLeft, person=CHILD, reason="moved-out"), "destination"),
    ],
)
def test_where_somebody_was_brought_to_is_written_anew(original: Fact, name: str) -> None:
    """Added by a correction, it would stand under the label of what told no place."""
    told: dict[str, Any] = {name: "港町ホテル"}
    with pytest.raises(CorrectionDoesNotFit):
        corrected(original, **told)


@pytest.mark.parametrize(
    "original",
    [joined(CHILD), fact(MemberLeft, person=CHILD, reason="moved-out", label=label(CHILD))],
)
def test_no_correction_says_that_somebody_came_over(original: Fact) -> None:
    """What came over bars nobody from speaking for them (rule 4): the move says who is barred."""
    with pytest.raises(CorrectionDoesNotFit):
        corrected(original, again=True)


def test_a_rewritten_paragraph_is_labelled_at_least_as_strictly() -> None:
    before = paragraph("居場所", CHILD, tags=["location"], concealed=True, category="abuse")
    original = consultation(narrative=[before, paragraph("様子", CHILD)])
    same = corrected(original, narrative=[{"text": "駅前"}, {"text": "元気", "tags": ["opinion"]}])
    assert isinstance(same, ConsultationReceived)
    first, second = (part.label for part in same.narrative)
    assert (first.concealed, first.category) == (True, Category.ABUSE)
    assert (second.concealed, second.tags) == (False, (Tag.OPINION,))
    fewer = corrected(original, narrative="駅前で元気")
    assert isinstance(fewer, ConsultationReceived)
    [whole] = (part.label for part in fewer.narrative)
    assert (whole.concealed, whole.category, whole.tags) == (True, Category.ABUSE, (Tag.LOCATION,))


def test_a_narrative_added_later_is_labelled_like_its_fact() -> None:
    replaced = corrected(consultation(label=label(CHILD)), narrative="本人から")
    assert isinstance(replaced, ConsultationReceived)
    assert replaced.narrative[0].principals == (CHILD,)


def test_a_fact_is_voided_once() -> None:
    given = told(screened())
    [done] = correct_fact(*given, VOID, stamp(), version=FIRST)
    assert (done.replacement, done.replacement_kind) == (None, None)
    gone = told(screened(), done)
    with pytest.raises(NotCorrectable):
        correct_fact(*gone, VOID, stamp(), version=FIRST)
    with pytest.raises(CorrectTheOriginal):
        correct_fact(*gone, VOID, stamp(), version=FIRST + 1)


def test_what_is_not_there_and_what_is_anothers_are_refused_alike() -> None:
    theirs = consultation(label=label(agency=CITY, desk="welfare"))
    for version in (FIRST, 99):
        with pytest.raises(NotCorrectable):
            correct_fact(*told(theirs), correct(route="telephone"), stamp(), version=version)
    analyst = stamp(capacity(role=Role.ANALYST))
    with pytest.raises(RoleNeeded):
        correct_fact(*told(theirs), correct(route="telephone"), analyst, version=FIRST)


def test_a_chief_corrects_for_the_agency_but_not_across_the_wall_of_a_desk() -> None:
    chief = stamp(capacity(CENTRE, "nurses", Role.CHIEF))
    assert correct_fact(*told(consultation()), correct(route="telephone"), chief, version=FIRST)
    sick = consultation(label=label(category="health"))
    with pytest.raises(NotCorrectable):
        correct_fact(*told(sick), correct(route="telephone"), chief, version=FIRST)


def test_a_label_is_not_loosened_by_voiding_what_tightened_it() -> None:
    tightened = fact(LabelTightened, of=3, conceal=True)
    with pytest.raises(NotCorrectable):
        correct_fact(*told(tightened), VOID, stamp(), version=FIRST)


def shared() -> InformationShared:
    by_consent = label(CHILD, basis={"kind": "consent", "consent": CONSENT})
    scope = {"to_agency": CITY, "purpose": "meeting", "categories": ["progress"], "facts": [3]}
    return fact(InformationShared, share=SHARE, label=by_consent, **scope)


def test_a_share_is_taken_back_by_the_privacy_desk_alone() -> None:
    with pytest.raises(OnlyByPrivacyDesk):
        correct_fact(*told(shared()), VOID, stamp(), version=FIRST)
    assert correct_fact(*told(shared()), VOID, stamp(PRIVACY), version=FIRST)


def test_what_names_the_lead_is_followed_by_another_naming() -> None:
    with pytest.raises(VoidNotAllowed):
        correct_fact(*told(), VOID, stamp(), version=2)


def test_a_closed_household_may_be_corrected_and_reopened_by_voiding() -> None:
    closed = told(fact(SupportClosed, reason="closure-reasons-1"))
    [done] = correct_fact(*closed, VOID, stamp(), version=FIRST)
    assert isinstance(done, FactCorrected)


def test_what_rested_on_a_consent_is_listed() -> None:
    plan = fact(PlanDecided, plan=PLAN, starts_on="2026-04-01", review_on="2026-07-01")
    given = told(consent(), shared(), brought(), drafted(), plan, screened())
    [done] = correct_fact(*given, VOID, stamp(), version=FIRST)
    assert done.rested == (5, 6, 8)


def test_what_rested_on_a_plan_a_referral_or_an_item_is_listed() -> None:
    plan = fact(PlanDecided, plan=PLAN, starts_on="2026-04-01", review_on="2026-07-01")
    approved = decided(kind="plan-approved", plan=PLAN)
    [done] = correct_fact(*told(drafted(), approved, plan), VOID, stamp(), version=FIRST)
    assert done.rested == (5, 6)
    about = {"purpose": "referral", "categories": [], "answer_due": "2026-04-15"}
    made = fact(ReferralMade, referral=REFERRAL, to_agency=CITY, enclosed=[3], **about)
    taken = fact(ReferralAccepted, referral=REFERRAL, recorded_by="receiver")
    [done] = correct_fact(*told(made, taken), VOID, stamp(PRIVACY), version=FIRST)
    assert done.rested == (5,)
    [done] = correct_fact(*told(made), VOID, stamp(), version=3)
    assert done.rested == (4,)
    on_item = label(basis={"kind": "sitting", "sitting": SITTING, "item": ITEM})
    role = fact(
        AssessmentRecorded,
        assessment=UUID(int=151),
        persons=[],
        fields=[],
        issues=[],
        label=on_item,
    )
    [done] = correct_fact(*told(brought(), role), VOID, stamp(PRIVACY), version=FIRST)
    assert done.rested == (5,)


def test_what_others_made_of_it_is_listed_for_whom_they_told_of_it() -> None:
    """Rule 32: a 支援会議 that took it up, and another agency's share, are not the corrector's."""
    room = {"kind": "sitting", "sitting": SITTING, "item": ITEM}
    on_item = label(CHILD, agency=CITY, desk="layered", basis=room)
    on_consent = {"kind": "consent", "consent": CONSENT}
    theirs = label(CHILD, agency=SHAKYO, desk="support", basis=on_consent)
    hidden = (
        brought().model_copy(update={"label": on_item}),
        shared().model_copy(update={"label": theirs}),
    )
    [done] = correct_fact(*told(consent(), *hidden, shared()), VOID, stamp(), version=FIRST)
    assert done.rested == (7,)
    [done] = correct_fact(*told(consent(), *hidden), VOID, stamp(PRIVACY), version=FIRST)
    assert done.rested == (5, 6)


def test_what_brought_nothing_about_has_nothing_resting_on_it() -> None:
    used = fact(EntryServiceUsed, service="entry-services-1")
    [done] = correct_fact(*told(used, screened()), VOID, stamp(), version=FIRST)
    assert done.rested == ()


# 誤記録


def misfiled(*facts: int) -> WithdrawMisfiled:
    return act(WithdrawMisfiled, facts=facts, reason="別の世帯", belongs_to=OTHER_HOUSEHOLD)


def test_a_misfiled_record_is_withdrawn_under_the_strictest_of_its_labels() -> None:
    sick = consultation(label=label(CHILD, category="health", hidden_from=[FATHER]))
    given = told(screened(), sick)
    [done] = withdraw_misfiled(*given, misfiled(4, 5, 5), stamp())
    assert isinstance(done, MisfiledRecordWithdrawn)
    assert (done.facts, done.label.category) == ((4, 5), Category.HEALTH)
    assert done.label.hidden_from == (FATHER,)


def scan(to: UUID, **labelled: Any) -> FileAttached:
    file = {"kind": "form", "title": "申込書", "media_type": "application/pdf", "size": 1}
    return fact(
        FileAttached,
        attachment=uuid4(),
        **file,
        content="JVBERi0=",
        to=to,
        label=label(CHILD, **labelled),
    )


def test_files_of_a_misfiled_record_go_with_it_where_they_are_the_writers() -> None:
    """A file of what a record goes on with stays, and so does another desk's, unnamed."""
    theirs = {"agency": SHAKYO, "desk": "support"}
    files = (scan(CONSULTATION), scan(CONSULTATION, **theirs), scan(PLAN))
    given = told(consultation(), screened(), *files)
    [done] = withdraw_misfiled(*given, misfiled(FIRST), stamp())
    assert done.facts == (FIRST, FIRST + 2)
    [screening] = withdraw_misfiled(*given, misfiled(FIRST + 1), stamp())
    assert screening.facts == (FIRST + 1,)


def test_what_corrected_or_labelled_a_misfiled_record_goes_with_it_whoever_wrote_it() -> None:
    """It says why, and how the record was to read; so does what labelled one of its files."""
    theirs = {"agency": SHAKYO, "desk": "support"}
    better = {"replacement": consultation(), "replacement_kind": "ConsultationReceived"}
    about = (
        fact(FactCorrected, of=FIRST, reason="書き改める。", **better),
        fact(LabelTightened, of=FIRST, category="health", label=label(CHILD, **theirs)),
        fact(LabelTightened, of=FIRST + 1, category="health"),
        fact(LabelTightened, of=3, category="health"),
    )
    given = told(consultation(), scan(CONSULTATION), *about)
    [done] = withdraw_misfiled(*given, misfiled(FIRST), stamp())
    assert done.facts == (FIRST, FIRST + 1, FIRST + 2, FIRST + 3, FIRST + 4)


def test_only_records_of_the_desk_are_withdrawn_and_no_lead_with_them() -> None:
    with pytest.raises(NotCorrectable):
        withdraw_misfiled(*told(), misfiled(99), stamp())
    with pytest.raises(NoLeadWouldBeLeft):
        withdraw_misfiled(*told(), misfiled(2), stamp())


def test_that_a_household_was_opened_is_not_withdrawn_as_misfiled() -> None:
    with pytest.raises(FrameCannotBeMisfiled):
        withdraw_misfiled(*told(), misfiled(1), stamp())
