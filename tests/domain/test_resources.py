"""社会資源・地域課題."""

from typing import Any

import pytest

from domain.events.resource import CommunityIssueRaised, ResourceRegistered, ResourceRetired
from domain.refusals import (
    AlreadyRecorded,
    RoleNeeded,
    Unknown,
    UnknownAgency,
    UnknownBody,
    UnknownCode,
)
from domain.resources import (
    AnswerCommunityIssue,
    HoldActivity,
    RaiseCommunityIssue,
    RegisterResource,
    ResourceIsRetired,
    RetireResource,
    answer_community_issue,
    hold_activity,
    raise_community_issue,
    register_resource,
    retire_resource,
)
from tests.domain.given import PRIVACY, SHAKYO, act, fact, resource, stamp

PLACE = fact(ResourceRegistered, kind="place", name="みんなの家")
RETIRED = fact(ResourceRetired, reason="閉所")
RAISED = fact(CommunityIssueRaised, themes=["community-themes-1"], text="移動手段がない")


def place(**fields: Any) -> RegisterResource:
    return act(RegisterResource, **{"kind": "place", "name": "みんなの家", **fields})


def issue(**fields: Any) -> RaiseCommunityIssue:
    about = {"themes": ["community-themes-1"], "text": "移動手段がない"}
    return act(RaiseCommunityIssue, **{**about, **fields})


def test_a_resource_is_registered_once_with_what_the_municipality_has() -> None:
    command = place(area="north", operator=SHAKYO, capacity=10)
    [told] = register_resource(resource(), command, stamp())
    assert (told.capacity, told.label.category) == (10, "organisation")
    assert register_resource(resource(), place(), stamp())
    with pytest.raises(AlreadyRecorded):
        register_resource(resource(PLACE), place(), stamp())
    with pytest.raises(UnknownCode):
        register_resource(resource(), place(area="none"), stamp())
    with pytest.raises(UnknownAgency):
        register_resource(resource(), place(operator="none"), stamp())
    with pytest.raises(RoleNeeded):
        register_resource(resource(), place(), stamp(PRIVACY))


def test_a_resource_is_retired_once() -> None:
    command = RetireResource(reason="閉所")
    assert retire_resource(resource(PLACE), command, stamp())
    with pytest.raises(ResourceIsRetired):
        retire_resource(resource(PLACE, RETIRED), command, stamp())
    with pytest.raises(Unknown):
        retire_resource(resource(RAISED), command, stamp())


def test_an_activity_counts_people() -> None:
    command = HoldActivity(kind="activity-kinds-1", participants=12)
    [told] = hold_activity(resource(PLACE), command, stamp())
    assert (told.participants, told.sessions) == (12, 1)


def test_a_community_issue_is_raised_and_answered_by_bodies_there_are() -> None:
    [told] = raise_community_issue(resource(), issue(raised_by="study"), stamp())
    assert told.raised_by == "study"
    with pytest.raises(AlreadyRecorded):
        raise_community_issue(resource(RAISED), issue(), stamp())
    with pytest.raises(UnknownBody):
        raise_community_issue(resource(), issue(raised_by="none"), stamp())
    assert raise_community_issue(resource(), issue(), stamp())


def test_only_an_issue_is_answered() -> None:
    command = AnswerCommunityIssue(text="送迎を始める", answered_by="study")
    assert answer_community_issue(resource(RAISED), command, stamp())
    assert answer_community_issue(resource(RAISED), AnswerCommunityIssue(text="検討"), stamp())
    with pytest.raises(Unknown):
        answer_community_issue(resource(PLACE), command, stamp())
