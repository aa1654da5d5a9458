"""The resource (社会資源) and the community issue (地域課題) as decisions ask."""

from dataclasses import dataclass, replace
from typing import ClassVar, cast
from uuid import UUID

from domain.events import ResourceFact
from domain.events.resource import (
    ActivityHeld,
    CommunityIssueAnswered,
    CommunityIssueRaised,
    ResourceRegistered,
    ResourceRetired,
)
from domain.recorded import Recorded


@dataclass(frozen=True, slots=True)
class Resource:
    kind: ClassVar[str] = "resource"

    id: UUID
    version: int = 0
    registered: bool = False
    retired: bool = False
    issue_raised: bool = False

    def evolve(self, recorded: Recorded) -> "Resource":
        """Fold in one fact; never refuse it, for it has already happened."""
        resource = replace(self, version=recorded.version)
        fact = cast("ResourceFact", recorded.fact)
        match fact:
            case ResourceRegistered():
                return replace(resource, registered=True)
            case ResourceRetired():
                return replace(resource, retired=True)
            case CommunityIssueRaised():
                return replace(resource, issue_raised=True)
            case ActivityHeld() | CommunityIssueAnswered():
                return resource
