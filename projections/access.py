"""Access (閲覧の根拠): what was referred and shared, as far as it is in force today.

Households that became one are one case to the gate: what somebody may know of it does not depend on
the household in which it was written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events.consent import InformationShared
from domain.events.meeting import RoleAssigned
from domain.events.membership import MemberJoined
from domain.events.referral import (
    LeadAgencyNamed,
    ReferralMade,
    WorkHandedOver,
)
from domain.gate import Address, Grant, Reader, Situation, addressed, parties
from domain.household.referrals import ReferralStatus
from domain.values import Role
from projections.case import Frame, frame, mergers, referral_status
from projections.people import Person, people
from projections.reading import Group, fetch, groups
from projections.standing import Consent, covered, standing

_KINDS = ("referral", "share", "request", "consent", "role", "lead", "household", "member")
_THREADS = frozenset({"referral", "share", "request", "consent", "role"})


@dataclass(frozen=True, slots=True)
class Case:
    """The households that are one case, and all who belong or belonged to it, those unseen
    included: `persons` under each of their ids, `belong` by those the case knows them by.
    """

    of: dict[UUID, list[Group]]
    persons: dict[UUID, Person]
    belong: frozenset[UUID]
    today: date

    def ids(self, person: UUID) -> frozenset[UUID]:
        known = self.persons.get(person)
        return known.ids if known else frozenset({person})

    def known_as(self, person: UUID) -> tuple[UUID, ...]:
        """Who the person is today, then the other ids that this case knows them by."""
        survivor = self.persons[person].id
        return (survivor, *sorted(self.ids(person) & self.belong - {survivor}))

    def way(self, household: UUID) -> tuple[UUID, ...]:
        """From the household on to where its case is kept today."""
        found = [household]
        for at in found:
            into = mergers(self.of[at]).get(at)
            found += [into.target] if into and into.target not in found else []
        return tuple(found)

    def earlier(self, household: UUID) -> tuple[UUID, ...]:
        """The households merged into this one, and into those."""
        found: list[UUID] = []
        waiting = [household]
        while waiting:
            at = waiting.pop(0)
            into = mergers(self.of.get(at, ()))
            came = (source for source, merger in into.items() if merger.target == at != source)
            new = [each for each in came if each in self.of and each not in found]
            found += new
            waiting += new
        return tuple(found)

    def consents(self, household: UUID) -> dict[UUID, Consent]:
        return standing(household, self.of)

    @property
    def situation(self) -> Situation:
        """What the gate must know about it."""
        every = [group for rows in self.of.values() for group in rows]
        protected = (person for person in self.persons.values() if person.concealed)
        return Situation(
            tuple(grant for household in self.of for grant in self._grants(household)),
            frozenset(each for person in protected for each in person.ids),
            {(g.stream, g.key): parties(g.items) for g in every if g.kind in _THREADS},
        )

    def _grants(self, household: UUID) -> Iterable[Grant]:
        """Each opens what was enclosed where it was given, and who belongs to the whole case."""
        for grant in _given(self, household):
            persons = frozenset(each for person in grant.persons for each in self.ids(person))
            yield replace(grant, persons=persons)
            for other in self.of.keys() - {household}:
                yield replace(grant, stream=other, versions=frozenset(), persons=persons)


def _given(case: Case, household: UUID) -> Iterable[Grant]:
    rows = case.of[household]
    belong, valid = frozenset(members(rows)), case.consents(household)
    merged = household in mergers(rows)
    for group in rows:
        if referral_status(group) in (ReferralStatus.RETURNED, ReferralStatus.WITHDRAWN):
            continue
        for item in group.items:
            match item.fact:
                case ReferralMade() | InformationShared() as fact:
                    enclosed = fact.enclosed if isinstance(fact, ReferralMade) else fact.facts
                    categories = covered(fact, valid, case.ids, case.today)
                    about = frozenset(fact.label.subjects) or belong
                    (to,) = addressed(fact)
                    if categories:
                        yield Grant(household, to, frozenset(enclosed), categories, about)
                case RoleAssigned(until=until) as fact if until is None or case.today <= until:
                    yield from (Grant(household, to, persons=belong) for to in addressed(fact))
        if group.kind == "lead" and not merged:
            yield from (Grant(household, to, persons=belong) for to in _leading(group))


def _leading(group: Group) -> tuple[Address, ...]:
    """Who leads last leads now."""
    named = [
        item.fact
        for item in group.items
        if isinstance(item.fact, LeadAgencyNamed)
        or (isinstance(item.fact, WorkHandedOver) and item.fact.until is None)
    ]
    return addressed(named[-1]) if named else ()


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


def cases(
    connection: Connection[Any],
    households: Sequence[UUID],
    today: date,
    *,
    all_kinds: bool = False,
) -> dict[UUID, Case]:
    """The case of each household, with all that became one with it."""
    of = household_groups(connection, households, all_kinds=all_kinds)
    while more := {each for rows in of.values() for each in _linked(rows)} - of.keys():
        of |= household_groups(connection, sorted(more), all_kinds=all_kinds)
    belong = {household: members(rows) for household, rows in of.items()}
    known = people(connection, (person for each in belong.values() for person in each))
    found: dict[UUID, Case] = {}
    for household in households:
        kin = _kin(household, of)
        here = frozenset(person for each in kin for person in belong[each])
        persons = {each: known[person] for person in here for each in known[person].ids}
        found[household] = Case({each: of[each] for each in kin}, persons, here, today)
    return found


def framed(case: Case, household: UUID, seen: Iterable[Group], reader: Reader) -> Frame:
    """Whoever may read anything knows whether it is open and who leads; 圏域 and 世帯類型 are for
    those who may read them and for whoever leads, 圏域 withheld while somebody is concealed.
    """
    whole, theirs = frame(case.of[household]), frame(seen)
    leads = whole.lead is not None and whole.lead.agency == reader.capacity.agency
    told = whole if leads else theirs
    protected = any(person.concealed for person in case.persons.values())
    hide = protected and reader.capacity.role is not Role.PROTECTION
    area = None if hide else told.area
    kind = told.household_type
    return replace(theirs, status=whole.status, lead=whole.lead, area=area, household_type=kind)


def _linked(rows: Iterable[Group]) -> set[UUID]:
    return {each for source, into in mergers(rows).items() for each in (source, into.target)}


def _kin(household: UUID, of: Mapping[UUID, Iterable[Group]]) -> list[UUID]:
    """The household, and all with which it became one, earlier or later."""
    found = [household]
    for each in found:
        found += sorted(_linked(of[each]).difference(found))
    return found
