"""The log read slowly, fact by fact: what was taken back, who belongs, who is protected."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.events import Fact
from domain.events.consent import LabelTightened
from domain.events.membership import HouseholdSplit, MemberJoined, MemberLeft
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentStarted,
    PersonIdentified,
    PersonNoted,
    PersonsMerged,
    PersonsUnmerged,
)
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.labels import Label, Paragraph
from domain.recorded import Recorded
from domain.values import PersonId


def told_in(fact: Fact) -> list[Paragraph]:
    values = [value for value in vars(fact).values() if isinstance(value, tuple)]
    return [part for value in values for part in value if isinstance(part, Paragraph)]


def as_read(history: Iterable[Recorded]) -> Iterable[Recorded]:
    """With what was corrected, and without what was taken back or filed in the wrong place."""
    now: dict[int, Recorded] = {}
    for each in history:
        now[each.version] = each
        match each.fact:
            case FactCorrected(of=of, replacement=None):
                now.pop(of, None)
            case FactCorrected(of=of, replacement=Fact() as other) if of in now:
                now[of] = replace(now[of], fact=other)
            case MisfiledRecordWithdrawn(facts=versions):
                for version in versions:
                    now.pop(version, None)
            case _:
                pass
    return now.values()


def tightened(home: Sequence[Recorded], of: Recorded) -> Label:
    label = of.fact.label
    for each in home:
        if isinstance(each.fact, LabelTightened) and each.fact.of == of.version:
            more = {
                "category": each.fact.category or label.category,
                "hidden_from": (*label.hidden_from, *each.fact.hide_from),
                "concealed": label.concealed or each.fact.conceal,
            }
            label = label.model_copy(update=more)
    return label


def belonging(home: Iterable[Recorded]) -> list[PersonId]:
    here: list[PersonId] = []
    for each in home:
        match each.fact:
            case MemberJoined(person=person) if person not in here:
                here.append(person)
            case MemberLeft(person=person) if person in here:
                here.remove(person)
            case HouseholdSplit(source=source, persons=gone) if source == each.stream:
                here = [person for person in here if person not in gone]
            case _:
                pass
    return here


def about_person(before: Iterable[Recorded], person: UUID) -> list[Fact]:
    return [r.fact for r in as_read([r for r in before if r.stream == person])]


def concealments(before: Iterable[Recorded], person: UUID) -> list[ConcealmentStarted]:
    facts = about_person(before, person)
    ended = {f.concealment for f in facts if isinstance(f, ConcealmentEnded)}
    begun = [f for f in facts if isinstance(f, ConcealmentStarted)]
    return [f for f in begun if f.concealment not in ended]


def one_with(before: Iterable[Recorded], person: UUID) -> set[UUID]:
    """Under which ids the person was known then: what was found, and not taken back."""
    same: dict[PersonId, PersonId] = {}
    for each in before:
        match each.fact:
            case PersonsMerged(absorbed=absorbed, survivor=survivor):
                same[absorbed] = survivor
            case PersonsUnmerged(absorbed=absorbed):
                same.pop(absorbed, None)
            case _:
                pass
    survivor = same.get(PersonId(person), PersonId(person))
    return {survivor, person, *(absorbed for absorbed in same if same[absorbed] == survivor)}


def is_minor(before: Iterable[Recorded], person: UUID, day: date) -> bool:
    born = None
    for fact in about_person(before, person):
        if isinstance(fact, PersonNoted):
            born = fact.birth_year
        if isinstance(fact, PersonIdentified):
            born = fact.birth_year or born
    return born is not None and day.year - born < 18
