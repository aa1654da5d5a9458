"""情報提供・協力依頼: what one agency tells another, on which basis."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.conditions import CASE_WORK, about_members, answering, may_write
from domain.events.consent import (
    InformationRequestAnswered,
    InformationRequested,
    InformationShared,
)
from domain.household import Household
from domain.household.consents import InformationRequest
from domain.passage import Beside
from domain.passing import AnswerDuePast, Ground, Pass, may_leave, may_serve, weigh
from domain.refusals import AlreadyRecorded, Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, stated
from domain.values import AgencyId, Day


class ShareInformation(Pass):
    """`facts` are the versions handed over; what is told by word of mouth is the narrative."""

    to_agency: AgencyId
    facts: tuple[int, ...] = ()


class RequestInformation(Pass):
    """協力依頼 (社会福祉法106条の6第3項)."""

    of_agency: AgencyId
    answer_due: Day | None = None


class AnswerInformationRequest(CaseCommand):
    cooperated: bool
    narrative: tuple[ParagraphDraft, ...] = ()


class NothingToShare(Refused):
    """渡す記録、内容または区分のいずれかを書いてください。"""


class SharedWithOneself(Refused):
    """自分の機関に情報を提供することはできません。別の係へは、つなぎを使ってください。"""


def share_information(
    household: Household, *rest: *tuple[*tuple[Beside, ...], ShareInformation, Stamp]
) -> list[InformationShared]:
    """Rule 1, for every person and every category that leaves."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    _other_agency(command.to_agency, command, stamp)
    if not (command.facts or command.narrative or command.categories):
        raise NothingToShare
    facts = tuple(dict.fromkeys(command.facts))
    parcel = weigh(Ground(household, tuple(beside)), command, stamp, command.to_agency, facts)
    may_leave(parcel)
    return [
        stated(
            InformationShared,
            command,
            stamp,
            share=stamp.new_id("share"),
            facts=facts,
            categories=parcel.passage.categories,
            narrative=parcel.narrative,
            label=parcel.label,
        )
    ]


def request_information(
    household: Household, *rest: *tuple[*tuple[Beside, ...], RequestInformation, Stamp]
) -> list[InformationRequested]:
    """To ask about somebody is to tell of them: it needs a basis as much as an answer would."""
    *beside, command, stamp = rest
    may_write(household, stamp)
    about_members(household, command, stamp)
    _other_agency(command.of_agency, command, stamp)
    days = stamp.profile.settings(stamp.today).request_answer_days
    due = command.answer_due or stamp.today + timedelta(days)
    if due < stamp.today:
        raise AnswerDuePast
    ground = Ground(household, tuple(beside), asking=True)
    parcel = weigh(ground, command, stamp, command.of_agency)
    may_leave(parcel)
    asked: dict[str, Any] = {"request": stamp.new_id("request"), "answer_due": due}
    told = {"narrative": parcel.narrative, "label": parcel.label}
    categories = parcel.passage.categories
    return [stated(InformationRequested, command, stamp, categories=categories, **asked, **told)]


def answer_information_request(
    household: Household, command: AnswerInformationRequest, stamp: Stamp, *, request: UUID
) -> list[InformationRequestAnswered]:
    """Written down by whoever asked, or by whoever was asked; also where the support has ended."""
    stamp.requires(*CASE_WORK)
    about_members(household, command, stamp)
    asked = household.consents.requests.get(request)
    if asked is None or stamp.capacity.agency not in _asking(asked):
        raise Unknown
    if asked.answered:
        raise AlreadyRecorded
    closed = answering(household, command, request)
    return [stated(InformationRequestAnswered, closed, stamp, request=request)]


def _asking(request: InformationRequest) -> set[AgencyId]:
    return {agency for agency, _ in (request.told.sharing_desk, request.told.to)}


def _other_agency(agency: AgencyId, command: Pass, stamp: Stamp) -> None:
    stamp.profile.agency(agency, stamp.today)
    may_serve(stamp, command.purpose)
    if agency == stamp.capacity.agency:
        raise SharedWithOneself
