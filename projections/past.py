"""そのときの記録: the streams that decided together who could read one of them, as they stood."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection

from domain.events.meeting import CaseStudied
from domain.events.membership import HouseholdsMerged, MemberJoined
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.sitting import AgendaItemAdded, AttendeeInvited
from domain.events.support import GuardianAppointed, GuardianshipEnded
from domain.gate import Situation
from domain.recorded import Recorded
from projections.access import Case, cases
from projections.people import people
from projections.reading import fetch
from projections.sittings import homes_of, lines_of, own_of

History = Sequence[Recorded]


class Context(NamedTuple):
    """Whom and what the gate looks at together today; of one household, or of the stream alone.
    `sides` are the other streams that say who acts for whom, or who was taken for whom; `around`
    are the cases that a sitting takes up, behind whose walls it stands.
    """

    household: UUID | None
    households: frozenset[UUID]
    persons: frozenset[UUID]
    sittings: frozenset[UUID]
    situation: Situation
    sides: frozenset[UUID] = frozenset()
    around: tuple["Context", ...] = ()

    @property
    def streams(self) -> frozenset[UUID]:
        return self.households | self.persons | self.sittings


_HOMES = """
    SELECT DISTINCT stream FROM projections.case_view
    WHERE stream = %(stream)s OR key = ANY (%(members)s)
"""


def contexts(connection: Connection[Any], stream: UUID, today: date) -> list[Context]:
    """Of the household itself, or of each to which the person belongs or has belonged, under
    whichever of their ids.
    """
    ids = people(connection, [stream])[stream].ids
    given = {"stream": stream, "members": [f"member:{each}" for each in ids]}
    homes = [row[0] for row in fetch(connection, _HOMES, given)]
    found = [_of_case(home, case) for home, case in cases(connection, homes, today).items()]
    return found or [_alone(connection, stream, today)]


def _of_case(household: UUID, case: Case) -> Context:
    sittings = frozenset(group.stream for group in case.sittings)
    persons, homes = frozenset(case.persons), frozenset(case.of)
    told = frozenset(group.stream for group in case.sides.told) | case.sides.others.keys()
    sides = told - homes - sittings - persons
    return Context(household, homes, persons, sittings, case.situation, sides)


def _alone(connection: Connection[Any], stream: UUID, today: date) -> Context:
    nobody, rows = frozenset[UUID](), lines_of(connection, [stream])[stream]
    of = cases(connection, sorted(set(homes_of(rows))), today)
    own = own_of(stream, rows, {home: case.situation for home, case in of.items()})
    around = tuple(_of_case(home, case) for home, case in of.items())
    return Context(None, nobody, nobody, frozenset({stream}), own, around=around)


def taken_up_by_then(
    context: Context, history: Callable[[UUID], History]
) -> Iterator[list[History]]:
    """The histories of each case that the sitting took up, or that spoke of it, by then."""
    (sitting,) = context.sittings
    named = {fact.household for fact in _facts(history(sitting), AgendaItemAdded)}
    for each in context.around:
        own = history(each.household) if each.household else ()
        if each.household in named or any(_speaks_of(sitting, recorded) for recorded in own):
            yield as_it_stood(each, history)


def _speaks_of(sitting: UUID, recorded: Recorded) -> bool:
    return getattr(recorded.fact, "sitting", None) == sitting


def as_it_stood(context: Context, history: Callable[[UUID], History]) -> list[History]:
    """The histories up to that moment, of those alone that were one case already."""
    if context.household is None:
        return [history(stream) for stream in context.streams]
    homes = {each: history(each) for each in context.households}
    kin = _kin(context.household, homes)
    belong = {person for home in kin for person in _joined(homes[home])}
    people = {each: history(each) for each in context.persons}
    theirs = [told for each, told in people.items() if each in _found_one(belong, people)]
    studied = {fact.item for home in kin for fact in _facts(homes[home], CaseStudied)}
    held = (_taken_up(history(each), kin, studied) for each in context.sittings)
    sided = ([r for r in history(e) if isinstance(r.fact, _SIDING)] for e in context.sides)
    return [*(homes[each] for each in kin), *theirs, *held, *sided]


_SIDING = (GuardianAppointed, GuardianshipEnded, AttendeeInvited, PersonsMerged, PersonsUnmerged)


def _kin(household: UUID, homes: Mapping[UUID, History]) -> list[UUID]:
    found = [household]
    merged = [fact for told in homes.values() for fact in _facts(told, HouseholdsMerged)]
    for each in found:
        pairs = (pair for f in merged if each in (pair := (f.source, f.target)))
        found += [home for pair in pairs for home in pair if home in homes and home not in found]
    return found


def _joined(history: History) -> Iterable[UUID]:
    return (fact.person for fact in _facts(history, MemberJoined))


def _found_one(belong: set[UUID], people: Mapping[UUID, History]) -> set[UUID]:
    """With everybody whom they were found to be one with by then."""
    merged = [fact for told in people.values() for fact in _facts(told, PersonsMerged)]
    found = set(belong)
    while (
        more := {
            person
            for fact in merged
            if not found.isdisjoint(pair := (fact.survivor, fact.absorbed))
            for person in pair
        }
        - found
    ):
        found |= more
    return found


def _taken_up(history: History, kin: Sequence[UUID], studied: Container[UUID]) -> History:
    """What a sitting says of itself, and of the items that take up one of these households or at
    which somebody spoke of it.
    """
    added = _facts(history, AgendaItemAdded)
    items = {f.item for f in added if f.household in kin or f.item in studied}
    if not items:
        return []
    return [r for r in history if getattr(r.fact, "item", None) in {None, *items}]


def _facts(history: History, kind: type[Any]) -> list[Any]:
    return [recorded.fact for recorded in history if isinstance(recorded.fact, kind)]
