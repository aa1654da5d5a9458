"""The frame (世帯の枠): whether a household is open, who leads, what it came from or went to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.events.membership import HouseholdOpened, HouseholdsMerged, HouseholdSplit
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.support import SupportClosed, SupportReopened, SupportSuspended
from domain.gate import Reader, Situation, faces
from domain.household.referrals import Lead, Leading, Leads, leading, led
from domain.household.support import Status
from domain.values import Role
from projections.access import Case
from projections.reading import Group


@dataclass(frozen=True, slots=True)
class Frame:
    """世帯の枠: open or not and who leads is known to everybody at work on a household; the rest,
    as far as they may read what says so. No word about anybody.
    """

    status: Status = Status.OPEN
    cycle: int = 1
    lead: Lead | None = None
    next_lead: Leading | None = None
    """Whoever will lead, from the day that was set when the work was handed over."""
    area: str | None = None
    household_type: str | None = None
    merged_into: UUID | None = None
    merged_from: tuple[UUID, ...] = ()
    split_from: UUID | None = None
    split_into: tuple[UUID, ...] = ()


_FRAMING = frozenset({"household", "lead"})
_STATUS = {SupportClosed: Status.CLOSED, SupportSuspended: Status.SUSPENDED}


def frame(groups: Iterable[Group], day: date) -> Frame:
    """As it is on that day."""
    said: dict[str, object] = {}
    leads: Leads = ()
    merged_from: list[UUID] = []
    split_into: list[UUID] = []
    for group in (group for group in groups if group.key in _FRAMING):
        for item in group.items:
            match item.fact:
                case HouseholdOpened(area=area, household_type=household_type):
                    said |= {"area": area, "household_type": household_type}
                case SupportClosed() | SupportSuspended() as fact:
                    said["status"] = _STATUS[type(fact)]
                case SupportReopened(cycle=cycle):
                    said |= {"status": Status.OPEN, "cycle": cycle}
                case LeadAgencyNamed() | WorkHandedOver() as fact:
                    leads = led(leads, fact)
                case HouseholdsMerged(source=source, target=target) if source == group.stream:
                    said["merged_into"] = target
                case HouseholdsMerged(source=source):
                    merged_from.append(source)
                case HouseholdSplit(source=source, target=target) if source == group.stream:
                    split_into.append(target)
                case HouseholdSplit(source=source):
                    said["split_from"] = source
    if "merged_into" not in said:
        said |= {"lead": leading(leads, day), "next_lead": _next(leads, day)}
    return Frame(**said, merged_from=tuple(merged_from), split_into=tuple(split_into))  # type: ignore[arg-type]


def _next(leads: Leads, day: date) -> Leading | None:
    return leads[-1] if leads and leads[-1].lead != leading(leads, day) else None


def framed(
    case: Case, household: UUID, seen: Iterable[Group], reader: Reader, state: Situation
) -> Frame:
    """Whoever may read anything knows whether it is open, and in which cycle, for all that they may
    do goes by that, whoever ended it; and, unless they act for a 相手方, who leads. 圏域 and
    世帯類型 are for those who may read them and for whoever leads, 圏域 withheld while somebody is
    concealed.
    """
    whole, theirs = frame(case.of[household], case.today), frame(seen, case.today)
    leads = whole.lead is not None and whole.lead.agency == reader.capacity.agency
    told = whole if leads else theirs
    named = whole if leads or not faces(reader, state) else Frame()
    hide = case.protects and reader.capacity.role is not Role.PROTECTION
    area = None if hide else told.area
    running = replace(theirs, status=whole.status, cycle=whole.cycle)
    running = replace(running, lead=named.lead, next_lead=named.next_lead)
    return replace(running, area=area, household_type=told.household_type)
