"""漏えい等 (個情法68条): opened at once, reported in days, and each person told."""

from datetime import timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.conditions import belong, known
from domain.events.rights import IncidentOpened, IncidentReported, PersonNotified
from domain.household import Household
from domain.labels import Category
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import Code, PersonId, Role


class IncidentCommand(CaseCommand):
    usual_category: ClassVar[Category] = Category.IDENTITY


class OpenIncident(IncidentCommand):
    kind: Code
    persons: Annotated[tuple[PersonId, ...], Field(min_length=1)]
    narrative: tuple[ParagraphDraft, ...] = ()


class ReportIncident(IncidentCommand):
    to: Code
    final: bool = False


class NotifyPerson(IncidentCommand):
    person: PersonId
    method: Code


class PersonNotConcerned(Refused):
    """この事案に関係する人として記録されていません。"""


def open_incident(
    household: Household, command: OpenIncident, stamp: Stamp
) -> list[IncidentOpened]:
    """The days of the first report (速報) run from today, when it came to be known."""
    stamp.requires(Role.PRIVACY)
    belong(household, stamp, *command.persons)
    known(stamp, "incident-kinds", command.kind)
    days = stamp.profile.settings(stamp.today).incident_report_days
    due = stamp.today + timedelta(days=days)
    return [
        stated(IncidentOpened, command, stamp, incident=stamp.new_id("incident"), report_due=due)
    ]


def report_incident(
    household: Household, command: ReportIncident, stamp: Stamp, *, incident: UUID
) -> list[IncidentReported]:
    stamp.requires(Role.PRIVACY)
    _persons(household, incident)
    known(stamp, "incident-recipients", command.to)
    return [stated(IncidentReported, command, stamp, incident=incident)]


def notify_person(
    household: Household, command: NotifyPerson, stamp: Stamp, *, incident: UUID
) -> list[PersonNotified]:
    stamp.requires(Role.PRIVACY)
    if command.person not in _persons(household, incident):
        raise PersonNotConcerned(person=command.person)
    known(stamp, "notification-methods", command.method)
    return [stated(PersonNotified, command, stamp, incident=incident)]


def _persons(household: Household, incident: UUID) -> tuple[PersonId, ...]:
    if incident not in household.rights.incidents:
        raise Unknown
    return household.rights.incidents[incident]
