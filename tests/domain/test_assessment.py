"""アセスメントと該当性: rule 18."""

from typing import Any

import pytest

from domain.assessment import (
    JudgeEligibility,
    NothingCollected,
    OverrideNeedsReason,
    RecordAssessment,
    judge_eligibility,
    record_assessment,
)
from domain.events.consent import InformationShared
from domain.events.intake import ConsultationReceived
from domain.events.meeting import AssessmentRecorded, EligibilityJudged
from domain.events.support import GuardianAppointed
from domain.household import Household
from domain.labels import ByStatute, Category
from domain.person import Person
from domain.refusals import NotAMember, RoleNeeded, UnknownCode
from domain.sitting import Attended
from domain.stamp import Stamp
from tests.domain.given import (
    CENTRE,
    CHILD,
    CONSULTATION,
    FATHER,
    PRIVACY,
    REFERRAL,
    SATO,
    SHAKYO,
    SHARE,
    SITTING,
    STRANGER,
    TANAKA,
    act,
    after,
    capacity,
    fact,
    household,
    label,
    stamp,
)
from tests.domain.test_reading import ROOM, room

CODES = {"fields": ["disability"], "issues": ["8050"]}


def assess(**fields: Any) -> RecordAssessment:
    about = {"persons": [CHILD], "fields": ["children"], "issues": ["young-carer"]}
    return act(RecordAssessment, **{**about, **fields})


def with_fields(*fields: str) -> Household:
    about = {"persons": [CHILD], "fields": fields, "issues": []}
    return household(fact(AssessmentRecorded, assessment=REFERRAL, **about))


def test_an_assessment_is_about_members_in_codes_of_the_municipality() -> None:
    command = assess(persons=[CHILD, FATHER], wishes="学校に行きたい")
    [told] = record_assessment(household(), command, stamp())
    assert told.label.subjects == (CHILD, FATHER)
    assert told.wishes[0].text == "学校に行きたい"
    for wrong in ({"fields": ["none"]}, {"issues": ["none"]}):
        with pytest.raises(UnknownCode):
            record_assessment(household(), assess(**wrong), stamp())
    with pytest.raises(NotAMember):
        record_assessment(household(), assess(persons=[STRANGER]), stamp())


def test_who_keeps_the_ledger_writes_no_cases() -> None:
    with pytest.raises(RoleNeeded):
        record_assessment(household(), assess(), stamp(PRIVACY))


def test_eligibility_follows_the_rule_of_the_municipality() -> None:
    three = with_fields("elderly", "children", "poverty")
    [told] = judge_eligibility(three, JudgeEligibility(), stamp())
    assert (told.by_rule, told.eligible, told.override_reason) == (True, True, None)
    assert told.fields == ("children", "elderly", "poverty")
    [told] = judge_eligibility(with_fields("elderly"), JudgeEligibility(), stamp())
    assert told.eligible is False


def test_overriding_the_rule_needs_a_reason_which_is_kept() -> None:
    one = with_fields("elderly")
    with pytest.raises(OverrideNeedsReason):
        judge_eligibility(one, JudgeEligibility(eligible=True), stamp())
    command = act(JudgeEligibility, eligible=True, override_reason="孤立が深い")
    [told] = judge_eligibility(one, command, stamp())
    assert (told.by_rule, told.eligible, told.override_reason) == (False, True, "孤立が深い")


def test_a_reason_for_following_the_rule_is_not_an_override() -> None:
    command = act(JudgeEligibility, eligible=False, override_reason="念のため")
    [told] = judge_eligibility(with_fields("elderly"), command, stamp())
    assert told.override_reason is None


def test_there_is_something_to_judge() -> None:
    with pytest.raises(NothingCollected):
        judge_eligibility(household(), JudgeEligibility(), stamp())


def heard(*fields: str, **labelled: Any) -> ConsultationReceived:
    asked = {"consulter": "self", "urgency": "routine", "route": "visit", "window": "general"}
    told = {**asked, "fields": fields, "issues": ["debt"]}
    given = {**told, "label": label(CHILD, **{"category": "consultation", **labelled})}
    return fact(ConsultationReceived, consultation=CONSULTATION, **given)


def passed_on(**given: Any) -> InformationShared:
    """What 社協 heard (version 6), to the centre."""
    about = {"share": SHARE, "to_agency": CENTRE, "purpose": "support", "facts": [6]}
    known = {**about, "categories": ["consultation", "abuse"]}
    by_law = label(CHILD, agency=SHAKYO, basis=ByStatute(article="kojin-69-1"))
    return fact(InformationShared, **{**known, "label": by_law, **given})


def judged(given: Household, *people: Person, by: Stamp | None = None) -> EligibilityJudged:
    [told] = judge_eligibility(given, *people, JudgeEligibility(), by or stamp())
    return told


THREE = ("elderly", "children", "poverty")
THEIRS = heard(*THREE, agency=SHAKYO, desk="support")
OURS = heard("elderly")


def test_what_another_agency_keeps_to_itself_counts_for_nobody_else() -> None:
    with pytest.raises(NothingCollected):
        judged(household(THEIRS))
    beside = fact(AssessmentRecorded, assessment=REFERRAL, persons=[CHILD], **CODES)
    told = judged(household(THEIRS, beside))
    assert (told.fields, told.issues, told.by_rule) == (("disability",), ("8050",), False)
    assert judged(household(THEIRS), by=stamp(capacity(SHAKYO, "support"))).by_rule


def test_it_counts_once_it_is_passed_on() -> None:
    told = judged(household(THEIRS, passed_on()))
    assert (told.fields, told.issues, told.by_rule) == (tuple(sorted(THREE)), ("debt",), True)


def test_what_stays_with_a_desk_counts_there_alone() -> None:
    for category in ("health", "abuse"):
        beside = household(heard(*THREE, category=category, desk="nurses"))
        with pytest.raises(NothingCollected):
            judged(beside)
        assert judged(beside, by=stamp(capacity(CENTRE, "nurses"))).by_rule
    assert judged(household(heard(*THREE, desk="nurses"))).by_rule


def test_a_judgement_is_as_strict_as_what_it_repeats() -> None:
    strict = heard(*THREE, category="abuse", hidden_from=(FATHER,))
    weaker = fact(AssessmentRecorded, assessment=REFERRAL, persons=[CHILD], **CODES)
    told = judged(household(strict, weaker))
    assert (told.label.category, told.label.hidden_from) == (Category.ABUSE, (FATHER,))
    ill = judged(household(heard(*THREE, category="health"), weaker))
    assert (ill.label.category, ill.label.hidden_from) == (Category.HEALTH, ())
    assert judged(household(weaker)).label.category is Category.PROGRESS


def test_what_is_concealed_or_hidden_from_whom_the_writer_acts_for_does_not_count() -> None:
    guardian = fact(GuardianAppointed, person=FATHER, kind="guardian", guardian="某", agency=CENTRE)
    for given in (
        household(heard(*THREE, concealed=True)),
        household(heard(*THREE, hidden_from=(FATHER,)), guardian),
    ):
        with pytest.raises(NothingCollected):
            judged(given)


def test_what_was_learned_at_an_item_counts_for_who_was_there_and_stays_at_it() -> None:
    """Rule 3: the judgement would carry its codes out of the room."""
    given, at_item = household(heard(*THREE, basis=ROOM)), act(JudgeEligibility, basis=ROOM)
    there, elsewhere = (Attended(id=SITTING, said=room(staff=who)) for who in (TANAKA, SATO))
    [told] = judge_eligibility(given, there, at_item, stamp())
    assert (told.by_rule, told.label.basis) == (True, ROOM)
    for beside, command in (((there,), act(JudgeEligibility)), ((elsewhere,), at_item)):
        with pytest.raises(NothingCollected):
            judge_eligibility(given, *beside, command, stamp())
    with pytest.raises(NothingCollected):
        judge_eligibility(given, at_item, stamp())


def test_who_acts_for_one_of_them_counts_what_their_own_agency_wrote() -> None:
    """Of whichever: if it were so for a 相手方 alone, it would tell of a 支援措置."""
    known = household(THEIRS, passed_on(), heard_again(OURS))
    assert judged(known).by_rule
    guardian = {"person": FATHER, "kind": "guardian", "guardian": "某", "agency": CENTRE}
    assert judged(after(known, fact(GuardianAppointed, **guardian, desk="nurses"))).by_rule
    acting = after(known, fact(GuardianAppointed, **guardian))
    assert judged(acting).fields == ("elderly",)


def heard_again(of: ConsultationReceived) -> ConsultationReceived:
    return of.model_copy(update={"consultation": REFERRAL})
