"""社会資源・地域づくり・地域課題: places and counts, never a word about a person."""

from typing import Annotated, ClassVar

from pydantic import Field

from domain.conditions import CASE_WORK, known
from domain.events.resource import (
    ActivityHeld,
    CommunityIssueAnswered,
    CommunityIssueRaised,
    ResourceKind,
    ResourceRegistered,
    ResourceRetired,
)
from domain.labels import Category
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.resource import Resource
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import AgencyId, BodyId, Code, Day, PlainText

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class ResourceCommand(CaseCommand):
    usual_category: ClassVar[Category] = Category.ORGANISATION


class RegisterResource(ResourceCommand):
    kind: ResourceKind
    name: PlainText
    operator: AgencyId | None = None
    area: Code | None = None
    capacity: Count | None = None
    newly_created: bool = False


class RetireResource(ResourceCommand):
    reason: PlainText


class HoldActivity(ResourceCommand):
    kind: Code
    participants: Count
    sessions: Annotated[int, Field(ge=1, le=10_000)] = 1


class RaiseCommunityIssue(ResourceCommand):
    """個人の情報は書かない: the text is not sealed and may be published."""

    themes: Annotated[tuple[Code, ...], Field(min_length=1)]
    text: PlainText
    raised_by: BodyId | None = None


class AnswerCommunityIssue(ResourceCommand):
    text: PlainText
    answered_by: BodyId | None = None
    review_on: Day | None = None


class ResourceIsRetired(Refused):
    """この社会資源は利用を終えています。"""


def register_resource(
    resource: Resource, command: RegisterResource, stamp: Stamp
) -> list[ResourceRegistered]:
    stamp.requires(*CASE_WORK)
    if resource.version:
        raise AlreadyRecorded
    known(stamp, "areas", command.area)
    if command.operator:
        stamp.profile.agency(command.operator, stamp.today)
    return [stated(ResourceRegistered, command, stamp)]


def retire_resource(
    resource: Resource, command: RetireResource, stamp: Stamp
) -> list[ResourceRetired]:
    _in_use(resource, stamp)
    return [stated(ResourceRetired, command, stamp)]


def hold_activity(resource: Resource, command: HoldActivity, stamp: Stamp) -> list[ActivityHeld]:
    _in_use(resource, stamp)
    known(stamp, "activity-kinds", command.kind)
    return [stated(ActivityHeld, command, stamp, activity=stamp.new_id("activity"))]


def raise_community_issue(
    resource: Resource, command: RaiseCommunityIssue, stamp: Stamp
) -> list[CommunityIssueRaised]:
    stamp.requires(*CASE_WORK)
    if resource.version:
        raise AlreadyRecorded
    known(stamp, "community-themes", *command.themes)
    if command.raised_by:
        stamp.profile.body(command.raised_by, stamp.today)
    return [stated(CommunityIssueRaised, command, stamp)]


def answer_community_issue(
    resource: Resource, command: AnswerCommunityIssue, stamp: Stamp
) -> list[CommunityIssueAnswered]:
    stamp.requires(*CASE_WORK)
    if not resource.issue_raised:
        raise Unknown
    if command.answered_by:
        stamp.profile.body(command.answered_by, stamp.today)
    return [stated(CommunityIssueAnswered, command, stamp)]


def _in_use(resource: Resource, stamp: Stamp) -> None:
    stamp.requires(*CASE_WORK)
    if not resource.registered:
        raise Unknown
    if resource.retired:
        raise ResourceIsRetired
