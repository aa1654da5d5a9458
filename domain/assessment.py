"""アセスメントと該当性: the municipality's predicate decides; a human may differ, with a reason."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from pydantic import Field

from domain.conditions import about_members, belong, known, may_write
from domain.events.intake import ConsultationReceived
from domain.events.meeting import AssessmentRecorded, EligibilityJudged
from domain.household import Household
from domain.household.planning import Collected
from domain.labels import BySitting, Category, Label, gravest
from domain.passage import Beside
from domain.person import Person
from domain.reading import reads
from domain.refusals import Refused
from domain.siding import stands_beside
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, label_of, stated
from domain.values import Code, Personal, PersonId

COLLECTED = (ConsultationReceived, AssessmentRecorded)
"""What tells of a household's troubles in codes."""


class RecordAssessment(CaseCommand):
    usual_category: ClassVar[Category] = Category.CONSULTATION
    of_the_desk: ClassVar[bool] = True

    persons: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    fields: tuple[Code, ...] = ()
    issues: tuple[Code, ...] = ()
    wishes: tuple[ParagraphDraft, ...] = ()
    narrative: tuple[ParagraphDraft, ...] = ()


class JudgeEligibility(SidedCommand):
    """`eligible` only where it differs from what the municipality's rule says."""

    eligible: bool | None = None
    override_reason: Personal | None = None


class OverrideNeedsReason(Refused):
    """この自治体の基準と異なる判断には、理由が必要です。"""


class NothingCollected(Refused):
    """あなたの係で読める記録に、分野も課題もまだありません。相談受付かアセスメントを先に記録してください。ほかの機関の記録は、つなぎや情報提供で受け取ると判断に使えます。会議の議題で聞いた記録は、その議題を根拠とする判断にだけ使えます。"""


def record_assessment(
    household: Household, command: RecordAssessment, stamp: Stamp
) -> list[AssessmentRecorded]:
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, *command.persons)
    known(stamp, "fields", *command.fields)
    known(stamp, "issues", *command.issues)
    return [stated(AssessmentRecorded, command, stamp, assessment=stamp.new_id("assessment"))]


def judge_eligibility(
    *given: *tuple[Household, *tuple[Person | Attended, ...], JudgeEligibility, Stamp],
) -> list[EligibilityJudged]:
    """Rules 18 and 1: over all that was collected and that the writer's desk holds, written there
    or passed on to it; the author of an override is in the envelope.

    What another agency keeps to itself counts once it is passed on. To count it before would write
    its codes into the judge's record, and `by_rule` alone would already tell that there are more.
    What was learned at an item counts for who was there, in a judgement made on that item (rule 3).
    """
    household, *beside, command, stamp = given
    may_write(household, stamp)
    about_members(household, command, stamp)
    heard = _heard(household, command, stamp, beside)
    fields = frozenset(code for _, told in heard for code in told.fields)
    issues = frozenset(code for _, told in heard for code in told.issues)
    if not fields | issues:
        raise NothingCollected
    by_rule = stamp.profile.eligible(fields, issues, stamp.today)
    eligible = by_rule if command.eligible is None else command.eligible
    if eligible is not by_rule and command.override_reason is None:
        raise OverrideNeedsReason(by_rule=by_rule)
    judged = {
        "label": _as_strict(label_of(command, stamp), [label for label, _ in heard]),
        "fields": tuple(sorted(fields)),
        "issues": tuple(sorted(issues)),
        "by_rule": by_rule,
        "eligible": eligible,
        "override_reason": None if eligible is by_rule else command.override_reason,
    }
    return [stated(EligibilityJudged, command, stamp, **judged)]


def _heard(
    household: Household, command: JudgeEligibility, stamp: Stamp, beside: Iterable[Beside]
) -> list[tuple[Label, Collected]]:
    """What of it the writer holds, under its label of today: nothing concealed, and of other
    agencies' records nothing where the writer acts for one of them (see `takes_no_side`).
    """
    collected, states = {each.version: each for each in household.collected}, tuple(beside)
    told = [each for each in household.writings if each.version in collected]
    heard = [each for each in told if reads(household, each, stamp, states)]
    if stands_beside(household, stamp):
        heard = [each for each in heard if each.label.agency == stamp.capacity.agency]
    labels = [(household.writings.label(each), collected[each.version]) for each in heard]
    at = command.basis
    return [
        (label, each)
        for label, each in labels
        if not label.concealed and (not isinstance(label.basis, BySitting) or label.basis == at)
    ]


def _as_strict(label: Label, rested_on: Iterable[Label]) -> Label:
    """What repeats the codes of other records is hidden as they are, and crosses no desk that one
    of them does not cross.
    """
    every = (label, *rested_on)
    categories = {each.category for each in every}
    category = gravest(categories) or label.category
    hidden = dict.fromkeys(person for each in every for person in each.hidden_from)
    return label.model_copy(update={"category": category, "hidden_from": tuple(hidden)})
