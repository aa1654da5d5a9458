"""One household as it stood, in codes and days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.clocks import Point
from domain.events.intake import ConsultationReceived
from domain.events.support import ContactMade
from domain.ledger import Ledger
from domain.values import earliest
from projections.as_of import Histories, whole_of
from projections.case import Plan
from projections.case_view import CaseView, composed
from replays.as_of.events import Event, events, plain, uncounted
from replays.extracts.concealed import concealed_persons, conceals

_SPOKEN = frozenset({ConsultationReceived.__name__, ContactMade.__name__})


@dataclass(frozen=True, slots=True)
class Person:
    """世帯員, by number: 1 for who joined first."""

    number: int
    relation: str
    membership: str
    since: str
    left: str | None


@dataclass(frozen=True, slots=True)
class HouseholdThen:
    """`withheld` where anybody is or was concealed: agencies, desks and 圏域 are left out. What is
    kept from anybody is not counted either; `status`, `cycle` and who leads are as it stood.
    """

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
    case, whole = found
    streams = (*reversed(case.earlier(key)), key)
    told = {each: plain(case.of[each], uncounted(histories.whole(each))) for each in streams}
    view = composed(case, told, {}, whole.frame)
    protected = concealed_persons(ledger, ledger.head())
    hide = any(conceals(histories.whole(each), protected) for each in streams)
    return _told(view, histories, streams, hide=hide)


def _told(
    view: CaseView, histories: Histories, streams: Sequence[UUID], *, hide: bool
) -> HouseholdThen:
    frame, lead = view.frame, None if hide else view.frame.lead
    told = sorted(
        (event for each in streams for event in events(histories, each, hide=hide)),
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
        _last_contact(told),
        tuple(told),
    )


def _last_contact(told: Iterable[Event]) -> str | None:
    """Of what is told: the day of a tip, or of a visit that is kept from somebody, is not."""
    days = (event.occurred_on for event in told if event.fact in _SPOKEN)
    return max(days, key=earliest, default=None)
