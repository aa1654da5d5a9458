"""渡そうとすること: what a basis must cover, and what it rests on besides the household."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from domain.events.addressed import Address
from domain.household import Household
from domain.household.grants import Grant
from domain.labels import (
    DESK_ONLY,
    Basis,
    ByConsent,
    BySitting,
    ByStatute,
    Category,
    Label,
    Urgent,
)
from domain.person import Person, ever_taken_for, ids_of
from domain.sitting import Attended, Sitting
from domain.stamp import Stamp
from domain.values import AgencyId, PersonId, earliest, latest

Beside = Person | Sitting | Attended
"""What a decision about passing something on rests on besides the household."""


@dataclass(frozen=True, slots=True)
class Passage:
    """提供しようとすること: about whom, which categories, which facts, to whom, what for, when."""

    household: Household
    stamp: Stamp
    to_agency: AgencyId
    purpose: str
    basis: Basis
    subjects: tuple[PersonId, ...]
    categories: tuple[Category, ...]
    occurred_on: str
    facts: tuple[int, ...] = ()
    beside: tuple[Beside, ...] = ()
    asking: bool = False
    unknown: frozenset[PersonId] = frozenset()
    """Of the subjects, who belongs for all that the writer does not know of them."""

    @property
    def people(self) -> list[Person]:
        return [state for state in self.beside if isinstance(state, Person)]

    def person(self, person: PersonId) -> Person | None:
        return next((state for state in self.people if state.id == person), None)

    def ids(self, person: PersonId) -> frozenset[PersonId]:
        """All ids of this person, as far as their own records were looked at."""
        return ids_of(person, self.people)

    def taken_for(self, person: PersonId) -> frozenset[PersonId]:
        """The same, with whomever they were once taken for: from them it may have been kept."""
        return ever_taken_for(self.ids(person), self.people)

    def is_kept_from(self, person: PersonId, hidden: Collection[PersonId]) -> bool:
        """Default deny: whose own record was not looked at may be known by another id."""
        return self.person(person) is None or not self.taken_for(person).isdisjoint(hidden)

    def records(self, person: PersonId) -> tuple[Person, ...] | None:
        """The person's own record under every id; None when one of them was not looked at."""
        found = [self.person(each) for each in self.ids(person)]
        seen = tuple(state for state in found if state)
        return seen if len(seen) == len(found) else None

    def everybody(self, persons: Iterable[PersonId]) -> frozenset[PersonId]:
        """These persons under all their ids."""
        return frozenset().union(*map(self.ids, persons))

    @property
    def sitting(self) -> Sitting | None:
        sittings = (state for state in self.beside if isinstance(state, Sitting))
        return next(sittings, None)

    @property
    def hearers(self) -> frozenset[PersonId]:
        """Rule 21: whose consent is asked learns of it, and so does whoever sits in."""
        match self.basis:
            case ByConsent():
                return self.everybody(self.subjects)
            case BySitting(item=item) if self.sitting is not None:
                attendees = self.sitting.attendees
                present = self.sitting.present_for(item) & attendees.keys()
                persons = (attendees[attendee].person for attendee in present)
                return self.everybody(person for person in persons if person)
            case _:
                return frozenset()

    @property
    def days(self) -> tuple[date, date, date]:
        """The days between which it happened, and the day it is recorded: it must hold on each."""
        today = self.stamp.today
        return earliest(self.occurred_on), min(latest(self.occurred_on), today), today

    @property
    def stays_inside(self) -> bool:
        """Within one agency the purpose decides, but 虐待・DV and 健康 need a basis there too."""
        inside = self.to_agency == self.stamp.capacity.agency
        return inside and DESK_ONLY.isdisjoint(self.categories)


def was_passed_on(
    household: Household, version: int, label: Label, stamp: Stamp, people: Iterable[Person]
) -> bool:
    """Whether the writer's desk was given what reads under this label now, and still has it."""
    records = tuple(people)
    return any(
        version in grant.versions
        and _reaches(household, grant, label, stamp)
        and _in_force(household, grant, stamp.today, records)
        for grant in household.grants
    )


def _reaches(household: Household, grant: Grant, label: Label, stamp: Stamp) -> bool:
    """Rules 1 and 3: a category that was given, to this desk where it stays with one; what was
    learned in a 支援会議 goes on only by law or in danger.
    """
    if label.category not in grant.categories:
        return False
    to, told = Address(grant.agency, grant.desk), household.label(grant.told)
    by_law = isinstance(grant.basis, ByStatute | Urgent)
    goes_on = by_law or not isinstance(label.basis, BySitting)
    categories = (label.category, *((told.category,) if told else ()))
    return goes_on and all(to.reaches(stamp.capacity, each) for each in categories)


def _in_force(household: Household, grant: Grant, day: date, people: tuple[Person, ...]) -> bool:
    """Rule 5: what came by consent goes with it; what was heard in a room stays in it."""
    if isinstance(grant.basis, BySitting):
        return False
    pairs = product(grant.subjects, grant.categories)
    cover = household.consents.cover
    return not isinstance(grant.basis, ByConsent) or all(
        cover(ids_of(person, people), grant.agency, category, grant.purpose, day)
        for person, category in pairs
    )
