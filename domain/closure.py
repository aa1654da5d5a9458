"""終結・中断・再開: a household that 多機関協働 took up does not end by one desk's word."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.conditions import CASE_WORK, HouseholdMerged, about_members, known, may_write
from domain.events import Fact
from domain.events.meeting import DecisionKind
from domain.events.referral import LeadAgencyNamed
from domain.events.support import ContactAttempt, SupportClosed, SupportReopened, SupportSuspended
from domain.household import Household
from domain.household.planning import Decision
from domain.household.referrals import Lead, Referral, ReferralStatus
from domain.household.support import Stage, Status
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import AgencyId, Code, DeskId, Personal, Role, SittingId, StaffId


class EndingCommand(CaseCommand):
    """The ledger fills in what it knows: the evaluated plan, the item that approved the ending."""

    reason: Code
    wish: Personal | None = None
    not_asked_because: Personal | None = None
    evaluated_plan: UUID | None = None
    sitting: SittingId | None = None
    item: UUID | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class CloseSupport(EndingCommand):
    successor_agency: AgencyId | None = None
    successor_desk: DeskId | None = None


class SuspendSupport(EndingCommand):
    attempts: Annotated[tuple[ContactAttempt, ...], Field(max_length=100)] = ()


class ReopenSupport(CaseCommand):
    """Led by the writer's desk unless another is named."""

    reason: Code
    agency: AgencyId | None = None
    desk: DeskId | None = None
    staff: StaffId | None = None
    narrative: tuple[ParagraphDraft, ...] = ()


class StillOpen(Refused):
    """終わっていないものが残っています。つなぎの回答、プランの事後承認、参加支援の終了を先に記録してください。"""


class WishNotAsked(Refused):
    """本人の意向、または意向を確かめられなかった理由を書いてください。"""


class PlanNotEvaluated(Refused):
    """プランの評価がまだ済んでいません。会議で評価してから終えてください。"""


class NoMeetingEntry(Refused):
    """会議での承認または確認がまだありません。会議に付議し、決定を記録してください。"""


class NotScreened(Refused):
    """スクリーニングの結果がまだありません。結果を記録してから終結してください。"""


class NoContactAttempts(Refused):
    """中断の前に、連絡を試みた日と方法を書いてください。"""


class ReasonNeedsWords(Refused):
    """この事由を選ぶときは、内容を書いてください。"""


class NoSuccessorNamed(Refused):
    """終結のあと、だれが気にかけていくのか、次の主担当の機関と係を示してください。"""


class NotEnded(Refused):
    """この世帯の支援は続いています。再開の必要はありません。"""


def close_support(household: Household, command: CloseSupport, stamp: Stamp) -> list[Fact]:
    """Rules 17 and 24."""
    may_write(household, stamp)
    about_members(household, command)
    _given_reason("closure-reasons", command, stamp)
    _nothing_open(household, stamp)
    if not _taken_up(household, stamp):
        if household.intake.last_result is None:
            raise NotScreened
        return _closed(household, command, stamp, _successor(command, None, stamp))
    _wish_known(command, stamp, "closure-reasons")
    approved = _confirmed(household, DecisionKind.CLOSURE_APPROVED, command.item)
    successor = _successor(command, approved.successor, stamp)
    required = stamp.profile.settings(stamp.today).lead_successor_required
    if required and successor is None:
        raise NoSuccessorNamed
    plan = _evaluated(household, command.evaluated_plan, stamp, to_the_end=True)
    on = {"sitting": approved.sitting, "item": approved.item, "evaluated_plan": plan}
    return _closed(household, command, stamp, successor, **on)


def suspend_support(
    household: Household, command: SuspendSupport, stamp: Stamp
) -> list[SupportSuspended]:
    """Rule 24: nobody is let go without having been looked for."""
    may_write(household, stamp)
    about_members(household, command)
    _given_reason("suspension-reasons", command, stamp)
    if not command.attempts:
        raise NoContactAttempts
    known(stamp, "outreach-methods", *(attempt.method for attempt in command.attempts))
    for attempt in command.attempts:
        stamp.occurred(attempt.on)
    if not _taken_up(household, stamp):
        return [stated(SupportSuspended, command, stamp)]
    _wish_known(command, stamp, "suspension-reasons")
    confirmed = _confirmed(household, DecisionKind.SUSPENSION_CONFIRMED, command.item)
    plan = _evaluated(household, command.evaluated_plan, stamp, to_the_end=False)
    on = {"sitting": confirmed.sitting, "item": confirmed.item, "evaluated_plan": plan}
    return [stated(SupportSuspended, command, stamp, **on)]


def reopen_support(household: Household, command: ReopenSupport, stamp: Stamp) -> list[Fact]:
    """Rule 25: a new cycle, linked to the ending; what was consented to before does not revive."""
    stamp.requires(*CASE_WORK)
    if household.people.merged_into:
        raise HouseholdMerged(household=household.people.merged_into)
    if household.support.status is Status.OPEN:
        raise NotEnded
    about_members(household, command)
    known(stamp, "reopening-reasons", command.reason)
    agency, desk = command.agency or stamp.capacity.agency, command.desk or stamp.capacity.desk
    stamp.profile.desk(agency, desk, stamp.today)
    by: dict[str, Any] = {"agency": agency, "desk": desk}
    support = household.support
    cycle = {"cycle": support.cycle + 1, "after": support.closed_at}
    named = {"staff": command.staff, "reason": "reopened"}
    return [
        stated(SupportReopened, command, stamp, **by, **cycle),
        stated(LeadAgencyNamed, command, stamp, **by, **named),
    ]


def _taken_up(household: Household, stamp: Stamp) -> bool:
    """Rule 24: a sitting took it up, it was judged eligible, or a 多機関協働 desk accepted it."""
    desks = stamp.profile.desks_for(Role.COORDINATOR, stamp.today)
    coordinating = {(ref.agency, ref.desk) for ref in desks}
    return household.coordinated or any(
        referral.status is ReferralStatus.ACCEPTED
        and (referral.to_agency, referral.to_desk) in coordinating
        for referral in household.referrals.referrals.values()
    )


def _nothing_open(household: Household, stamp: Stamp) -> None:
    """Names what is left; of what is hidden from somebody or stands between other agencies, and to
    whoever acts for one of them, no more than that there is something.
    """
    referrals, stages = household.referrals.referrals, household.support.participations
    left: dict[str, Iterable[UUID]] = {
        "referrals": [k for k, r in referrals.items() if r.status is ReferralStatus.OPEN],
        "plans": household.planning.unratified,
        "participations": [k for k, stage in stages.items() if stage is not Stage.ENDED],
    }
    if any(left.values()):
        left["referrals"] = [k for k in left["referrals"] if _may_be_named(referrals[k], stamp)]
        acts = bool(household.support.acted_for(stamp.author))
        raise StillOpen(**{name: [] if acts else list(keys) for name, keys in left.items()})


def _may_be_named(referral: Referral, stamp: Stamp) -> bool:
    return not referral.hidden and stamp.capacity.agency in {
        referral.from_agency,
        referral.to_agency,
    }


def _given_reason(codes: str, command: EndingCommand, stamp: Stamp) -> None:
    known(stamp, codes, command.reason)
    needs_words = stamp.profile.marked(codes, command.reason, "needs-reason", stamp.today)
    if needs_words and not command.narrative:
        raise ReasonNeedsWords(reason=command.reason)


def _wish_known(command: EndingCommand, stamp: Stamp, codes: str) -> None:
    speaks = stamp.profile.marked(codes, command.reason, "wish-not-asked", stamp.today)
    if not (command.wish or command.not_asked_because or speaks):
        raise WishNotAsked


def _confirmed(household: Household, kind: DecisionKind, item: UUID | None) -> Decision:
    found = household.planning.last_decision(kind, item=item)
    if found is None:
        raise NoMeetingEntry(kind=kind)
    return found


def _evaluated(
    household: Household, named: UUID | None, stamp: Stamp, *, to_the_end: bool
) -> UUID | None:
    """The plan that was evaluated; every plan decided must have been, at its end or so far."""
    plans = {key: plan for key, plan in household.planning.plans.items() if plan.decided}
    if named and named not in plans:
        raise Unknown
    at_end = to_the_end and stamp.profile.settings(stamp.today).evaluate_at_end
    waiting = [key for key, p in plans.items() if not (p.ended or (p.evaluated and not at_end))]
    if waiting:
        raise PlanNotEvaluated(plans=waiting)
    return named or next(reversed(plans), None)


def _successor(
    command: CloseSupport, approved: tuple[AgencyId, DeskId] | None, stamp: Stamp
) -> Lead | None:
    """The desk the command names, else the one the meeting named."""
    given = (command.successor_agency, command.successor_desk)
    if not any(given):
        return Lead(*approved) if approved else None
    if command.successor_agency is None or command.successor_desk is None:
        raise NoSuccessorNamed
    stamp.profile.desk(command.successor_agency, command.successor_desk, stamp.today)
    return Lead(command.successor_agency, command.successor_desk)


def _closed(
    household: Household, command: CloseSupport, stamp: Stamp, successor: Lead | None, **on: object
) -> list[Fact]:
    """The lead is named anew only where it changes."""
    agency, desk = (successor.agency, successor.desk) if successor else (None, None)
    named = {"successor_agency": agency, "successor_desk": desk}
    closed = stated(SupportClosed, command, stamp, **on, **named)
    lead = household.lead
    if successor is None or (lead and (lead.agency, lead.desk) == (agency, desk)):
        return [closed]
    by: dict[str, Any] = {"agency": agency, "desk": desk, "staff": None, "reason": "handed-over"}
    return [stated(LeadAgencyNamed, command, stamp, **by), closed]
