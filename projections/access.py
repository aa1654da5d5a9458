"""Access (閲覧の根拠): what was referred and shared, as far as it is in force today."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.consent import ConsentGiven, ConsentWithdrawn, InformationShared
from domain.events.meeting import RoleAssigned
from domain.events.membership import MemberJoined
from domain.events.referral import (
    LeadAgencyNamed,
    ReferralMade,
    WorkHandedOver,
)
from domain.gate import Address, Grant, Situation, addressed, parties
from domain.household.referrals import ReferralStatus
from domain.labels import ByConsent, Category
from domain.values import AgencyId
from projections.case import referral_status, reopened
from projections.people import Person, people
from projections.reading import Group, fetch, groups

_KINDS = ("referral", "share", "request", "consent", "role", "lead", "household", "member")
_THREADS = frozenset({"referral", "share", "request", "consent", "role"})


class Consent(NamedTuple):
    """A consent with all that withdrawals took away."""

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


def consents(of_household: Iterable[Group]) -> dict[UUID, Consent]:
    """The consents of the present cycle: reopening revives none from before."""
    rows = list(of_household)
    cycle = reopened(rows)
    found = (_consent(group) for group in rows if group.kind == "consent")
    return {each.given.consent: each for each in found if each and each.version > cycle}


def _consent(group: Group) -> Consent | None:
    found: Consent | None = None
    for item in group.items:
        match item.fact:
            case ConsentGiven() as given:
                found = Consent(item.version, given, ())
            case ConsentWithdrawn() as cut if found:
                found = found._replace(withdrawn=(*found.withdrawn, cut))
    return found


def members(of_household: Iterable[Group]) -> tuple[UUID, ...]:
    """Everybody who belongs to the household or has belonged to it."""
    return tuple(
        dict.fromkeys(
            item.fact.person
            for group in of_household
            if group.kind == "member"
            for item in group.items
            if isinstance(item.fact, MemberJoined)
        )
    )


def situation(
    of_household: Sequence[Group], persons: Mapping[UUID, Person], today: date
) -> Situation:
    """What the gate must know about one household, from all its rows, those unseen included."""
    valid, belong = consents(of_household), frozenset(members(of_household))
    grants = (grant for g in of_household for grant in _grants(g, valid, belong, today))
    return Situation(
        tuple(grants),
        frozenset(
            i for key, person in persons.items() if person.concealed for i in (key, person.id)
        ),
        {(g.stream, g.key): parties(g.items) for g in of_household if g.kind in _THREADS},
    )


def _grants(
    group: Group, valid: dict[UUID, Consent], belong: frozenset[UUID], today: date
) -> Iterable[Grant]:
    if referral_status(group) in (ReferralStatus.RETURNED, ReferralStatus.WITHDRAWN):
        return
    for item in group.items:
        match item.fact:
            case ReferralMade() | InformationShared() as fact:
                enclosed = fact.enclosed if isinstance(fact, ReferralMade) else fact.facts
                categories = _categories(fact, valid, today)
                about = frozenset(fact.label.subjects) or belong
                (to,) = addressed(fact)
                if categories:
                    versions = frozenset(enclosed)
                    yield Grant(group.stream, to, versions, categories, about)
            case RoleAssigned(until=until) as fact if until is None or today <= until:
                yield from (Grant(group.stream, to, persons=belong) for to in addressed(fact))
    if group.kind == "lead":
        yield from (Grant(group.stream, to, persons=belong) for to in _leading(group))


def _leading(group: Group) -> tuple[Address, ...]:
    """Who leads last leads now."""
    named = [
        item.fact
        for item in group.items
        if isinstance(item.fact, LeadAgencyNamed)
        or (isinstance(item.fact, WorkHandedOver) and item.fact.until is None)
    ]
    return addressed(named[-1]) if named else ()


def _categories(
    fact: ReferralMade | InformationShared, valid: dict[UUID, Consent], today: date
) -> frozenset[Category]:
    """What may still be read of it: the part its consent covers today, or all on another basis."""
    basis = fact.label.basis
    if not isinstance(basis, ByConsent):
        return frozenset(fact.categories)
    if basis.consent not in valid:
        return frozenset()
    covers, to = valid[basis.consent].covers, fact.to_agency
    return frozenset(c for c in fact.categories if covers(to, c, fact.purpose, today))


def household_groups(
    connection: Connection[Any], households: Sequence[UUID], *, all_kinds: bool = False
) -> dict[UUID, list[Group]]:
    """The rows of households: all of them, or those that decide who may read what."""
    query = "SELECT stream, key, told FROM projections.case_view WHERE stream = ANY (%s)"
    kinds = "" if all_kinds else " AND split_part(key, ':', 1) = ANY (%s)"
    parameters = (list(households),) if all_kinds else (list(households), list(_KINDS))
    found: dict[UUID, list[Group]] = {each: [] for each in households}
    for group in groups(fetch(connection, query + kinds + " ORDER BY 1, 2", parameters)):
        found[group.stream].append(group)
    return found


def situations(
    connection: Connection[Any], of: dict[UUID, list[Group]], today: date
) -> dict[UUID, Situation]:
    """The situation of each household."""
    belong = {household: members(rows) for household, rows in of.items()}
    known = people(connection, (person for each in belong.values() for person in each))
    return {
        household: situation(rows, {p: known[p] for p in belong[household]}, today)
        for household, rows in of.items()
    }
