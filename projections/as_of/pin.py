"""会議が知っていたこと: a decision stands at a place of the log, and rested on all before it,
whatever is learned, corrected or taken away later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic_core import to_json

from domain.clocks import Point, known_by
from domain.events.meeting import MeetingDecided
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.person import PersonsMerged
from domain.recorded import Recorded
from domain.values import JST

ReadStreams = Callable[[Iterable[UUID]], Mapping[UUID, Sequence[Recorded]]]


class Pin(NamedTuple):
    """The decision as it was recorded, and the point at which it was made."""

    decided: Recorded
    fact: MeetingDecided
    point: Point


def pin_of(history: Iterable[Recorded], decision: UUID) -> Pin | None:
    """The last position before all that was decided: `rested_on` names the same place in its
    stream, behind which stand those held back by it and the decision itself.
    """
    for recorded in history:
        match recorded.fact:
            case MeetingDecided() as fact if fact.decision == decision:
                day = recorded.recorded_at.astimezone(JST).date()
                since = recorded.version - fact.rested_on
                return Pin(recorded, fact, Point(day, recorded.position - since))
    return None


def known(pin: Pin, read: ReadStreams) -> Iterator[bytes]:
    """Every fact, sealed, of the households, people and the sitting that were one case by then."""
    position = pin.point.position
    found: dict[UUID, Sequence[Recorded]] = {}
    asked = {pin.decided.stream, pin.fact.sitting}
    while asked:
        found |= {
            stream: known_by(history, position) for stream, history in read(sorted(asked)).items()
        }
        asked = {each for told in found.values() for each in _named(told)} - found.keys()
    for stream in sorted(found):
        for recorded in found[stream]:
            place = f"{stream}:{recorded.version}:{type(recorded.fact).__name__}:"
            yield place.encode() + to_json(recorded.fact)


def _named(told: Iterable[Recorded]) -> Iterator[UUID]:
    for recorded in told:
        match recorded.fact:
            case MemberJoined(person=person):
                yield person
            case HouseholdsMerged(source=source, target=target):
                yield from (source, target)
            case PersonsMerged(survivor=survivor, absorbed=absorbed):
                yield from (survivor, absorbed)
