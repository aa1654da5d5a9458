"""The case view (ケース画面): a household as it stands today, as one reader may see it.

Where households became one, what came over is shown with where it came from; it stays where it was
written. The earlier household shows its own, and where its case is kept now.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events.membership import MemberJoined
from domain.gate import Reader, acts_against, beside, whom
from domain.household.referrals import ReferralStatus
from domain.stamp import Shown, ShownAs
from domain.values import PersonId
from projections.access import Case, cases
from projections.belonging import OF_EVERYBODY, told_of
from projections.case import (
    Member,
    Plan,
    as_one,
    last_contact,
    members,
    plans,
    referral_status,
    reopened,
)
from projections.case_rows import CASE_VIEW, PROJECTION, rows
from projections.frame import Frame, framed
from projections.reading import Group, readable
from projections.standing import Consent, consents, ended

__all__ = [
    "CASE_VIEW",
    "PROJECTION",
    "CaseView",
    "PersonView",
    "case_view",
    "composed",
    "known_people",
    "rows",
    "view_of",
]
_CAME_OVER = frozenset({"consent", "referral", "plan"})


@dataclass(frozen=True, slots=True)
class PersonView:
    """本人: `earlier` are other ids by which what is shown speaks of them; the rows are sealed."""

    id: UUID
    earlier: tuple[UUID, ...]
    concealed: bool
    rows: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    """ケース: the frame, and the rows the reader may see by kind (`rows["referral"]` …).

    `came_from` names the earlier household of each consent, つなぎ, plan and member that came over.
    """

    household: UUID
    frame: Frame
    members: tuple[Member, ...]
    people: dict[UUID, PersonView]
    consents_in_force: tuple[Consent, ...]
    open_referrals: tuple[Group, ...]
    plans: tuple[Plan, ...]
    next_review: date | None
    last_contact: str | None
    came_from: dict[UUID, UUID]
    rows: dict[str, tuple[Group, ...]]


Seen = Mapping[UUID, list[Group]]
"""By household, the earliest first, so that what was said again on merging is shown as written."""


def case_view(connection: Connection[Any], household: UUID, *, reader: Reader) -> CaseView | None:
    """The household as this reader may see it; None when there is none, or none of it is theirs."""
    case = cases(connection, [household], reader.today, all_kinds=True)[household]
    return view_of(case, household, reader)


def view_of(case: Case, household: UUID, reader: Reader) -> CaseView | None:
    """The same of a case as it stands, or stood."""
    state, seen = case.situation, _seen(case, household, reader)
    if not any(seen.values()):
        return None
    told = told_of(case, seen, reader)
    persons = _people(case, told, seen, reader)
    return composed(case, seen, persons, framed(case, household, seen[household], reader, state))


def _seen(case: Case, household: UUID, reader: Reader) -> Seen:
    streams = (*reversed(case.earlier(household)), household)
    return {each: readable(case.of[each], reader, case.situation) for each in streams}


def put_aside(connection: Connection[Any], household: UUID, *, reader: Reader) -> bool:
    """Whether they would see something of it, were there not what could not be told."""
    case = cases(connection, [household], reader.today, all_kinds=True)[household]
    return case.situation.unread and any(_seen(case.as_far_as_told(), household, reader).values())


def known_people(connection: Connection[Any], household: UUID, *, reader: Reader) -> Shown:
    """Everybody of whom this reader may know that they belong to it or did, under all their ids;
    and as what, where they may read that.
    """
    of = cases(connection, [household], reader.today, all_kinds=True)
    case = of[household].as_far_as_told()
    seen = _seen(case, household, reader)
    as_what = {
        each.person: ShownAs(each.relation, each.membership, each.since, each.left)
        for each in members(seen[household])
    }
    told = told_of(case, seen, reader)
    ids = (PersonId(each) for person in told for each in case.known_as(person))
    return {each: as_what.get(each) for each in ids}


def _people(
    case: Case, told: Collection[UUID], seen: Seen, reader: Reader
) -> dict[UUID, PersonView]:
    """Everybody of whom the reader may know that they belong or belonged, once; under which other
    ids, by what they may read alone: or it would tell that somebody was noted elsewhere, too.
    """
    state, every = case.situation, [group for rows in seen.values() for group in rows]
    found: dict[UUID, PersonView] = {}
    for survivor, *others in sorted({case.known_as(person) for person in told}):
        rows = tuple(readable(case.persons[survivor].groups, reader, state))
        earlier = tuple(others)
        if others and reader.capacity.role not in OF_EVERYBODY:
            named = set(_named((*rows, *every)))
            earlier = tuple(each for each in others if each in named)
        person = case.persons[survivor]
        concealed = person.concealed and not acts_against(reader, survivor, state)
        found[survivor] = PersonView(survivor, earlier, concealed, rows)
    return found


def _named(rows: Iterable[Group]) -> Iterator[UUID]:
    for item in (item for group in rows for item in group.items):
        yield from (item.stream, *whom(item.fact), *beside(item.fact).hidden_from)


def composed(case: Case, seen: Seen, persons: Mapping[UUID, PersonView], whole: Frame) -> CaseView:
    """What these rows add up to."""
    household = list(seen)[-1]
    belong = as_one(members(seen[household]), case.known_as)
    every = list(_once(group for each in seen.values() for group in each))
    named = {member.person for member in belong}
    drawn_up = tuple(plan for each in seen for plan in _plans(case, seen, each))
    reviews = (each.review_on for each in drawn_up if not each.ended and each.review_on)
    return CaseView(
        household,
        whole,
        belong,
        {key: person for key, person in persons.items() if person.rows or key in named},
        _in_force(case, seen),
        tuple(group for group in every if referral_status(group) is ReferralStatus.OPEN),
        drawn_up,
        min(reviews, default=None),
        last_contact(every),
        _came_from(case, every, household, named),
        _by_kind(every),
    )


def _once(groups: Iterable[Group]) -> Iterable[Group]:
    """A consent that was said again where the case goes on is one consent."""
    said: set[str] = set()
    for group in groups:
        if group.kind != "consent" or group.key not in said:
            said.add(group.key)
            yield group


def _in_force(case: Case, seen: Seen) -> tuple[Consent, ...]:
    found: dict[UUID, Consent] = {}
    for household in seen:
        standing = case.consents(household)
        for key, consent in consents(seen[household]).items():
            if key in standing and standing[key].stands(case.today):
                found.setdefault(key, consent)
    return tuple(found.values())


def _plans(case: Case, seen: Seen, household: UUID) -> tuple[Plan, ...]:
    if ended(household, case.of):
        return ()
    return plans(seen[household], reopened(case.of[household]))


def _came_from(
    case: Case, every: Iterable[Group], household: UUID, named: set[UUID]
) -> dict[UUID, UUID]:
    found = {
        UUID(group.key.partition(":")[2]): group.stream
        for group in every
        if group.kind in _CAME_OVER and group.stream != household
    }
    for group in every:
        for item in group.items:
            if isinstance(item.fact, MemberJoined) and group.stream != household:
                person = case.known_as(item.fact.person)[0]
                found |= {person: group.stream} if person in named else {}
    return found


def _by_kind(groups: Iterable[Group]) -> dict[str, tuple[Group, ...]]:
    found: dict[str, list[Group]] = {}
    for group in groups:
        found.setdefault(group.kind, []).append(group)
    return {kind: tuple(rows) for kind, rows in found.items()}
