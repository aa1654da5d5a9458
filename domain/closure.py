"""終結・中断: a household that 多機関協働 took up does not end by one desk's word."""

from collections.abc import Iterable
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.conditions import about_members, known, may_write
from domain.events import Fact
from domain.events.meeting import DecisionKind
from domain.events.referral import LeadAgencyNamed
from domain.events.support import ContactAttempt, SupportClosed, SupportSuspended
from domain.household import Household
from domain.household.former import Former
from domain.household.planning import Decision
from domain.household.referrals import Lead, ReferralStatus
from domain.knowing import known_decision, knows_of, knows_result
from domain.leading import may_lead
from domain.refusals import Refused, Unknown
from domain.sitting import Attended
from domain.stamp import Stamp
from domain.stating import ParagraphDraft, SidedCommand, stated
from domain.unfinished import (
    Left,
    PlanNotEvaluated,
    ReferralUnanswered,
    StillOpen,
    left_open,
    nothing_known_left,
    nothing_left,
    unanswered,
    unevaluated,
)
from domain.values import AgencyId, Code, DeskId, Personal, Role, SittingId


class EndingCommand(SidedCommand):
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


class WishNotAsked(Refused):
    """本人の意向、または意向を確かめられなかった理由を書いてください。"""


class NoMeetingEntry(Refused):
    """会議での承認または確認がまだありません。会議に付議し、決定を記録してください。"""


class NotScreened(Refused):
    """お示しできる記録に、スクリーニングの結果がまだありません。相談受付の結果を記録するか、主担当の引き継ぎを受けてから終結してください。"""


class NoContactAttempts(Refused):
    """中断の前に、連絡を試みた日と方法を書いてください。"""


class ReasonNeedsWords(Refused):
    """この事由を選ぶときは、内容を書いてください。"""


class NoSuccessorNamed(Refused):
    """終結のあと、だれが気にかけていくのか、次の主担当の機関と係を示してください。"""


def close_support(
    household: Household, *rest: *tuple[*tuple[Attended | Former, ...], CloseSupport, Stamp]
) -> list[Fact]:
    """Rules 17 and 24. Who keeps an eye on it then has a part in it, or a meeting named them."""
    *beside, command, stamp = rest
    formers = [each for each in beside if isinstance(each, Former)]
    sittings = [each for each in beside if isinstance(each, Attended)]
    may_write(household, stamp)
    about_members(household, command, stamp)
    _given_reason("closure-reasons", command, stamp)
    left = left_open(household)
    nothing_known_left(household, left, StillOpen, stamp)
    if not _taken_up(household, stamp):
        if not knows_result(household, stamp):
            raise NotScreened
        nothing_left(left)
        successor = _successor(household, formers, command, None, stamp)
        return _closed(household, command, stamp, successor)
    _wish_known(command, stamp, "closure-reasons")
    kind = DecisionKind.CLOSURE_APPROVED
    approved = _confirmed(household, kind, command.item, stamp, sittings)
    successor = _successor(household, formers, command, approved.successor, stamp)
    settings = stamp.profile.settings(stamp.today)
    if settings.lead_successor_required and successor is None:
        raise NoSuccessorNamed
    plans = unevaluated(household, at_end=settings.evaluate_at_end)
    on = _on(household, command, approved, plans, stamp)
    nothing_left(left, plans)
    return _closed(household, command, stamp, successor, **on)


def suspend_support(
    household: Household, *rest: *tuple[*tuple[Attended, ...], SuspendSupport, Stamp]
) -> list[SupportSuspended]:
    """Rule 24: nobody is let go without having been looked for, nor while somebody is asked to take
    them in: the receiver of a つなぎ could accept it no more.
    """
    *sittings, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    _given_reason("suspension-reasons", command, stamp)
    _looked_for(command, stamp)
    waiting = unanswered(household)
    nothing_known_left(household, waiting, ReferralUnanswered, stamp)
    if not _taken_up(household, stamp):
        nothing_left(waiting)
        return [stated(SupportSuspended, command, stamp)]
    _wish_known(command, stamp, "suspension-reasons")
    kind = DecisionKind.SUSPENSION_CONFIRMED
    confirmed = _confirmed(household, kind, command.item, stamp, sittings)
    plans = unevaluated(household, at_end=False)
    on = _on(household, command, confirmed, plans, stamp)
    nothing_left(waiting, plans)
    return [stated(SupportSuspended, command, stamp, **on)]


def _looked_for(command: SuspendSupport, stamp: Stamp) -> None:
    if not command.attempts:
        raise NoContactAttempts
    known(stamp, "outreach-methods", *(attempt.method for attempt in command.attempts))
    for attempt in command.attempts:
        stamp.occurred(attempt.on)


def _taken_up(household: Household, stamp: Stamp) -> bool:
    """Rule 24: a sitting took it up, it was judged eligible, or a 多機関協働 desk accepted it."""
    desks = stamp.profile.desks_for(Role.COORDINATOR, stamp.today)
    coordinating = {(ref.agency, ref.desk) for ref in desks}
    return household.coordinated or any(
        referral.status is ReferralStatus.ACCEPTED
        and (referral.to_agency, referral.to_desk) in coordinating
        for referral in household.referrals.referrals.values()
    )


def _given_reason(codes: str, command: EndingCommand, stamp: Stamp) -> None:
    known(stamp, codes, command.reason)
    needs_words = stamp.profile.marked(codes, command.reason, "needs-reason", stamp.today)
    if needs_words and not command.narrative:
        raise ReasonNeedsWords(reason=command.reason)


def _wish_known(command: EndingCommand, stamp: Stamp, codes: str) -> None:
    speaks = stamp.profile.marked(codes, command.reason, "wish-not-asked", stamp.today)
    if not (command.wish or command.not_asked_because or speaks):
        raise WishNotAsked


def _confirmed(
    household: Household,
    kind: DecisionKind,
    item: UUID | None,
    stamp: Stamp,
    sittings: Iterable[Attended],
) -> Decision:
    """By a meeting the writer knows of: any other ends it through those who were there."""
    found = known_decision(household, kind, stamp, sittings, item)
    if found is None:
        raise NoMeetingEntry(kind=kind)
    return found


def _on(
    household: Household, command: EndingCommand, decided: Decision, waiting: Left, stamp: Stamp
) -> dict[str, object]:
    """What the ending rests on."""
    plan = _evaluated(household, command.evaluated_plan, stamp)
    nothing_known_left(household, waiting, PlanNotEvaluated, stamp)
    return {"sitting": decided.sitting, "item": decided.item, "evaluated_plan": plan}


def _evaluated(household: Household, named: UUID | None, stamp: Stamp) -> UUID | None:
    """The plan that was evaluated: the one named, or the newest of those the writer knows of."""
    plans = [key for key, plan in household.planning.plans.items() if plan.decided]
    if named and named not in plans:
        raise Unknown
    return named or next((k for k in reversed(plans) if knows_of(household, k, stamp)), None)


def _successor(
    household: Household,
    formers: Iterable[Former],
    command: CloseSupport,
    approved: tuple[AgencyId, DeskId] | None,
    stamp: Stamp,
) -> Lead | None:
    """The desk the command names, else the one the meeting named, if it is there still."""
    given = (command.successor_agency, command.successor_desk)
    agency, desk = given if any(given) else approved or given
    if agency is None and desk is None:
        return None
    if agency is None or desk is None:
        raise NoSuccessorNamed
    stamp.profile.desk(agency, desk, stamp.today)
    named = Lead(agency, desk)
    if (agency, desk) != approved:
        may_lead(household, formers, named, stamp)
    return named


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
