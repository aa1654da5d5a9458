"""虐待通報・緊急対応: taken in at any time; whoever reported stays with the desk (rule 31)."""

from typing import ClassVar
from uuid import UUID

from domain.conditions import (
    about_members,
    as_hidden_as,
    belong,
    known,
    may_finish,
    may_take_in,
)
from domain.events.intake import AbuseKind, AbuseReported, FactsChecked, ProtectionTaken
from domain.household import Household
from domain.household.intake import Report
from domain.labels import Category, Label, Tag
from domain.refusals import Unknown
from domain.siding import others
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, label_of, stated
from domain.values import Code, Personal, PersonId


class AboutAbuse(CaseCommand):
    usual_category: ClassVar[Category] = Category.ABUSE

    narrative: tuple[ParagraphDraft, ...] = ()


class ReportAbuse(AboutAbuse):
    kind: AbuseKind
    victim: PersonId | None = None
    reporter: Personal | None = None
    reporter_relation: Personal | None = None
    received_how: Personal | None = None


class CheckFacts(AboutAbuse):
    seen_in_person: bool
    finding: Code


class TakeProtection(AboutAbuse):
    report: UUID | None = None
    person: PersonId
    measure: Code
    place: Personal | None = None


def report_abuse(household: Household, command: ReportAbuse, stamp: Stamp) -> list[AbuseReported]:
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.victim)
    label = _tagged(_label(household, command, stamp, command.victim), Tag.INFORMANT)
    return [stated(AbuseReported, command, stamp, report=stamp.new_id("report"), label=label)]


def check_facts(
    household: Household, command: CheckFacts, stamp: Stamp, *, report: UUID
) -> list[FactsChecked]:
    may_finish(household, stamp)
    about_members(household, command, stamp)
    known(stamp, "findings", command.finding)
    victim = _received(household, stamp, report).victim
    label = _label(household, command, stamp, victim, report)
    return [stated(FactsChecked, command, stamp, report=report, label=label)]


def take_protection(
    household: Household, command: TakeProtection, stamp: Stamp
) -> list[ProtectionTaken]:
    """Where somebody was brought to safety is concealed whether or not a 支援措置 runs yet."""
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    known(stamp, "protection-measures", command.measure)
    if command.report:
        _received(household, stamp, command.report)
    label = _label(household, command, stamp, command.person, command.report)
    if command.place:
        label = _tagged(label, Tag.LOCATION).model_copy(update={"concealed": True})
    return [stated(ProtectionTaken, command, stamp, label=label)]


def _received(household: Household, stamp: Stamp, report: UUID) -> Report:
    """Rule 32: a report of another agency is not there."""
    received = household.intake.reports.get(report)
    if received is None or received.agency != stamp.capacity.agency:
        raise Unknown
    return received


def _label(
    household: Household,
    command: AboutAbuse,
    stamp: Stamp,
    victim: PersonId | None,
    report: UUID | None = None,
) -> Label:
    """Until the writer says from whom, it is hidden from everybody in the household but the victim:
    whom a report is about is often not known at first. And from whom a report is hidden that it
    names.
    """
    label = label_of(command, stamp)
    about = (victim,) if victim else ()
    said = command.hidden_from or others(household, stamp, *about)
    closed = as_hidden_as(household, command.model_copy(update={"hidden_from": said}), report)
    hidden = closed.hidden_from
    return label.model_copy(update={"subjects": label.subjects or about, "hidden_from": hidden})


def _tagged(label: Label, tag: Tag) -> Label:
    return label.model_copy(update={"tags": tuple(dict.fromkeys((*label.tags, tag)))})
