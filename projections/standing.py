"""同意の効力: which consents stand today, and what was passed on that still rests on them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import product
from typing import NamedTuple
from uuid import UUID

from domain.events.consent import (
    ConsentGiven,
    ConsentWithdrawn,
    InformationRequested,
    InformationShared,
)
from domain.events.referral import ReferralMade
from domain.gate import addressed
from domain.labels import ByConsent, Category
from domain.values import AgencyId
from projections.case import mergers, reopened
from projections.reading import Group

Ids = Callable[[UUID], frozenset[UUID]]
"""All ids of a person, for 名寄せ may have found several to be one."""


class Consent(NamedTuple):
    """A consent with all that withdrawals took away."""

    household: UUID
    version: int
    given: ConsentGiven
    withdrawn: tuple[ConsentWithdrawn, ...]

    def covers(self, agency: AgencyId, category: Category, purpose: str, day: date) -> bool:
        given = self.given
        return (
            given.period.covers(day)
            and agency in given.agencies
            and category in given.categories
            and purpose in given.purposes
            and not any(
                agency in cut.agencies and category in cut.categories and purpose in cut.purposes
                for cut in self.withdrawn
            )
        )

    def stands(self, day: date) -> bool:
        """Whether withdrawals have left anything of it that day."""
        given = self.given
        parts = product(given.agencies, given.categories, given.purposes)
        return any(self.covers(*part, day) for part in parts)


def consents(of_household: Iterable[Group]) -> dict[UUID, Consent]:
    """The consents of the present cycle: reopening revives none from before."""
    rows = list(of_household)
    cycle = reopened(rows)
    found = (_consent(group) for group in rows if group.kind == "consent")
    return {each.given.consent: each for each in found if each and each.version > cycle}


def standing(household: UUID, of: Mapping[UUID, Iterable[Group]]) -> dict[UUID, Consent]:
    """The same where households became one."""
    return {} if ended(household, of) else consents(of[household])


def ended(household: UUID, of: Mapping[UUID, Iterable[Group]]) -> bool:
    """Whether the case was reopened since it went on elsewhere: what came over is over too."""
    at = household
    for _ in of:
        into = mergers(of.get(at, ())).get(at)
        if into is None:
            break
        came = mergers(of.get(into.target, ())).get(at)
        if came and reopened(of[into.target]) > came.version:
            return True
        at = into.target
    return False


def _consent(group: Group) -> Consent | None:
    found: Consent | None = None
    for item in group.items:
        match item.fact:
            case ConsentGiven() as given:
                found = Consent(group.stream, item.version, given, ())
            case ConsentWithdrawn() as cut if found:
                found = found._replace(withdrawn=(*found.withdrawn, cut))
    return found


def covered(
    fact: ReferralMade | InformationShared | InformationRequested,
    valid: Mapping[UUID, Consent],
    ids: Ids,
    today: date,
) -> frozenset[Category]:
    """What may still be read of it: what everybody's consents cover today, or all on another basis.

    A consent given under an earlier id is the person's own, as long as the two are one.
    """
    basis = fact.label.basis
    if not isinstance(basis, ByConsent):
        return frozenset(fact.categories)
    named = valid.get(basis.consent)
    if named is None:
        return frozenset()
    about = fact.label.subjects or (named.given.person,)
    (to,) = addressed(fact)

    def agreed(person: UUID, category: Category) -> bool:
        return any(
            each.given.person in ids(person)
            and each.covers(to.agency, category, fact.purpose, today)
            for each in valid.values()
        )

    return frozenset(
        category
        for category in fact.categories
        if named.covers(to.agency, category, fact.purpose, today)
        and all(agreed(person, category) for person in about)
    )
