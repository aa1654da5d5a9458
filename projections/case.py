"""The case (ケース) as its rows add up: pure, over all rows or over those a reader may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.intake import ConsultationReceived
from domain.events.meeting import (
    EvaluationStage,
    PlanDecided,
    PlanDrafted,
    PlanEvaluated,
    PlanRatifiedAfterwards,
)
from domain.events.membership import (
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
    Membership,
)
from domain.events.referral import (
    ReferralAccepted,
    ReferralMade,
    ReferralReturned,
    ReferralWithdrawn,
)
from domain.events.support import ContactMade, SupportReopened
from domain.household.referrals import ReferralStatus
from domain.values import earliest
from projections.reading import Group


@dataclass(frozen=True, slots=True)
class Member:
    """世帯員: typed and dated; `left` once the person has gone; `earlier` are other ids under which
    the household knows or knew the person.
    """

    person: UUID
    relation: str
    membership: Membership
    since: str
    left: str | None = None
    earlier: tuple[UUID, ...] = ()


class Merger(NamedTuple):
    """統合: where the household went, and which fact here says so."""

    target: UUID
    version: int


@dataclass(frozen=True, slots=True)
class Plan:
    """支援プラン: where it stands and when it is next reviewed."""

    plan: UUID
    decided: bool
    ratify_by: date | None
    review_on: date | None
    ended: bool


_ANSWERS: Mapping[type[Fact], ReferralStatus] = {
    ReferralAccepted: ReferralStatus.ACCEPTED,
    ReferralReturned: ReferralStatus.RETURNED,
    ReferralWithdrawn: ReferralStatus.WITHDRAWN,
}


def mergers(groups: Iterable[Group]) -> dict[UUID, Merger]:
    """Each household merged into another, as far as these rows say so."""
    return {
        item.fact.source: Merger(item.fact.target, item.version)
        for group in groups
        if group.kind == "household"
        for item in group.items
        if isinstance(item.fact, HouseholdsMerged)
    }


def members(groups: Sequence[Group]) -> tuple[Member, ...]:
    """The household's composition, those who left included, in the order they are known. Where it
    was recorded twice that somebody left, who did so later did not know: the first stands.
    """
    found: dict[UUID, tuple[int, Member]] = {}
    gone: dict[UUID, list[tuple[int, str]]] = {}
    for group in groups:
        for item in group.items:
            match item.fact:
                case MemberJoined() as fact:
                    joined = Member(fact.person, fact.relation, fact.membership, fact.since)
                    found[fact.person] = (item.version, joined)
                case MemberLeft(person=person, occurred_on=day):
                    gone.setdefault(person, []).append((item.version, day))
                case HouseholdSplit(source=source, persons=persons) as fact if (
                    source == group.stream
                ):
                    for person in persons:
                        gone.setdefault(person, []).append((item.version, fact.occurred_on))
    in_order = sorted(found.values(), key=lambda each: each[0])
    return tuple(_left(at, member, gone.get(member.person, ())) for at, member in in_order)


def _left(joined: int, member: Member, gone: Iterable[tuple[int, str]]) -> Member:
    since = sorted(each for each in gone if each[0] > joined)
    return replace(member, left=since[0][1]) if since else member


def referral_status(group: Group) -> ReferralStatus | None:
    """How a つなぎ stands; None when what is left of it does not say that it was made."""
    status: ReferralStatus | None = None
    for item in group.items:
        kind = type(item.fact)
        if kind is ReferralMade:
            status = ReferralStatus.OPEN
        elif status and kind in _ANSWERS:
            status = _ANSWERS[kind]
    return status


def reopened(groups: Iterable[Group]) -> int:
    """Where the present cycle begins: nothing from before it revives."""
    items = (item for group in groups if group.kind == "household" for item in group.items)
    return max((i.version for i in items if isinstance(i.fact, SupportReopened)), default=0)


def plans(groups: Iterable[Group], since: int) -> tuple[Plan, ...]:
    """The plans of the cycle that began there; one that was replaced has ended."""
    found = [
        group._replace(items=tuple(item for item in group.items if item.version > since))
        for group in groups
        if group.kind == "plan"
    ]
    drawn_up = [(group, plan(group)) for group in found if group.items]
    gone = {key for group, _ in drawn_up for key in _replaced(group)}
    return tuple(
        replace(each, review_on=None, ended=True) if each.plan in gone else each
        for _, each in drawn_up
    )


def _replaced(group: Group) -> Iterator[UUID]:
    """The plans in whose place this one was decided."""
    for item in group.items:
        if isinstance(item.fact, PlanDecided) and item.fact.replaces:
            yield item.fact.replaces


def plan(group: Group) -> Plan:
    decided, ended = False, False
    ratify_by: date | None = None
    review_on: date | None = None
    for item in group.items:
        match item.fact:
            case PlanDrafted():
                decided, ended, ratify_by, review_on = False, False, None, None
            case PlanDecided() as fact:
                decided, ratify_by, review_on = True, fact.ratify_by, fact.review_on
            case PlanRatifiedAfterwards():
                ratify_by = None
            case PlanEvaluated() as fact:
                ended = fact.stage is EvaluationStage.FINAL
                review_on = None if ended else fact.review_on or review_on
    return Plan(UUID(group.key.partition(":")[2]), decided, ratify_by, review_on, ended)


def as_one(belong: Iterable[Member], ids: Callable[[UUID], tuple[UUID, ...]]) -> tuple[Member, ...]:
    """Each person once, under the id of the survivor where 名寄せ found several to be one.

    `ids` gives the survivor first. The person is here as long as any of the records says so.
    """
    found: dict[UUID, Member] = {}
    for member in belong:
        survivor, *_ = whole = ids(member.person)
        before = found.get(survivor)
        kept = member if before is None or (before.left and not member.left) else before
        known = {*(before.earlier if before else ()), member.person} - {survivor}
        earlier = tuple(each for each in whole if each in known)
        found[survivor] = replace(kept, person=survivor, earlier=earlier)
    return tuple(found.values())


def last_contact(groups: Iterable[Group]) -> str | None:
    """The latest day somebody of the household was spoken to."""
    days = [
        item.fact.occurred_on
        for group in groups
        for item in group.items
        if isinstance(item.fact, ContactMade | ConsultationReceived)
    ]
    return max(days, key=earliest, default=None)
