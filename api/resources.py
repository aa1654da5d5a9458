"""社会資源と地域課題: places, partners and activities, and what the community lacks."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response

from api.callers import answer
from api.deps import Cursor, Limit, ListingDep, WriteDep
from domain.events.resource import ResourceKind
from domain.ledger import Stream
from domain.resource import Resource
from domain.resources import (
    AnswerCommunityIssue,
    HoldActivity,
    RaiseCommunityIssue,
    RegisterResource,
    RetireResource,
    answer_community_issue,
    hold_activity,
    raise_community_issue,
    register_resource,
    retire_resource,
)
from domain.values import Code, Value
from projections.resources import community_issues, resources

router = APIRouter(tags=["社会資源・地域課題"])


@router.post("/resources", summary="社会資源を登録する")
async def register(command: RegisterResource, write: WriteDep) -> Response:
    resource = Stream(Resource, write.new_id("resource"), new=True)
    return await write(register_resource, command, resource)


@router.post("/resources/{rid}/retirement", summary="社会資源の登録を終える")
async def retire(rid: UUID, command: RetireResource, write: WriteDep) -> Response:
    return await write(retire_resource, command, Stream(Resource, rid))


@router.post("/resources/{rid}/activities", summary="地域の活動を記録する")
async def hold(rid: UUID, command: HoldActivity, write: WriteDep) -> Response:
    return await write(hold_activity, command, Stream(Resource, rid), brings=["activity"])


@router.post("/community-issues", summary="地域課題を挙げる")
async def raise_issue(command: RaiseCommunityIssue, write: WriteDep) -> Response:
    issue = Stream(Resource, write.new_id("issue"), new=True)
    return await write(raise_community_issue, command, issue)


@router.post("/community-issues/{rid}/answers", summary="地域課題への対応を記録する")
async def respond(rid: UUID, command: AnswerCommunityIssue, write: WriteDep) -> Response:
    return await write(answer_community_issue, command, Stream(Resource, rid))


class ActivityLine(Value):
    """活動。人数だけを数える。"""

    activity: UUID
    kind: str
    participants: int
    sessions: int
    occurred_on: str


class ResourceLine(Value):
    """社会資源。"""

    resource: UUID
    kind: ResourceKind
    name: str
    operator: str | None
    area: str | None
    capacity: int | None
    newly_created: bool
    retired: bool
    activities: tuple[ActivityLine, ...]


class Resources(Value):
    """社会資源の一覧。"""

    resources: tuple[ResourceLine, ...]
    next: str | None


class AnswerLine(Value):
    """地域課題への対応。"""

    text: str
    answered_by: str | None
    review_on: date | None
    occurred_on: str


class IssueLine(Value):
    """地域課題。"""

    issue: UUID
    themes: tuple[str, ...]
    text: str
    raised_by: str | None
    occurred_on: str
    answers: tuple[AnswerLine, ...]


class Issues(Value):
    """地域課題の一覧。"""

    issues: tuple[IssueLine, ...]
    next: str | None


@router.get("/resources", summary="社会資源を読む", response_model=Resources)
def places(
    listing: ListingDep,
    kind: ResourceKind | None = None,
    area: Code | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Response:
    after = listing.resume(cursor, UUID)
    found = listing(resources, kind=kind, area=area, after=after and after[0], limit=limit)
    lines = [
        {
            "resource": each.id,
            **each.registered.model_dump(exclude={"occurred_on", "label"}),
            "retired": each.retired,
            "activities": [held.model_dump(exclude={"label"}) for held in each.activities],
        }
        for each in found.resources
    ]
    return answer({"resources": lines, "next": listing.next_cursor(found.more)})


@router.get("/community-issues", summary="地域課題を読む", response_model=Issues)
def issues(listing: ListingDep, cursor: Cursor = None, limit: Limit = 100) -> Response:
    after = listing.resume(cursor, UUID)
    found = listing(community_issues, after=after and after[0], limit=limit)
    lines = [
        {
            "issue": each.id,
            **each.raised.model_dump(exclude={"label"}),
            "answers": [answered.model_dump(exclude={"label"}) for answered in each.answers],
        }
        for each in found.issues
    ]
    return answer({"issues": lines, "next": listing.next_cursor(found.more)})
