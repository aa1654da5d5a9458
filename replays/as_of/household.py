"""One household as it stood, in codes and days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.clocks import Point, is_late
from domain.events.rights import FactCorrected
from domain.labels import BySitting, Tag
from domain.ledger import Ledger
from domain.recorded import Recorded
from projections.as_of import Histories, MarkKind, whole_of
from projections.case import Plan
from projections.case_view import CaseView
from replays.extracts.concealed import concealed_persons, conceals

_KEPT = frozenset({Tag.INFORMANT, Tag.LOCATION})


@dataclass(frozen=True, slots=True)
class Person:
    """世帯員, by number: 1 for who joined first."""

    number: int
    relation: str
    membership: str
    since: str
    left: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """One record: the day it happened, when it was written, what it is, and by which desk."""

    occurred_on: str
    recorded_at: datetime
    stream: UUID
    version: int
    fact: str
    agency: str | None
    desk: str | None
    marks: tuple[MarkKind, ...]


@dataclass(frozen=True, slots=True)
class HouseholdThen:
    """`withheld` where anybody is or was concealed: agencies, desks and 圏域 are left out."""

    household: UUID
    point: Point
    withheld: bool
    status: str
    cycle: int
    agency: str | None
    desk: str | None
    merged_into: UUID | None
    members: tuple[Person, ...]
    open_referrals: int
    consents_in_force: int
    plans: tuple[Plan, ...]
    next_review: date | None
    last_contact: str | None
    events: tuple[Event, ...]


def household(ledger: Ledger, key: UUID, point: Point) -> HouseholdThen | None:
    """As it stood; None where there was no such household then."""
    histories = Histories(ledger.histories, point)
    found = whole_of(histories, key)
    if found is None:
        return None
    case, view = found
    streams = (*case.earlier(key), key)
    protected = concealed_persons(ledger, ledger.head())
    hide = any(conceals(histories.whole(each), protected) for each in streams)
    return _told(view, histories, streams, hide=hide)


def _told(
    view: CaseView, histories: Histories, streams: Sequence[UUID], *, hide: bool
) -> HouseholdThen:
    frame, lead = view.frame, None if hide else view.frame.lead
    events = sorted(
        (event for each in streams for event in _events(histories, each, hide=hide)),
        key=lambda event: (event.recorded_at, event.version),
    )
    return HouseholdThen(
        view.household,
        histories.point,
        hide,
        str(frame.status),
        frame.cycle,
        lead.agency if lead else None,
        lead.desk if lead else None,
        frame.merged_into,
        tuple(
            Person(number, m.relation, str(m.membership), m.since, m.left)
            for number, m in enumerate(view.members, start=1)
        ),
        len(view.open_referrals),
        len(view.consents_in_force),
        view.plans,
        view.next_review,
        view.last_contact,
        tuple(events),
    )


def _events(histories: Histories, stream: UUID, *, hide: bool) -> Iterator[Event]:
    corrected = _corrected(histories, stream)
    for each in histories.then(stream):
        if _plain(each):
            label = each.fact.label
            late = (MarkKind.LATE,) if is_late(each.fact, each.recorded_at) else ()
            yield Event(
                each.fact.occurred_on,
                each.recorded_at,
                each.stream,
                each.version,
                type(each.fact).__name__,
                None if hide else label.agency,
                None if hide else label.desk,
                (*late, *corrected.get(each.version, ())),
            )


def _plain(recorded: Recorded) -> bool:
    """Not what is hidden from somebody, concealed, told by an informant, or said in a 支援会議."""
    label = recorded.fact.label
    return not (
        label.concealed
        or label.hidden_from
        or _KEPT.intersection(label.tags)
        or isinstance(label.basis, BySitting)
    )


def _corrected(histories: Histories, stream: UUID) -> dict[int, tuple[MarkKind, ...]]:
    found: dict[int, tuple[MarkKind, ...]] = {}
    for each in _corrections(histories.whole(stream)):
        since = each[1] > histories.point.position
        kind = MarkKind.CORRECTED_SINCE if since else MarkKind.CORRECTED
        found[each[0]] = tuple(dict.fromkeys((*found.get(each[0], ()), kind)))
    return found


def _corrections(history: Iterable[Recorded]) -> Iterator[tuple[int, int]]:
    for recorded in history:
        if isinstance(recorded.fact, FactCorrected):
            yield recorded.fact.of, recorded.position
