"""二つの時計: what was so on a day (true), as far as it was recorded by some moment (known).

A fact is known from its place in the log on. It is so from the day it happened, which staff write
down later. What is known later never changes what was known before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.events.base import Fact
from domain.events.membership import MemberJoined
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.rights import MisfiledRecordWithdrawn
from domain.recorded import Recorded, effective
from domain.values import JST, earliest, latest


@dataclass(frozen=True, slots=True)
class Point:
    """What was so on `true_at`, as far as the log tells it up to `position`."""

    true_at: date
    position: int


def so_from(fact: Fact) -> date:
    """The first day on which it can have been so; the first of all days when nobody knows.

    Who belongs, belongs since the day that is stated. That two are one person was always so,
    whenever it was found.
    """
    match fact:
        case MemberJoined(since=since):
            return earliest(since)
        case PersonsMerged() | PersonsUnmerged():
            return date.min
        case _:
            return earliest(fact.occurred_on)


def is_late(fact: Fact, recorded_at: datetime) -> bool:
    """遅れて書かれた: written down on a later day than it happened."""
    return recorded_at.astimezone(JST).date() > latest(fact.occurred_on)


def known_by(history: Iterable[Recorded], position: int) -> list[Recorded]:
    return [recorded for recorded in history if recorded.position <= position]


def as_of(history: Sequence[Recorded], point: Point) -> list[Recorded]:
    """The history of a stream as it read at that point.

    Corrections known by then hold whenever they were made: they say what was so. The order is that
    of the log, as it is for everybody who reads today.
    """
    read = effective(known_by(history, point.position))
    return [recorded for recorded in read if so_from(recorded.fact) <= point.true_at]


def misfiled(history: Iterable[Recorded]) -> frozenset[int]:
    """The versions withdrawn from here as another household's: closed for the past, too."""
    return frozenset(
        version
        for recorded in history
        if isinstance(recorded.fact, MisfiledRecordWithdrawn)
        for version in recorded.fact.facts
        if version < recorded.version
    )
