"""参加支援: matched with a place, started, followed up, ended; and guardians appointed."""

from typing import ClassVar
from uuid import UUID

from domain.conditions import (
    about_members,
    as_closed_as,
    belong,
    known,
    may_finish,
    may_take_in,
    may_write,
)
from domain.events.support import (
    GuardianAppointed,
    Guardianship,
    GuardianshipEnd,
    GuardianshipEnded,
    ParticipationEnded,
    ParticipationFollowedUp,
    ParticipationMatched,
    ParticipationStarted,
)
from domain.household import Household
from domain.household.support import Stage, Status, acts
from domain.knowing import stands
from domain.labels import Category
from domain.refusals import HouseholdClosed, Refused, Unknown
from domain.resource import Resource
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand, stated
from domain.values import AgencyId, Code, Day, DeskId, Personal, PersonId, ResourceId, StaffId


class MatchParticipation(CaseCommand):
    person: PersonId
    resource: ResourceId
    kind: Code
    narrative: tuple[ParagraphDraft, ...] = ()


class StartParticipation(CaseCommand):
    narrative: tuple[ParagraphDraft, ...] = ()


class FollowUpParticipation(CaseCommand):
    settled: bool
    next_on: Day | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class EndParticipation(CaseCommand):
    reason: Code
    narrative: tuple[ParagraphDraft, ...] = ()


class AppointGuardian(CaseCommand):
    """`agency`, `desk`, `staff` where one of those who use the ledger acts for the person."""

    usual_category: ClassVar[Category] = Category.FAMILY

    person: PersonId
    kind: Guardianship
    guardian: Personal
    agency: AgencyId | None = None
    desk: DeskId | None = None
    staff: StaffId | None = None


class EndGuardianship(SidedCommand):
    """後見人等の任務の終了。"""

    usual_category: ClassVar[Category] = Category.FAMILY

    reason: GuardianshipEnd


class GuardianshipOver(Refused):
    """この受任の記録はないか、任務の終了がすでに記録されています。"""


class GuardianEndsOwnTask(Refused):
    """受任している人や、その機関・係は、自分の任務の終了を記録できません。ほかの係の職員が、審判書などを確かめて記録してください。"""


class ResourceNotAvailable(Refused):
    """この受入先は登録されていないか、利用を終えています。"""


class ParticipationNotStarted(Refused):
    """参加がまだ始まっていません。開始を先に記録してください。"""


class ParticipationHasStarted(Refused):
    """参加の開始はすでに記録されています。"""


class ParticipationHasEnded(Refused):
    """この参加支援は終わっています。"""


def match_participation(
    household: Household, resource: Resource, command: MatchParticipation, stamp: Stamp
) -> list[ParticipationMatched]:
    may_write(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    known(stamp, "participation-kinds", command.kind)
    if not resource.registered or resource.retired:
        raise ResourceNotAvailable
    return [
        stated(ParticipationMatched, command, stamp, participation=stamp.new_id("participation"))
    ]


def start_participation(
    household: Household, command: StartParticipation, stamp: Stamp, *, participation: UUID
) -> list[ParticipationStarted]:
    if _stage(household, command, participation, stamp) is Stage.STARTED:
        raise ParticipationHasStarted
    closed = as_closed_as(household, command, participation)
    return [stated(ParticipationStarted, closed, stamp, participation=participation)]


def follow_up_participation(
    household: Household, command: FollowUpParticipation, stamp: Stamp, *, participation: UUID
) -> list[ParticipationFollowedUp]:
    """定着支援."""
    if _stage(household, command, participation, stamp) is Stage.MATCHED:
        raise ParticipationNotStarted
    closed = as_closed_as(household, command, participation)
    return [stated(ParticipationFollowedUp, closed, stamp, participation=participation)]


def end_participation(
    household: Household, command: EndParticipation, stamp: Stamp, *, participation: UUID
) -> list[ParticipationEnded]:
    """It may end before it began: the place did not fit."""
    _stage(household, command, participation, stamp)
    known(stamp, "participation-end-reasons", command.reason)
    closed = as_closed_as(household, command, participation)
    return [stated(ParticipationEnded, closed, stamp, participation=participation)]


def appoint_guardian(
    household: Household, command: AppointGuardian, stamp: Stamp
) -> list[GuardianAppointed]:
    """Also where the support has ended: from then on they stand on that person's side."""
    may_take_in(household, stamp)
    about_members(household, command, stamp)
    belong(household, stamp, command.person)
    if command.agency:
        stamp.profile.agency(command.agency, stamp.today)
    return [stated(GuardianAppointed, command, stamp)]


def end_guardianship(
    household: Household, command: EndGuardianship, stamp: Stamp, *, version: int
) -> list[GuardianshipEnded]:
    """What was hidden from the person opens to who acted for them: so others record it."""
    may_finish(household, stamp)
    about_members(household, command, stamp)
    guardian = household.support.guardians.get(version)
    if guardian is None or version in household.support.retired:
        raise GuardianshipOver
    if not stands(household, version, stamp):
        raise GuardianshipOver
    if acts(guardian, stamp.author) or guardian.person in stamp.sides:
        raise GuardianEndsOwnTask
    more = {"of": version, "person": guardian.person}
    closed = as_closed_as(household, command, version)
    return [stated(GuardianshipEnded, closed, stamp, **more)]


def _stage(household: Household, command: CaseCommand, participation: UUID, stamp: Stamp) -> Stage:
    may_finish(household, stamp)
    if household.support.status is not Status.OPEN:
        raise HouseholdClosed
    about_members(household, command, stamp)
    stage = household.support.participations.get(participation)
    if stage is None:
        raise Unknown
    if stage is Stage.ENDED:
        raise ParticipationHasEnded
    return stage
