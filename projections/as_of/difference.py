"""くらべる: one household at two points of both clocks: what was learned, changed, corrected."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.clocks import Point, is_late, so_from
from domain.gate import Item, Place
from domain.recorded import Recorded
from projections.case_view import CaseView


class DifferenceKind(StrEnum):
    """違いの種類。"""

    HAPPENED = "happened"  # その間に起きた
    LEARNED = "learned"  # 前から起きていたことが、その間に分かった
    CORRECTED = "corrected"  # 訂正された
    TAKEN_BACK = "taken-back"  # 取り消された
    NOT_YET = "not-yet"  # くらべた先の日には、まだ起きていない


_HAPPENED = DifferenceKind.HAPPENED


class Difference(NamedTuple):
    """違い: the record as it reads at each of the points; None where it is not there."""

    kind: DifferenceKind
    recorded_at: datetime
    before: Item | None
    after: Item | None


class Thing(NamedTuple):
    """何が: a code, which one where there are several, and whom it is about."""

    what: str
    key: str = ""
    person: UUID | None = None


class State(NamedTuple):
    """変わったこと: one thing that stood otherwise, in codes and days; None where it was not."""

    thing: Thing
    before: str | None
    after: str | None


Seen = Mapping[Place, tuple[Recorded, Item]]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the points: the records that the reader may see there, and the case they come to."""

    point: Point
    seen: Seen
    view: CaseView | None


def seen(told: Iterable[tuple[Recorded, Item]]) -> Seen:
    return {item.place: (recorded, item) for recorded, item in told}


def differences(one: Side, other: Side) -> list[Difference]:
    """From the one to the other, in the order of the log."""
    return sorted([*_gone(one, other), *_new(one, other)], key=_in_order)


def _in_order(each: Difference) -> tuple[datetime, Place]:
    item = each.after or each.before
    assert item is not None  # noqa: S101 - one of them is there
    return each.recorded_at, item.place


def _gone(one: Side, other: Side) -> Iterator[Difference]:
    for place, (recorded, item) in one.seen.items():
        if place in other.seen:
            again = other.seen[place][1]
            if again.words != item.words:
                yield Difference(DifferenceKind.CORRECTED, recorded.recorded_at, item, again)
        elif recorded.position > other.point.position or so_from(item.fact) > other.point.true_at:
            yield Difference(DifferenceKind.NOT_YET, recorded.recorded_at, item, None)
        else:
            yield Difference(DifferenceKind.TAKEN_BACK, recorded.recorded_at, item, None)


def _new(one: Side, other: Side) -> Iterator[Difference]:
    for place, (recorded, item) in other.seen.items():
        if place not in one.seen:
            kind = DifferenceKind.LEARNED if _was_so(recorded, item, one) else _HAPPENED
            yield Difference(kind, recorded.recorded_at, None, item)


def _was_so(recorded: Recorded, item: Item, one: Side) -> bool:
    """Whether it was so already; of the same day, if it was not written down that very day."""
    first, day = so_from(item.fact), one.point.true_at
    return first < day or (first == day and is_late(item.fact, recorded.recorded_at))


def states(one: CaseView | None, other: CaseView | None) -> list[State]:
    """What the case came to, where it is otherwise: status, 主担当, who belongs, what is open."""
    before, after = dict(_told(one)), dict(_told(other))
    return [
        State(thing, before.get(thing), after.get(thing))
        for thing in dict.fromkeys((*before, *after))
        if before.get(thing) != after.get(thing)
    ]


def _told(view: CaseView | None) -> Iterator[tuple[Thing, str]]:
    if view is None:
        return
    frame = view.frame
    yield Thing("status"), str(frame.status)
    if frame.lead:
        yield Thing("lead"), f"{frame.lead.agency}/{frame.lead.desk}"
    if frame.merged_into:
        yield Thing("merged-into"), str(frame.merged_into)
    if view.next_review:
        yield Thing("next-review"), view.next_review.isoformat()
    for member in view.members:
        yield Thing("member", str(member.person), member.person), member.left or "here"
    for consent in view.consents_in_force:
        yield Thing("consent", str(consent.given.consent), consent.given.person), "in-force"
    for group in view.open_referrals:
        yield Thing("referral", group.key.partition(":")[2]), "open"
    for plan in view.plans:
        stands = "ended" if plan.ended else "decided" if plan.decided else "drafted"
        yield Thing("plan", str(plan.plan)), stands
