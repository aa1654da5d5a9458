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
from domain.events.meeting import AssessmentRecorded
from domain.household import Household
from domain.refusals import NotAMember, RoleNeeded, UnknownCode
from tests.domain.given import (
    CHILD,
    FATHER,
    PRIVACY,
    REFERRAL,
    STRANGER,
    act,
    fact,
    household,
    stamp,
)


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
