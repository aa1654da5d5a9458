"""つなぎ: asked for by one desk, closed only by the one that was asked (rule 15)."""

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from domain.basis import has_basis
from domain.conditions import (
    CASE_WORK,
    about_members,
    answering,
    as_hidden_as,
    case_of,
    known,
    may_write,
)
from domain.events import Fact
from domain.events.intake import ConsultationReceived
from domain.events.membership import MemberJoined
from domain.events.referral import (
    AnsweredBy,
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralWithdrawn,
)
from domain.household import Household
from domain.household.referrals import Referral, ReferralStatus
from domain.labels import Category
from domain.passage import Beside
from domain.passing import AnswerDuePast, Ground, Parcel, Pass, leaves, may_leave, may_serve, weigh
from domain.reading import reads_whole
from domain.refusals import HouseholdClosed, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, stated
from domain.values import AgencyId, Code, Day, DeskId, Personal, earliest, latest


class MakeReferral(Pass):
    """Without `enclosed`, what the basis covers of the desk's own first records goes along."""

    usual_category: ClassVar[Category] = Category.CONSULTATION
    addressed: ClassVar[bool] = True

    to_agency: AgencyId
    to_desk: DeskId | None = None
    enclosed: tuple[int, ...] | None = None
    answer_due: Day | None = None
    consultation: UUID | None = None


class ReferralAnswer(CaseCommand):
    """Who answered and how, where the receiver does not use the ledger."""

    answered_by: Personal | None = None
    answered_how: Code | None = None


class AcceptReferral(ReferralAnswer):
    """受理。"""


class ReturnReferral(ReferralAnswer):
    reason: Personal


class WithdrawReferral(CaseCommand):
    reason: Personal


class ReferredToOneself(Refused):
    """自分の係につなぐことはできません。"""


class OnlyReceiverAnswers(Refused):
    """つなぎを受理または返戻できるのは、受け手だけです。"""


class AnswererNotNamed(Refused):
    """受け手に代わって回答を記録するときは、だれが（answered_by）、どのように（answered_how）回答したかを書いてください。"""


class AnsweredBeforeAsked(Refused):
    """回答の日が、つなぎを依頼した日より前です。"""


class ReferralSettled(Refused):
    """このつなぎは、すでに受理・返戻または取下げになっています。"""


FIRST_RECORDS: frozenset[type[Fact]] = frozenset({MemberJoined, ConsultationReceived})


def make_referral(
    household: Household, *rest: *tuple[*tuple[Beside, ...], MakeReferral, Stamp]
) -> list[ReferralMade]:
    """Rule 14: naming a receiver needs nothing; whatever goes along needs a basis (rule 1)."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    due = _receiver(command, stamp)
    if command.consultation and command.consultation not in household.intake.consultations:
        raise Unknown
    command = as_hidden_as(household, command, command.consultation)
    parcel = _parcel(Ground(household, tuple(beside)), command, stamp)
    return [
        stated(
            ReferralMade,
            command,
            stamp,
            referral=stamp.new_id("referral"),
            categories=parcel.passage.categories,
            enclosed=parcel.passage.facts,
            answer_due=due,
            label=parcel.label,
            narrative=parcel.narrative,
        )
    ]


def _receiver(command: MakeReferral, stamp: Stamp) -> date:
    """A known agency and desk, not one's own, asked for an answer in time."""
    profile, today, capacity = stamp.profile, stamp.today, stamp.capacity
    profile.agency(command.to_agency, today)
    if command.to_desk:
        profile.desk(command.to_agency, command.to_desk, today)
    own_desk = command.to_desk in {None, capacity.desk}
    if command.to_agency == capacity.agency and own_desk:
        raise ReferredToOneself
    may_serve(stamp, command.purpose)
    due = command.answer_due or today + timedelta(profile.settings(today).referral_answer_days)
    if due < today:
        raise AnswerDuePast
    return due


def _parcel(ground: Ground, command: MakeReferral, stamp: Stamp) -> Parcel:
    parcel = weigh(ground, command, stamp, command.to_agency, command.enclosed or ())
    if parcel.parts:
        may_leave(parcel)
    if command.enclosed is None:
        parcel = _with_first_records(ground, command, stamp, parcel)
    if command.basis:
        has_basis(parcel.passage)
    return parcel


def _with_first_records(
    ground: Ground, command: MakeReferral, stamp: Stamp, parcel: Parcel
) -> Parcel:
    """The desk's own first records, one by one, as far as they may go with what is there."""
    for version in _first_records(ground, command, stamp):
        facts = (*parcel.passage.facts, version)
        more = weigh(ground, command, stamp, command.to_agency, facts)
        if leaves(more):
            parcel = more
    return parcel


def _first_records(ground: Ground, command: MakeReferral, stamp: Stamp) -> list[int]:
    """Who belongs and what they came with, of the persons referred, oldest first: nothing that
    the writer may not read, for by a refusal they would learn that it is there.
    """
    household, capacity = ground.household, stamp.capacity
    return sorted(
        written.version
        for written in household.writings
        if written.kind in FIRST_RECORDS
        and (written.label.agency, written.label.desk) == (capacity.agency, capacity.desk)
        and reads_whole(household, written, stamp, ground.beside)
        and (not command.subjects or set(command.subjects).issuperset(written.parts[0].persons))
    )


def accept_referral(
    household: Household,
    *rest: *tuple[*tuple[Household, ...], AcceptReferral, Stamp],
    referral: UUID,
) -> list[ReferralAccepted]:
    """Where the household was merged, it is the case in the other that must be open."""
    *kept, command, stamp = rest
    if not case_of(household, *kept).is_open:
        raise HouseholdClosed
    closed, by = _answer(household, command, stamp, referral)
    return [stated(ReferralAccepted, closed, stamp, referral=referral, recorded_by=by)]


def return_referral(
    household: Household, command: ReturnReferral, stamp: Stamp, *, referral: UUID
) -> list[ReferralReturned]:
    """Also where the support has ended meanwhile: nobody is left waiting."""
    closed, by = _answer(household, command, stamp, referral)
    return [stated(ReferralReturned, closed, stamp, referral=referral, recorded_by=by)]


def withdraw_referral(
    household: Household, command: WithdrawReferral, stamp: Stamp, *, referral: UUID
) -> list[ReferralWithdrawn]:
    stamp.requires(*CASE_WORK)
    about_members(household, command, stamp)
    made = household.referrals.referrals.get(referral)
    if made is None or made.sharing_desk != (stamp.capacity.agency, stamp.capacity.desk):
        raise Unknown
    _still_open(made)
    closed = answering(household, command, referral)
    return [stated(ReferralWithdrawn, closed, stamp, referral=referral)]


def _answer(
    household: Household, command: ReferralAnswer, stamp: Stamp, key: UUID
) -> tuple[ReferralAnswer, AnsweredBy]:
    """Who may answer, and how it is recorded."""
    stamp.requires(*CASE_WORK)
    about_members(household, command, stamp)
    known(stamp, "answer-methods", command.answered_how)
    referral = household.referrals.referrals.get(key)
    if referral is None:
        raise Unknown
    by = _answered_by(referral, stamp)
    _still_open(referral)
    if by is AnsweredBy.SENDER and not (command.answered_by and command.answered_how):
        raise AnswererNotNamed
    if latest(stamp.occurred(command.occurred_on)) < earliest(referral.made_on):
        raise AnsweredBeforeAsked
    return answering(household, command, key), by


def _answered_by(referral: Referral, stamp: Stamp) -> AnsweredBy:
    """Rule 15; for everybody but sender and receiver there is no such つなぎ (rule 32)."""
    if _is_receiver(referral, stamp):
        return AnsweredBy.RECEIVER
    if stamp.capacity.agency != referral.from_agency:
        raise Unknown
    strict = stamp.profile.settings(stamp.today).referral_closed_by_receiver
    if strict and stamp.profile.uses_ledger(referral.to_agency, stamp.today):
        raise OnlyReceiverAnswers
    return AnsweredBy.SENDER


def _is_receiver(referral: Referral, stamp: Stamp) -> bool:
    """Within one agency it is the desk asked that answers."""
    capacity = stamp.capacity
    if capacity.agency != referral.to_agency:
        return False
    return referral.from_agency != referral.to_agency or capacity.desk == referral.to_desk


def _still_open(referral: Referral) -> None:
    if referral.status is not ReferralStatus.OPEN:
        raise ReferralSettled
