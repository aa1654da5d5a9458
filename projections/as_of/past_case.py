"""The case as it stood (そのときのケース): its rows are of then, its walls and offices of today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any
from uuid import UUID

from psycopg import Connection

from domain.events.membership import HouseholdOpened
from domain.events.rights import FactCorrected
from domain.gate import Grant, Item, Reader, Situation, may_read
from domain.recorded import Recorded, effective, is_correction
from projections import case_rows, people
from projections.access import Case, cases, kin_of, linked, members
from projections.as_of.folding import groups, row_item
from projections.as_of.histories import Histories
from projections.people import Person, people_by
from projections.reading import Group
from projections.sides import sides


@dataclass(frozen=True, slots=True)
class PastCase(Case):
    """`gate` is what is known today: it alone decides who may see anything of the past.

    A person is called concealed here as long as they are concealed today; where anybody of the
    case is, 圏域 stays withheld.
    """

    gate: Situation = field(default_factory=Situation)
    hides: bool = False

    @property
    def protects(self) -> bool:
        return self.hides

    @property
    def situation(self) -> Situation:
        return self.gate

    def opened(self, household: UUID) -> bool:
        """Before its record was opened there is a family, and no case."""
        items = (item for group in self.of[household] for item in group.items)
        return any(isinstance(item.fact, HouseholdOpened) for item in items)


def past_case(
    connection: Connection[Any], histories: Histories, household: UUID, reader: Reader
) -> PastCase:
    """The household with all that had become one with it by then, behind today's gate."""
    now = cases(connection, [household], reader.today)[household]
    histories.prepare((*now.of, *now.persons))
    stood = as_it_stood(histories, household, now.of)
    if strangers := stood.persons.keys() - now.persons.keys():
        # Who was taken for a member then, or for one with a member, is protected as members are.
        found = people.people(connection, strangers).values()
        known = now.persons | {each: person for person in found for each in person.ids}
        now = replace(now, persons=known, sides=sides(connection, known.values(), now.sides.others))
    persons = {each: _guarded(person, now.persons) for each, person in stood.persons.items()}
    gate = closed(now.situation, histories, (*stood.of, *persons), reader)
    histories.gates |= dict.fromkeys((*stood.of, *persons), gate)
    return replace(stood, persons=persons, used=now.used, gate=gate, hides=now.protects)


def as_it_stood(histories: Histories, household: UUID, homes: Iterable[UUID] = ()) -> PastCase:
    """The same before anybody's eyes; of the households that are named, or all that were one."""
    of = {each: _rows(histories, each) for each in {household, *homes}}
    while more := {each for rows in of.values() for each in linked(rows)} - of.keys():
        of |= {each: _rows(histories, each) for each in more}
    kin = kin_of(household, of)
    belong = frozenset(person for each in kin for person in members(of[each]))
    histories.prepare(belong)
    known = people_by(lambda ids: {each: _persons(histories, each) for each in ids}, belong)
    persons = {each: person for person in known.values() for each in person.ids}
    return PastCase({each: of[each] for each in kin}, persons, belong, histories.point.true_at)


def _rows(histories: Histories, household: UUID) -> list[Group]:
    return groups(case_rows.PROJECTION, histories.then(household), case_rows.CASE_VIEW)


def _persons(histories: Histories, person: UUID) -> list[Group]:
    return groups(people.PROJECTION, histories.then(person), people.PEOPLE)


def _guarded(person: Person, now: Mapping[UUID, Person]) -> Person:
    """Rule 8: concealed where any of the ids is today, whatever was decided then."""
    today = [now[each] for each in person.ids if each in now]
    return replace(person, concealed=any(each.concealed for each in today))


def closed(
    gate: Situation, histories: Histories, streams: Iterable[UUID], reader: Reader
) -> Situation:
    """What was corrected since is shown as it read then to those alone who may read the
    correction, and what stands there today; a record taken back, to those who may read its end.
    """
    shut = {
        item.place: tuple(each.place for each in ends)
        for item, ends in chain.from_iterable(_corrected_since(histories, s) for s in streams)
        if not all(isinstance(may_read(reader, end, gate), Grant) for end in ends)
    }
    return replace(gate, misfiled={**gate.misfiled, **shut}) if shut else gate


def _corrected_since(histories: Histories, stream: UUID) -> Iterable[tuple[Item, Sequence[Item]]]:
    """Each fact that reads otherwise today, with what says so."""
    whole = histories.whole(stream)
    later = [r for r in whole if r.position > histories.point.position and is_correction(r.fact)]
    if not later:
        return
    now = {r.version: r for r in effective(whole)}
    for then in histories.then(stream):
        today = now.get(then.version)
        if today is None or today.words != then.words:
            yield row_item(then), list(_ends(then, today, later))


def _ends(then: Recorded, today: Recorded | None, later: Iterable[Recorded]) -> Iterable[Item]:
    """What stands there now, and every correction of it since."""
    if today is not None:
        yield row_item(today)
    for correction in later:
        if isinstance(correction.fact, FactCorrected) and correction.fact.of == then.version:
            yield row_item(correction)
