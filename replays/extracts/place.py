"""社会資源・地域づくり: rows about nobody."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.events.resource import (
    ActivityHeld,
    CommunityIssueAnswered,
    CommunityIssueRaised,
    ResourceRegistered,
    ResourceRetired,
)
from replays.extracts.intervals import Facts, Following, done, itself, last, lasting, whole
from replays.extracts.tables.kept import in_order
from replays.extracts.tables.place import Activities, Issues, Resources


def _resource(stream: UUID, facts: Facts, _: date) -> Iterator[Resources]:
    row: Resources | None = None
    for told in facts:
        fact = told.fact
        if isinstance(fact, ResourceRetired):
            row = None
        else:
            where = (fact.area, fact.operator, fact.capacity)
            row = Resources(stream, fact.kind, *where, fact.newly_created)
    if row:
        yield row


def _activity(stream: UUID, facts: Facts) -> Activities:
    fact = facts[0].fact
    return Activities(stream, fact.activity, fact.kind, fact.participants, fact.sessions)


def _issue(stream: UUID, facts: Facts) -> Issues | None:
    raised = facts[0].fact
    if not isinstance(raised, CommunityIssueRaised):
        return None
    answered = last(facts, CommunityIssueAnswered)
    return Issues(stream, in_order(raised.themes), answered.on if answered else None)


FOLLOWING = (
    Following(dict.fromkeys((ResourceRegistered, ResourceRetired), whole), lasting(_resource)),
    Following({ActivityHeld: itself}, done(_activity)),
    Following(dict.fromkeys((CommunityIssueRaised, CommunityIssueAnswered), whole), done(_issue)),
)
