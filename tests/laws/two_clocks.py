"""What was so on a day, as known by a position, read slowly from the bare log.

It shares no code with the views: it walks over the log fact by fact, and compares days as texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.events.consent import ConsentGiven, ConsentWithdrawn
from domain.events.meeting import PlanDecided, PlanDrafted, PlanEvaluated, PlanRatifiedAfterwards
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
)
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.referral import (
    LeadAgencyNamed,
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralWithdrawn,
    WorkHandedOver,
)
from domain.events.rights import MisfiledRecordWithdrawn
from domain.events.support import SupportClosed, SupportReopened, SupportSuspended
from domain.recorded import Recorded
from tests.laws.reading import as_read


def stood(log: Iterable[Recorded], stream: UUID, true_at: date, position: int) -> list[Recorded]:
    """The facts of a stream that were so by that day, as they were known to read."""
    whole = [each for each in log if each.stream == stream]
    taken_away = {
        version
        for each in whole
        if isinstance(each.fact, MisfiledRecordWithdrawn)
        for version in each.fact.facts
    }
    known = as_read([each for each in whole if each.position <= position])
    return [each for each in known if each.version not in taken_away and _so(each.fact, true_at)]


def _so(fact: Any, true_at: date) -> bool:
    if isinstance(fact, PersonsMerged | PersonsUnmerged):
        return True
    day = fact.since if isinstance(fact, MemberJoined) else fact.occurred_on
    return day == "unknown" or day <= true_at.isoformat()[: len(day)]


@dataclass
class Oracle:
    """One household, told fact by fact."""

    household: UUID
    true_at: date
    status: str = "open"
    cycle: int = 1
    leads: list[tuple[Any, ...]] = field(default_factory=list)
    merged_into: UUID | None = None
    members: dict[UUID, list[Any]] = field(default_factory=dict)
    referrals: dict[UUID, str] = field(default_factory=dict)
    plans: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    consents: dict[UUID, tuple[ConsentGiven, list[ConsentWithdrawn]]] = field(default_factory=dict)

    def hear(self, told: Sequence[Recorded]) -> "Oracle":
        for each in told:
            self._frame(each.fact)
            self._people(each.fact)
            self._papers(each.fact)
        return self

    @property
    def lead(self) -> tuple[Any, ...] | None:
        begun = [each for each in self.leads if each[0] <= self.true_at] or self.leads[:1]
        return begun[-1][1:] if begun else None

    def _frame(self, fact: Any) -> None:
        match fact:
            case SupportClosed():
                self.status = "closed"
            case SupportSuspended():
                self.status = "suspended"
            case SupportReopened(cycle=cycle):
                self.status, self.cycle = "open", cycle
                self.plans.clear()
                self.consents.clear()
            case LeadAgencyNamed():
                self.leads = [(date.min, fact.agency, fact.desk, fact.staff)]
            case WorkHandedOver(until=None):
                self.leads.append((fact.effective_on, fact.agency, fact.desk, fact.to_staff))
            case HouseholdsMerged(source=source, target=target) if source == self.household:
                self.merged_into = target
            case _:
                pass

    def _people(self, fact: Any) -> None:
        match fact:
            case MemberJoined():
                # Whoever joins again keeps the place in which they were first told.
                self.members[fact.person] = [fact.relation, fact.membership, fact.since, None]
            case MemberLeft(person=person) if person in self.members:
                self.members[person][3] = self.members[person][3] or fact.occurred_on
            case HouseholdSplit(source=source, persons=gone) if source == self.household:
                for person in gone:
                    if person in self.members:
                        self.members[person][3] = self.members[person][3] or fact.occurred_on
            case _:
                pass

    def _papers(self, fact: Any) -> None:
        match fact:
            case ReferralMade(referral=key):
                self.referrals[key] = "open"
            case ReferralAccepted() | ReferralReturned() | ReferralWithdrawn():
                if fact.referral in self.referrals:
                    self.referrals[fact.referral] = "answered"
            case PlanDrafted(plan=key):
                self.plans[key] = {"decided": False, "review": None, "ended": False}
            case PlanDecided(plan=key):
                self._plan(key).update(decided=True, review=fact.review_on)
                if fact.replaces in self.plans:
                    self.plans[fact.replaces]["gone"] = True
            case PlanEvaluated(plan=key):
                ended = fact.stage == "final"
                review = None if ended else fact.review_on or self._plan(key)["review"]
                self._plan(key).update(ended=ended, review=review)
            case PlanRatifiedAfterwards(plan=key):
                self._plan(key)
            case ConsentGiven(consent=key):
                self.consents[key] = fact, []
            case ConsentWithdrawn(consent=key) if key in self.consents:
                self.consents[key][1].append(fact)
            case _:
                pass

    def _plan(self, key: UUID) -> dict[str, Any]:
        return self.plans.setdefault(key, {"decided": False, "review": None, "ended": False})

    @property
    def open_referrals(self) -> set[UUID]:
        return {key for key, status in self.referrals.items() if status == "open"}

    @property
    def in_force(self) -> set[UUID]:
        """The consents of which anything was left on that day."""
        return {key for key, (given, cuts) in self.consents.items() if self._left(given, cuts)}

    def _left(self, given: ConsentGiven, cuts: list[ConsentWithdrawn]) -> bool:
        begun = given.period.start <= self.true_at
        over = given.period.end is not None and given.period.end < self.true_at
        parts = {
            (agency, category, purpose)
            for agency in given.agencies
            for category in given.categories
            for purpose in given.purposes
        }
        for cut in cuts:
            parts = {
                (agency, category, purpose)
                for agency, category, purpose in parts
                if not (
                    agency in cut.agencies
                    and category in cut.categories
                    and purpose in cut.purposes
                )
            }
        return begun and not over and bool(parts)


def opened(told: Iterable[Recorded]) -> bool:
    return any(isinstance(each.fact, HouseholdOpened) for each in told)
