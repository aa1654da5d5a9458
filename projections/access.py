"""Access (閲覧の根拠): what was referred and shared, as far as it is in force today.

Households that became one are one case to the gate: what somebody may know of it does not depend on
the household in which it was written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg import Connection
from pydantic_core import to_json

from domain.events import Fact
from domain.events.meeting import CaseStudied
from domain.events.membership import MemberJoined
from domain.events.oversight import EmergencyAccessOpened
from domain.events.sitting import AgendaItemAdded
from domain.gate import ONCE, Place, Situation, situation_of
from projections.at_once import at_once, homes_of
from projections.case import mergers
from projections.people import Person, hidden_from, people_by
from projections.reading import Group, fetch
from projections.sides import ASIDE, NOBODY, Sides, sides, sides_by
from projections.standing import Consent, standing

_KINDS = (
    *("household", "member", "lead", "referral", "share", "request", "consent", "label"),
    *("item", "decision", "role", "guardian", "suspension", "access", "audit"),
)
NONE_USED: frozenset[Place] = frozenset()
"""緊急閲覧 of a place whose one view was had: told by the log of reads."""


@dataclass(frozen=True)
class Case:
    """The households that are one case, and all who belong or belonged to it, those unseen
    included: `persons` under each of their ids, `belong` by those the case knows them by; of what
    is put `aside` a withdrawal or a 支援措置 may be missing.
    """

    of: dict[UUID, list[Group]]
    persons: dict[UUID, Person]
    belong: frozenset[UUID]
    today: date
    sittings: tuple[Group, ...] = ()
    sides: Sides = NOBODY
    used: frozenset[Place] = NONE_USED
    aside: frozenset[UUID] = frozenset()

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
    def reaches(self) -> bool:
        """Whether more of it may stand behind something than tells of itself: what speaks of a
        record behind a wall, and the files of one that may not be used.
        """
        rows = chain(*self.of.values())
        return bool(self.sides.acting) or any(group.kind == "suspension" for group in rows)

    @property
    def protects(self) -> bool:
        """Whether anybody's whereabouts are concealed today."""
        return any(person.concealed for person in self.persons.values())

    @cached_property
    def situation(self) -> Situation:
        """What the gate must know about it, from all its rows, those unseen included."""
        known = {**self.sides.others, **self.persons}
        protecting = (group for person in self.persons.values() for group in person.protecting)
        once = (group for person in known.values() for group in person.once)
        every = chain(*self.of.values(), self.sittings, protecting, once)
        items = {item.place: item for group in every for item in group.items}
        same = {each: person.id for each, person in known.items() if each != person.id}
        acting = (item for group in self.sides.told for item in group.items)
        elsewhere = [item for item in acting if item.place not in items]
        found = situation_of(items.values(), same, self.used, elsewhere)
        told = (group.stream for group in chain(self.sittings, self.sides.told))
        streams = chain(self.of, self.persons, self.sides.others, told)
        return replace(found, unread=not self.aside.isdisjoint(streams))

    def as_far_as_told(self) -> "Case":
        """The same with what is known of it: never to show anything by."""
        return replace(self, aside=frozenset())


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


def cases(
    connection: Connection[Any], households: Sequence[UUID], today: date, *, all_kinds: bool = False
) -> dict[UUID, Case]:
    """The case of each household, with all that became one with it; by all of its rows where what
    some of them are is decided by others.
    """
    found = _cases(connection, households, today, () if all_kinds else _KINDS)
    reaching = [home for home, case in found.items() if case.reaches and not all_kinds]
    return found | _cases(connection, reaching, today, ()) if reaching else found


def _cases(
    connection: Connection[Any], households: Sequence[UUID], today: date, kinds: Sequence[str]
) -> dict[UUID, Case]:
    rows = at_once(connection, households, kinds)
    of = dict(rows.homes)
    while more := {each for rows in of.values() for each in linked(rows)} - of.keys():
        of |= homes_of(connection, sorted(more), kinds)
    belong = {household: members(rows) for household, rows in of.items()}
    known = people_by(rows.people, (person for each in belong.values() for person in each))
    held = _by_household(rows.sittings(of), of)
    seen = used(connection, [place for rows in of.values() for place in _locating(rows)])
    hidden = {household: _hidden_from(rows) for household, rows in of.items()}
    every = frozenset().union(*hidden.values())
    acting = sides_by(rows.people, rows.acting, known.values(), every)
    found: dict[UUID, Case] = {}
    for household in households:
        kin = kin_of(household, of)
        here = frozenset(person for each in kin for person in belong[each])
        persons = {each: known[person] for person in here for each in known[person].ids}
        sat = tuple(group for each in kin for group in held[each])
        by = acting.of(persons.values(), frozenset().union(*(hidden[each] for each in kin)))
        homes = {each: of[each] for each in kin}
        found[household] = Case(homes, persons, here, today, sat, by, seen, rows.aside)
    return found


def _hidden_from(of_household: Iterable[Group]) -> frozenset[UUID]:
    """From whom it is hidden who belongs: it came over from a household that was theirs, too."""
    return hidden_from(group for group in of_household if group.kind == "member")


def alone(connection: Connection[Any], persons: Mapping[UUID, Person], today: date) -> Case:
    """These persons by themselves, of no household in particular."""
    known = {each: person for person in persons.values() for each in person.ids}
    by = sides(connection, known.values())
    aside = frozenset(row[0] for row in fetch(connection, ASIDE, ()))
    return Case({}, known, frozenset(known), today, sides=by, aside=aside)


def _locating(rows: Iterable[Group]) -> Iterable[Place]:
    """緊急閲覧 of a protected place, which opens it once."""
    for group in rows:
        for item in group.items:
            if isinstance(item.fact, EmergencyAccessOpened) and item.fact.location:
                yield item.place


_USED = f"""
    SELECT facts FROM projections.reads WHERE rule = '{ONCE}' AND facts @> %s::jsonb LIMIT 1
"""  # noqa: S608 - our own names


def used(connection: Connection[Any], accesses: Iterable[Place]) -> frozenset[Place]:
    """Those by which the place was shown already, as the 閲覧簿 tells."""
    return frozenset(
        place
        for place in accesses
        if fetch(connection, _USED, (to_json([[place.stream, place.version]]).decode(),))
    )


def _by_household(
    sittings: Iterable[Group], of: Mapping[UUID, Iterable[Group]]
) -> dict[UUID, list[Group]]:
    """What was recorded of the sittings that took up each household, as far as it concerns it."""
    held: dict[UUID, list[Group]] = {}
    for group in sittings:
        held.setdefault(group.stream, []).append(group)
    found: dict[UUID, list[Group]] = {each: [] for each in of}
    studied = {each: _studied(rows) for each, rows in of.items()}
    for sitting, rows in held.items():
        named = _taken_up(rows)
        for household in found:
            if household in named or sitting in studied[household]:
                found[household] += rows
    return found


def _studied(rows: Iterable[Group]) -> set[UUID]:
    """The sittings at which somebody spoke of the household, by name or not (事例検討)."""
    return {fact.sitting for fact in _of_items(rows) if isinstance(fact, CaseStudied)}


def _taken_up(rows: Iterable[Group]) -> set[UUID | None]:
    """The households that a sitting took up by name; None for an item of nobody in particular."""
    return {fact.household for fact in _of_items(rows) if isinstance(fact, AgendaItemAdded)}


def _of_items(rows: Iterable[Group]) -> Iterator[Fact]:
    return (item.fact for group in rows if group.kind == "item" for item in group.items)


def linked(rows: Iterable[Group]) -> set[UUID]:
    """The households that these rows say were merged, and into which."""
    return {each for source, into in mergers(rows).items() for each in (source, into.target)}


def kin_of(household: UUID, of: Mapping[UUID, Iterable[Group]]) -> list[UUID]:
    """The household, and all with which it became one, earlier or later."""
    found = [household]
    for each in found:
        found += sorted(linked(of[each]).difference(found))
    return found
