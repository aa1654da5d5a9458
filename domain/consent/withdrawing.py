"""撤回: works forward from its day, in every household the consent stands in."""

from itertools import product
from typing import Any
from uuid import UUID

from domain.conditions import CASE_WORK, about_members
from domain.consent.giving import NoAuthorityToConsent, may_speak_for
from domain.events import On
from domain.events.consent import ConsentWithdrawn
from domain.household import Household
from domain.household.consents import Consent
from domain.household.former import Former
from domain.labels import Category
from domain.person import Person
from domain.refusals import Refused, Unknown
from domain.stamp import Stamp
from domain.stating import CaseCommand
from domain.taking_back import PARTS, taken_back
from domain.values import AgencyId, Code, PersonId


class WithdrawConsent(CaseCommand):
    """What is left open is withdrawn as a whole."""

    by: PersonId | None = None
    agencies: tuple[AgencyId, ...] = ()
    categories: tuple[Category, ...] = ()
    purposes: tuple[Code, ...] = ()


class NotInConsent(Refused):
    """この同意に含まれていない機関・区分・目的が指定されています。"""


def withdraw_consent(
    household: Household,
    person: Person,
    *rest: *tuple[*tuple[Person | Former, ...], WithdrawConsent, Stamp],
    consent: UUID,
) -> list[ConsentWithdrawn | On]:
    """Rule 5: also where the support has ended; whoever holds the information is listed.

    A consent that came over with a merger is withdrawn in every household it stands in, and those
    are named beside.
    """
    *beside, command, stamp = rest
    stamp.requires(*CASE_WORK)
    about_members(household, command, stamp)
    given = household.consents.consents.get(consent)
    if given is None or given.person not in person.ids:
        raise Unknown
    formers = [other for other in beside if isinstance(other, Former)]
    others = [each.household for each in formers if consent in each.household.consents.consents]
    _all_there(household, formers)
    by = command.by or given.person
    people = [person, *(other for other in beside if isinstance(other, Person))]
    _may_withdraw(household, people, given, by)
    parts = {name: _part(getattr(given, name), getattr(command, name)) for name in PARTS}
    if set(product(*parts.values())) <= given.cut:
        return []
    homes = (household, *others)
    withdrawn = taken_back(homes, consent, parts, person.ids, by, command, stamp)
    return [withdrawn, *(On(other.id, withdrawn) for other in others)]


def _all_there(household: Household, beside: list[Former]) -> None:
    """Nothing is withdrawn by halves: the households it was merged with are all looked at."""
    people = household.people
    linked = {*people.merged_from, people.merged_into} - {None}
    if not linked <= {other.id for other in beside}:
        raise Unknown


def _may_withdraw(household: Household, people: list[Person], given: Consent, by: PersonId) -> None:
    theirs = people[0].ids
    if by not in {*theirs, given.giver}:
        raise NoAuthorityToConsent
    if by not in theirs:
        may_speak_for(household, people, by)


def _part(whole: frozenset[Any], named: tuple[Any, ...]) -> tuple[Any, ...]:
    if not whole.issuperset(named):
        raise NotInConsent
    return tuple(sorted(named or whole))
