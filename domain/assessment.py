"""アセスメントと該当性: the municipality's predicate decides; a human may differ, with a reason."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.conditions import about_members, belong, known, may_write
from domain.events.meeting import AssessmentRecorded, EligibilityJudged
from domain.household import Household
from domain.labels import Category
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Code, Personal, PersonId


class RecordAssessment(CaseCommand):
    usual_category: ClassVar[Category] = Category.CONSULTATION

    persons: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    fields: tuple[Code, ...] = ()
    issues: tuple[Code, ...] = ()
    wishes: tuple[ParagraphDraft, ...] = ()
    narrative: tuple[ParagraphDraft, ...] = ()


class JudgeEligibility(CaseCommand):
    """`eligible` only where it differs from what the municipality's rule says."""

    eligible: bool | None = None
    override_reason: Personal | None = None


class OverrideNeedsReason(Refused):
    """この自治体の基準と異なる判断には、理由が必要です。"""


class NothingCollected(Refused):
    """分野も課題もまだ記録されていません。相談受付かアセスメントを先に記録してください。"""


def record_assessment(
    household: Household, command: RecordAssessment, stamp: Stamp
) -> list[AssessmentRecorded]:
    may_write(household, stamp)
    about_members(household, command)
    belong(household, *command.persons)
    known(stamp, "fields", *command.fields)
    known(stamp, "issues", *command.issues)
    return [stated(AssessmentRecorded, command, stamp, assessment=stamp.new_id("assessment"))]


def judge_eligibility(
    household: Household, command: JudgeEligibility, stamp: Stamp
) -> list[EligibilityJudged]:
    """Rule 18: over everything collected so far; the author of an override is in the envelope."""
    may_write(household, stamp)
    about_members(household, command)
    fields = household.intake.fields | household.planning.fields
    issues = household.intake.issues | household.planning.issues
    if not fields | issues:
        raise NothingCollected
    by_rule = stamp.profile.eligible(fields, issues, stamp.today)
    eligible = by_rule if command.eligible is None else command.eligible
    if eligible is not by_rule and command.override_reason is None:
        raise OverrideNeedsReason(by_rule=by_rule)
    judged = {
        "fields": tuple(sorted(fields)),
        "issues": tuple(sorted(issues)),
        "by_rule": by_rule,
        "eligible": eligible,
        "override_reason": None if eligible is by_rule else command.override_reason,
    }
    return [stated(EligibilityJudged, command, stamp, **judged)]
