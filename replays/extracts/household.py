"""世帯・世帯員・本人: rows of who they are, who leads, and whether the support goes on."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.events import Fact
from domain.events.meeting import PlanNotReached
from domain.events.membership import (
    HouseholdOpened,
    HouseholdsMerged,
    HouseholdSplit,
    MemberJoined,
    MemberLeft,
)
from domain.events.person import (
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
    Sex,
)
from domain.events.referral import LeadAgencyNamed, WorkHandedOver
from domain.events.support import SupportClosed, SupportReopened, SupportSuspended
from domain.household.referrals import Leading, leading, led
from domain.values import UNKNOWN_DAY, earliest
from replays.extracts.intervals import (
    DAY,
    Facts,
    Following,
    Span,
    Told,
    by,
    done,
    itself,
    lasting,
    precision_of,
    whole,
)
from replays.extracts.tables.household import (
    Closures,
    Departures,
    Households,
    Leads,
    Members,
    Persons,
)

_ENDS: dict[type[Fact], str] = {SupportClosed: "closed", SupportSuspended: "suspended"}
_TURNS: dict[type[Fact], str] = {
    **_ENDS,
    SupportReopened: "reopened",
    PlanNotReached: "plan-not-reached",
}


def _household(stream: UUID, facts: Facts, _: date) -> Iterator[Households]:
    row: Households | None = None
    for told in facts:
        fact = told.fact
        if isinstance(fact, HouseholdOpened):
            row = row or Households(stream, "open", 1, None, None, None, None)
            row = row._replace(area=fact.area, household_type=fact.household_type)
        elif row is None:
            continue
        elif type(fact) in _ENDS:
            row = row._replace(state=_ENDS[type(fact)], reason=fact.reason)
        elif isinstance(fact, SupportReopened):
            row = row._replace(state="open", cycle=fact.cycle, reason=fact.reason)
        elif fact.source == stream:
            row = row._replace(merged_into=fact.target)
    if row:
        yield row._replace(state="merged") if row.merged_into else row


def _lead(stream: UUID, facts: Facts, day: date) -> Iterator[Leads]:
    named: tuple[Leading, ...] = ()
    for told in facts:
        fact = told.fact
        if not isinstance(fact, HouseholdsMerged):
            named = led(named, fact)
        elif fact.source == stream:
            return
    if lead := leading(named, day):
        yield Leads(stream, lead.agency, lead.desk)


def _changing_hands(told: Told) -> Iterator[date]:
    yield told.on
    if isinstance(told.fact, WorkHandedOver):
        yield max(told.on, told.fact.effective_on)


def _members(stream: UUID, facts: Facts, _: date) -> Iterator[Members]:
    rows: dict[UUID, Members] = {}
    for told in facts:
        match told.fact:
            case MemberJoined(person=person, relation=relation, membership=membership):
                rows[person] = Members(stream, person, relation, membership)
            case MemberLeft(person=person):
                rows.pop(person, None)
            case HouseholdSplit(source=source, persons=persons) if source == stream:
                rows = {person: row for person, row in rows.items() if person not in persons}
            case HouseholdsMerged(source=source) if source == stream:
                return
    yield from rows.values()


_composition = lasting(_members)


def _membership(stream: UUID, facts: Facts) -> list[Span]:
    """Whoever joined belongs since the day that was given, if it was; in a household that others
    left to found it, from that day at the earliest.
    """
    founded = [
        told.on
        for told in facts
        if isinstance(told.fact, HouseholdSplit) and told.fact.target == stream
    ]
    return _composition(stream, [_since(told, founded) for told in facts])


def _since(told: Told, founded: list[date]) -> Told:
    if not isinstance(told.fact, MemberJoined) or told.fact.since == UNKNOWN_DAY:
        return told
    since = told.fact.since
    on = max([earliest(since), *founded])
    return told._replace(on=on, precision="day" if on in founded else precision_of(since))


def _departures(stream: UUID, facts: Facts) -> Iterator[Span]:
    """Who left without the writer's knowing leaves once more: the first record of it stands, in
    whichever household.
    """
    gone = False
    for told in facts:
        left = isinstance(told.fact, MemberLeft)
        if left and not gone and not told.fact.again:
            row = Departures(stream, told.fact.person, told.fact.reason)
            yield Span(row, told.on, told.on + DAY, told.precision)
        gone = left


def _person(stream: UUID, facts: Facts, _: date) -> Iterator[Persons]:
    row = Persons(stream, False, Sex.UNKNOWN, None, None)  # noqa: FBT003
    for told in facts:
        match told.fact:
            case PersonNoted(sex=sex, birth_year=year):
                row = row._replace(sex=sex, birth_year=year)
            case PersonIdentified(sex=sex, birth_year=year):
                year = year or row.birth_year
                row = row._replace(identified=True, sex=sex, birth_year=year)
            case PersonsMerged(absorbed=absorbed, survivor=survivor) if absorbed == stream:
                row = row._replace(same_as=survivor)
            case PersonsUnmerged(absorbed=absorbed) if absorbed == stream:
                row = row._replace(same_as=None)
    yield row


def _closure(stream: UUID, facts: Facts) -> Closures:
    fact = facts[0].fact
    return Closures(stream, _TURNS[type(fact)], fact.reason)


FOLLOWING = (
    Following(
        dict.fromkeys((HouseholdOpened, *_ENDS, SupportReopened, HouseholdsMerged), whole),
        lasting(_household),
    ),
    Following(
        dict.fromkeys((LeadAgencyNamed, WorkHandedOver, HouseholdsMerged), whole),
        lasting(_lead, _changing_hands),
    ),
    Following(
        dict.fromkeys((MemberJoined, MemberLeft, HouseholdSplit, HouseholdsMerged), whole),
        _membership,
    ),
    Following(dict.fromkeys((MemberJoined, MemberLeft), by("person")), _departures),
    Following(
        dict.fromkeys((PersonNoted, PersonIdentified, PersonsMerged, PersonsUnmerged), whole),
        lasting(_person),
    ),
    Following(dict.fromkeys(_TURNS, itself), done(_closure)),
)
