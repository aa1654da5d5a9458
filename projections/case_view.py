"""The case view (ケース画面): a household as it stands today, as one reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.gate import Reader, Situation
from domain.household.referrals import ReferralStatus
from domain.values import Role
from projections.access import Consent, consents, household_groups, situation
from projections.access import members as all_members
from projections.case import (
    Frame,
    Member,
    Plan,
    frame,
    last_contact,
    members,
    plans,
    referral_status,
    reopened,
)
from projections.case_rows import CASE_VIEW, PROJECTION, rows
from projections.people import Person, people
from projections.reading import Group, readable

__all__ = ["CASE_VIEW", "PROJECTION", "CaseView", "PersonView", "case_view", "rows"]


@dataclass(frozen=True, slots=True)
class PersonView:
    """本人: `id` is the survivor's where a 名寄せ found two to be one; the rows are sealed."""

    id: UUID
    concealed: bool
    rows: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """ケース: the frame, and the rows the reader may see by kind (`rows["referral"]` …)."""

    household: UUID
    frame: Frame
    members: tuple[Member, ...]
    people: dict[UUID, PersonView]
    consents_in_force: tuple[Consent, ...]
    open_referrals: tuple[Group, ...]
    plans: tuple[Plan, ...]
    next_review: date | None
    last_contact: str | None
    rows: dict[str, tuple[Group, ...]]


def case_view(connection: Connection[Any], household: UUID, *, reader: Reader) -> CaseView | None:
    """The household as this reader may see it; None when there is none, or none of it is theirs."""
    every = household_groups(connection, [household], all_kinds=True)[household]
    known = people(connection, all_members(every))
    state = situation(every, known, reader.today)
    seen = readable(every, reader, state)
    if not seen:
        return None
    persons = {key: _person(person, reader, state) for key, person in known.items()}
    return _composed(household, every, seen, persons, reader)


def _person(person: Person, reader: Reader, state: Situation) -> PersonView:
    return PersonView(person.id, person.concealed, tuple(readable(person.groups, reader, state)))


def _composed(
    household: UUID,
    every: list[Group],
    seen: list[Group],
    persons: dict[UUID, PersonView],
    reader: Reader,
) -> CaseView:
    belong = members(seen)
    named = {member.person for member in belong}
    drawn_up = plans(seen, reopened(every))
    valid = [c for c in consents(seen).values() if c.given.period.covers(reader.today)]
    reviews = (each.review_on for each in drawn_up if not each.ended and each.review_on)
    return CaseView(
        household,
        _framed(every, persons.values(), reader),
        belong,
        {key: person for key, person in persons.items() if person.rows or key in named},
        tuple(valid),
        tuple(group for group in seen if referral_status(group) is ReferralStatus.OPEN),
        drawn_up,
        min(reviews, default=None),
        last_contact(seen),
        _by_kind(seen),
    )


def _framed(every: list[Group], persons: Iterable[PersonView], reader: Reader) -> Frame:
    """圏域 is withheld while somebody of the household is concealed."""
    whole = frame(every)
    protected = any(person.concealed for person in persons)
    hide = protected and reader.capacity.role is not Role.PROTECTION
    return replace(whole, area=None) if hide else whole


def _by_kind(groups: Iterable[Group]) -> dict[str, tuple[Group, ...]]:
    found: dict[str, tuple[Group, ...]] = {}
    for group in groups:
        found[group.kind] = (*found.get(group.kind, ()), group)
    return found
