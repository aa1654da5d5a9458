"""支援の経過 as decisions ask: open or not, which cycle, what is running."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from domain.events.support import (
    ContactMade,
    EntryServiceUsed,
    ExpertAdviceReceived,
    FileAttached,
    GuardianAppointed,
    GuardianshipEnded,
    OutreachAttempted,
    ParticipationEnded,
    ParticipationFollowedUp,
    ParticipationMatched,
    ParticipationStarted,
    ShelterProvided,
    SupportClosed,
    SupportFact,
    SupportReopened,
    SupportSuspended,
)
from domain.recorded import Recorded
from domain.values import Author, PersonId


class Status(StrEnum):
    """支援の状態。"""

    OPEN = "open"  # 支援中
    CLOSED = "closed"  # 終結
    SUSPENDED = "suspended"  # 中断


class Stage(StrEnum):
    """参加支援の段階。"""

    MATCHED = "matched"
    STARTED = "started"
    ENDED = "ended"


def acts(guardian: GuardianAppointed, by: Author) -> bool:
    """Whether this staff member, their desk or their agency is the guardian."""
    desk = guardian.desk in {None, by.capacity.desk}
    ours = guardian.staff is None and guardian.agency == by.capacity.agency and desk
    return ours or guardian.staff == by.staff


@dataclass(frozen=True, slots=True)
class Support:
    status: Status = Status.OPEN
    cycle: int = 1
    closed_at: int | None = None
    participations: Mapping[UUID, Stage] = field(default_factory=dict)
    attachments: frozenset[UUID] = frozenset()
    guardians: Mapping[int, GuardianAppointed] = field(default_factory=dict)
    """By the version of their appointment."""
    retired: frozenset[int] = frozenset()
    """The appointments whose task is over."""

    def evolve(self, recorded: Recorded, fact: SupportFact) -> "Support":
        match fact:
            case SupportClosed():
                return replace(self, status=Status.CLOSED, closed_at=recorded.version)
            case SupportSuspended():
                return replace(self, status=Status.SUSPENDED, closed_at=recorded.version)
            case SupportReopened():
                return replace(self, status=Status.OPEN, cycle=fact.cycle)
            case ParticipationMatched():
                return self._reached(fact.participation, Stage.MATCHED)
            case ParticipationStarted():
                return self._reached(fact.participation, Stage.STARTED)
            case ParticipationEnded():
                return self._reached(fact.participation, Stage.ENDED)
            case GuardianAppointed():
                return replace(self, guardians={**self.guardians, recorded.version: fact})
            case GuardianshipEnded():
                return replace(self, retired=self.retired | {fact.of})
            case FileAttached():
                return replace(self, attachments=self.attachments | {fact.attachment})
            case (
                OutreachAttempted()
                | ContactMade()
                | EntryServiceUsed()
                | ParticipationFollowedUp()
                | ShelterProvided()
                | ExpertAdviceReceived()
            ):
                return self

    def acted_for(self, by: Author) -> frozenset[PersonId]:
        """For whom this staff member, their desk or their agency is the guardian."""
        going_on = (fact for of, fact in self.guardians.items() if of not in self.retired)
        return frozenset(fact.person for fact in going_on if acts(fact, by))

    def _reached(self, participation: UUID, stage: Stage) -> "Support":
        return replace(self, participations={**self.participations, participation: stage})
