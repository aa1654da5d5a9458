"""Resources and community issues (社会資源・地域課題): open to all, for nobody is named."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.resource import (
    ActivityHeld,
    CommunityIssueAnswered,
    CommunityIssueRaised,
    ResourceKind,
    ResourceRegistered,
    ResourceRetired,
)
from domain.gate import Reader, Situation
from domain.ledger import Recorded
from projections.projection import Projection
from projections.reading import Group, fetch, groups, readable
from projections.table import Row, Table

RESOURCES = Table("resources", {"kind": "text", "area": "text"})


def rows(recorded: Recorded) -> Iterable[Row]:
    fact = recorded.fact
    match fact:
        case ResourceRegistered():
            yield Row(RESOURCES, "resource", {"kind": str(fact.kind), "area": fact.area})
        case ResourceRetired() | ActivityHeld():
            yield Row(RESOURCES, "resource")
        case CommunityIssueRaised() | CommunityIssueAnswered():
            yield Row(RESOURCES, "issue")


PROJECTION = Projection("resources", 2, (RESOURCES,), rows)


class Resource(NamedTuple):
    """社会資源: what it is, whether it is still there, and what was held in it."""

    id: UUID
    registered: ResourceRegistered
    retired: bool
    activities: tuple[ActivityHeld, ...]


class Issue(NamedTuple):
    """地域課題 with its answers."""

    id: UUID
    raised: CommunityIssueRaised
    answers: tuple[CommunityIssueAnswered, ...]


class ResourcePage(NamedTuple):
    resources: list[Resource]
    more: UUID | None


class IssuePage(NamedTuple):
    issues: list[Issue]
    more: UUID | None


_SELECT = """
    SELECT stream, key, told FROM projections.resources
    WHERE key = %(key)s AND stream > %(after)s AND (%(kind)s::text IS NULL OR kind = %(kind)s)
        AND (%(area)s::text IS NULL OR area = %(area)s)
    ORDER BY stream LIMIT %(limit)s
"""


def resources(  # noqa: PLR0913 - each may be asked by itself
    connection: Connection[Any],
    *,
    reader: Reader,
    kind: ResourceKind | None = None,
    area: str | None = None,
    after: UUID | None = None,
    limit: int = 100,
) -> ResourcePage:
    given = {"key": "resource", "kind": kind and str(kind), "area": area, "limit": limit}
    rows, more = _page(connection, given, after, reader)
    return ResourcePage([found for row in rows if (found := _resource(row))], more)


def community_issues(
    connection: Connection[Any], *, reader: Reader, after: UUID | None = None, limit: int = 100
) -> IssuePage:
    given = {"key": "issue", "kind": None, "area": None, "limit": limit}
    rows, more = _page(connection, given, after, reader)
    return IssuePage([found for row in rows if (found := _issue(row))], more)


def _page(
    connection: Connection[Any], given: dict[str, Any], after: UUID | None, reader: Reader
) -> tuple[list[Group], UUID | None]:
    found = fetch(connection, _SELECT, {**given, "after": after or UUID(int=0)})
    more = found[-1][0] if len(found) == given["limit"] else None
    return readable(groups(found), reader, Situation()), more


def _resource(row: Group) -> Resource | None:
    facts = [item.fact for item in row.items]
    held = tuple(fact for fact in facts if isinstance(fact, ActivityHeld))
    retired = any(isinstance(fact, ResourceRetired) for fact in facts)
    registered = (fact for fact in facts if isinstance(fact, ResourceRegistered))
    return next((Resource(row.stream, fact, retired, held) for fact in registered), None)


def _issue(row: Group) -> Issue | None:
    facts = [item.fact for item in row.items]
    answers = tuple(fact for fact in facts if isinstance(fact, CommunityIssueAnswered))
    raised = (fact for fact in facts if isinstance(fact, CommunityIssueRaised))
    return next((Issue(row.stream, fact, answers) for fact in raised), None)
