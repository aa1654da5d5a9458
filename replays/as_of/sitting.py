"""One sitting as it stood, in codes and days; whom a 支援会議 took up is not told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.clocks import Point
from domain.events import Fact
from domain.events.sitting import (
    AgendaItemAdded,
    MeetingBasis,
    PaperGivenOut,
    PresenceRecorded,
    RoomOpened,
    SittingCancelled,
    SittingConvened,
    SittingWrittenUp,
)
from domain.ledger import Ledger
from projections.as_of import Histories
from replays.as_of.events import Event, events
from replays.extracts.concealed import concealed_persons, conceals

_STATES: dict[type[Fact], str] = {
    SittingCancelled: "cancelled",
    RoomOpened: "held",
    PresenceRecorded: "held",
    SittingWrittenUp: "held",
}


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """議題, by number; the household of a 支援会議 or of anybody concealed is left out."""

    number: int
    kind: str
    basis: str
    household: UUID | None
    present: int


@dataclass(frozen=True, slots=True)
class SittingThen:
    """`present` are all who were there for any item, `papers` those that were given out."""

    sitting: UUID
    point: Point
    body: str
    held_on: date
    state: str
    extraordinary: bool
    written_up: bool
    write_up_due: date | None
    present: int
    papers: int
    items: tuple[AgendaItem, ...]
    events: tuple[Event, ...]


def sitting(ledger: Ledger, key: UUID, point: Point) -> SittingThen | None:
    """As it was recorded; None where nobody had convened it then."""
    histories = Histories(ledger.histories, point)
    facts = [recorded.fact for recorded in histories.then(key)]
    convened = next((fact for fact in facts if isinstance(fact, SittingConvened)), None)
    if convened is None:
        return None
    there = {(f.item, f.attendee) for f in facts if isinstance(f, PresenceRecorded)}
    return SittingThen(
        key,
        point,
        convened.body,
        convened.held_on,
        (["planned", *(_STATES[type(fact)] for fact in facts if type(fact) in _STATES)])[-1],
        convened.extraordinary,
        any(isinstance(fact, SittingWrittenUp) for fact in facts),
        convened.write_up_due,
        len({attendee for _, attendee in there}),
        sum(isinstance(fact, PaperGivenOut) for fact in facts),
        tuple(_items(ledger, histories, facts, Counter(item for item, _ in there))),
        tuple(events(histories, key, hide=False)),
    )


def _items(
    ledger: Ledger, histories: Histories, facts: Sequence[Fact], present: Counter[UUID]
) -> Iterator[AgendaItem]:
    protected = concealed_persons(ledger, ledger.head())
    added = (fact for fact in facts if isinstance(fact, AgendaItemAdded))
    for number, item in enumerate(added, start=1):
        told = item.household if item.basis is MeetingBasis.LAYERED else None
        if told and conceals(histories.whole(told), protected):
            told = None
        yield AgendaItem(number, str(item.kind), str(item.basis), told, present[item.item])
