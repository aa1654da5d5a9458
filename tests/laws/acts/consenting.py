"""Consent: given for oneself or another, sought in vain, withdrawn."""

from functools import partial
from typing import Any
from uuid import UUID

from domain.concealment import StartConcealment, start_concealment
from domain.consent import (
    GiveConsent,
    SeekConsent,
    WithdrawConsent,
    give_consent,
    seek_consent,
    withdraw_consent,
)
from domain.events.consent import Authority, ConsentAnswer, Method
from domain.household import Household
from domain.household.former import Former
from domain.ledger import Decision, Stream
from domain.person import Person
from domain.values import PersonId
from tests.laws.acts.people import find_one, find_two
from tests.laws.acts.said import AGENCIES, CATEGORIES, PURPOSES
from tests.laws.acts.sharing import share_as_agreed, share_what_was_heard, tell_about
from tests.laws.town import Town


def consent(town: Town) -> None:
    home = town.household()
    agree(town, home, town.member(home))


def consent_of_all(town: Town) -> None:
    """The whole family agrees, one by one."""
    home, broadly = town.household(), town.seldom(0.5)
    for person in town.state(home).people.members:
        agree(town, home, person, broadly=broadly)


def consent_then_protection(town: Town) -> None:
    """One parent speaks for the child; then the child is protected from that parent."""
    home = town.household()
    minors = [p for p in town.state(home).people.members if _is_minor(town, p)]
    child, parent = town.one(minors or town.persons), town.member(home)
    agree(town, home, child, Authority.PARENT, parent)
    streams = Stream(Person, child), Stream(Household, home)
    said = {"threat": "child-abuse", "counterparties": [town.either(parent, town.member(home))]}
    town.do(start_concealment, StartConcealment, *streams, as_=town.insider(home), **said)
    share_as_agreed(town)


def consent_under_another_id(town: Town) -> None:
    """One of the family is known twice and agrees as the one; they are told of as the other, and
    again when the finding was taken back.
    """
    home = town.households[0]
    members = town.some(town.state(home).people.members, 2, 2)
    if len(members) < 2:
        return
    one, other = members
    agree(town, home, one, Authority.SELF, broadly=True)
    town.pass_days(1)
    for act in (find_one, find_two):
        act(town, *town.some([one, other], 2, 2) if town.seldom(0.5) else (one, other))
        tell_about(town, home, other)


def consent_then_gossip(town: Town) -> None:
    """Everybody agrees; then what was heard in a 支援会議 is to go along as well."""
    consent_of_all(town)
    share_what_was_heard(town)


def _is_minor(town: Town, person: PersonId) -> bool:
    return town.person(person).is_minor(town.at.date())


def agree(  # noqa: PLR0913 - who agrees for whom, and to how much
    town: Town,
    home: UUID,
    person: PersonId,
    authority: Authority | None = None,
    other: PersonId | None = None,
    *,
    broadly: bool = False,
) -> None:
    other = other or town.member(home)
    authority = authority or town.either(Authority.SELF, town.one(Authority))
    scope = list(set(CATEGORIES))
    said: dict[str, Any] = {
        "person": person,
        "giver": person if authority is Authority.SELF else other,
        "authority": authority,
        "authority_scope": town.some(scope, 6),
        "able": not town.seldom(),
        "method": town.one(Method),
        "witness": town.one(["民生委員", None]),
        "agencies": town.some(sorted(set(AGENCIES)), 4, 1),
        "categories": town.some(scope, 5, 2),
        "purposes": town.some(sorted(set(PURPOSES)), 3, 1),
        "occurred_on": None if town.seldom(0.8) else town.at.date().isoformat(),
    }
    if broadly:
        said |= {"agencies": sorted(set(AGENCIES)), "categories": scope}
        said |= {"purposes": sorted(set(PURPOSES)), "authority_scope": scope}
    if town.seldom(0.3):
        start = town.at.date()
        said["period"] = {"start": start, "end": start.replace(day=28)}
    streams = Stream(Household, home), Stream(Person, person)
    town.do(give_consent, GiveConsent, *streams, as_=town.insider(home), **said)


def withdraw(town: Town) -> None:
    home = town.household()
    consents = town.state(home).consents.consents
    key = town.thing(consents)
    person = consents[key].person if key in consents else town.member(home)
    said: dict[str, Any] = {"by": town.either(person, town.member(home))}
    if key in consents and town.seldom(0.5):
        given = consents[key]
        said |= {
            "agencies": town.some(sorted(given.agencies), 1),
            "categories": town.some(sorted(given.categories), 1),
        }
    streams = Stream(Household, home), Stream(Person, person)
    decide: Decision = withdraw_consent
    formers = [Stream(Former, each) for each in town.merged_with(home)]
    by = town.insider(home)
    town.do(partial(decide, consent=key), WithdrawConsent, *streams, *formers, as_=by, **said)


def ask_for_consent(town: Town) -> None:
    home = town.household()
    said = {"person": town.member(home), "answer": town.one(ConsentAnswer)}
    town.do(seek_consent, SeekConsent, Stream(Household, home), as_=town.insider(home), **said)


ACTS = (
    consent,
    consent_of_all,
    consent_then_protection,
    consent_then_gossip,
    consent_under_another_id,
    withdraw,
    ask_for_consent,
)
