"""One household at two points: what stands otherwise, and the records that make the difference."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from domain.clocks import Point
from domain.ledger import Ledger
from domain.values import earliest
from projections.as_of import MarkKind
from projections.as_of.difference import DifferenceKind
from replays.as_of.events import Event
from replays.as_of.household import HouseholdThen, household

_COMPARED = (
    "status",
    "cycle",
    "agency",
    "desk",
    "merged_into",
    "open_referrals",
    "consents_in_force",
    "next_review",
)
_NAMES = ("relation", "membership", "since", "left")
_OF_MEMBER = attrgetter(*_NAMES)


@dataclass(frozen=True, slots=True)
class Changes:
    """`states`: what, before, after; `records` each with the kind of its difference.

    `leads` are the agencies that had the lead at either point, whose desks the states name.
    """

    states: tuple[tuple[str, str, str], ...]
    records: tuple[tuple[DifferenceKind, Event], ...]
    leads: tuple[str | None, str | None]


def difference(ledger: Ledger, key: UUID, one: Point, other: Point) -> Changes | None:
    """From the one point to the other; None where the household was not there at either."""
    before, after = household(ledger, key, one), household(ledger, key, other)
    if before is None and after is None:
        return None
    leads = (before.agency if before else None, after.agency if after else None)
    return Changes(tuple(_states(before, after)), tuple(_records(before, after, one)), leads)


def _states(
    before: HouseholdThen | None, after: HouseholdThen | None
) -> Iterator[tuple[str, str, str]]:
    for name in _COMPARED:
        pair = tuple(_said(getattr(each, name, None)) for each in (before, after))
        if pair[0] != pair[1]:
            yield name, pair[0], pair[1]
    pair = tuple(_said(each and _here(each)) for each in (before, after))
    if pair[0] != pair[1]:
        yield "members", pair[0], pair[1]
    if before and after:
        yield from _of_members(before, after)


def _of_members(before: HouseholdThen, after: HouseholdThen) -> Iterator[tuple[str, str, str]]:
    """What is otherwise of those who belong: they bear no name here, so whoever reads as before is
    left out, and the others are held against each other in the order in which they came.
    """
    was, became = (Counter(map(_OF_MEMBER, each.members)) for each in (before, after))
    for old, new in zip((was - became).elements(), (became - was).elements(), strict=False):
        for name, *pair in zip(_NAMES, map(_said, old), map(_said, new), strict=True):
            if pair[0] != pair[1]:
                yield name, pair[0], pair[1]


def _here(then: HouseholdThen) -> int:
    return sum(person.left is None for person in then.members)


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _records(
    before: HouseholdThen | None, after: HouseholdThen | None, one: Point
) -> Iterator[tuple[DifferenceKind, Event]]:
    known = {(e.stream, e.version): e for e in before.events} if before else {}
    found = {(e.stream, e.version): e for e in after.events} if after else {}
    for place, event in known.items():
        if place not in found:
            taken = MarkKind.CORRECTED_SINCE in event.marks
            yield DifferenceKind.TAKEN_BACK if taken else DifferenceKind.NOT_YET, event
        elif found[place].words != event.words:
            yield DifferenceKind.CORRECTED, found[place]
    for place, event in found.items():
        if place not in known:
            yield _new(event, one), event


def _new(event: Event, one: Point) -> DifferenceKind:
    first = earliest(event.occurred_on)
    was_so = first < one.true_at or (first == one.true_at and MarkKind.LATE in event.marks)
    return DifferenceKind.LEARNED if was_so else DifferenceKind.HAPPENED
