"""渡そうとすること: what a basis must cover, and what it rests on besides the household."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.household import Household
from domain.labels import DESK_ONLY, Basis, ByConsent, BySitting, Category
from domain.person import Person
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.values import AgencyId, PersonId, earliest, latest

Beside = Person | Sitting
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

    def person(self, person: PersonId) -> Person | None:
        people = (state for state in self.beside if isinstance(state, Person))
        return next((state for state in people if state.id == person), None)

    def ids(self, person: PersonId) -> frozenset[PersonId]:
        """All ids of this person, as far as their own records were looked at."""
        known = [state.ids for state in self.beside if isinstance(state, Person)]
        found = frozenset({person}).union(*(ids for ids in known if person in ids))
        return found.union(*(ids for ids in known if not ids.isdisjoint(found)))

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
