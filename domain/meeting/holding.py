"""控え (rule 11): a 重層的支援会議 takes up each person who has consented; whoever has not is held
back and named, with the records and the words that are about them.
"""

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from domain.conditions import not_consenting
from domain.events.meeting import PersonsHeldBack
from domain.household import Household
from domain.meeting.deliberation import AtItem
from domain.meeting.secrecy import on_item
from domain.person import Person, ids_of
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import ParagraphDraft, SidedCommand, stated
from domain.values import PersonId


class Bringing(SidedCommand):
    """What comes before a sitting: records by their version, and words."""

    tabled: tuple[int, ...] = ()
    narrative: tuple[ParagraphDraft, ...] = ()


B = TypeVar("B", bound=Bringing)


class Held(NamedTuple):
    """控えたもの: nothing where everybody has consented."""

    persons: tuple[PersonId, ...] = ()
    tabled: tuple[int, ...] = ()
    narrative: tuple[ParagraphDraft, ...] = ()


def held_back(
    household: Household, command: Bringing, persons: tuple[PersonId, ...], people: Iterable[Person]
) -> Held:
    """What goes with them; what names nobody is about everybody the writer named."""
    records = tuple(people)
    ids = frozenset[PersonId]().union(*(ids_of(person, records) for person in persons))

    def theirs(about: Iterable[PersonId]) -> bool:
        return not ids.isdisjoint(tuple(about) or command.subjects)

    labels = {version: household.label(version) for version in command.tabled}
    return Held(
        persons,
        tuple(version for version, label in labels.items() if label and theirs(label.subjects)),
        tuple(draft for draft in command.narrative if theirs(draft.principals)),
    )


def without(command: B, held: Held) -> B:
    """The command as it goes on."""
    left = {
        "subjects": tuple(each for each in command.subjects if each not in held.persons),
        "tabled": tuple(each for each in command.tabled if each not in held.tabled),
        "narrative": tuple(each for each in command.narrative if each not in held.narrative),
    }
    return command.model_copy(update=left)


def told(held: Held, command: Bringing, stamp: Stamp, **at: object) -> list[PersonsHeldBack]:
    """It stays with those who write it: for another agency it has no basis yet (rule 1)."""
    if not held.persons:
        return []
    words = [
        draft.model_copy(update={"principals": draft.principals or command.subjects})
        for draft in held.narrative
    ]
    about = command.model_copy(update={"subjects": held.persons, "narrative": tuple(words)})
    return [stated(PersonsHeldBack, about, stamp, persons=held.persons, tabled=held.tabled, **at)]


def not_yet(
    household: Household, sitting: Sitting, command: AtItem, stamp: Stamp, people: list[Person]
) -> list[PersonsHeldBack]:
    """Who cannot go on to the 重層的支援会議 yet, of those whom another meeting spoke of."""
    persons = command.subjects or household.planning.items[command.item].subjects
    held = not_consenting(household, persons, (stamp.today,), stamp, people)
    if not held:
        return []
    about = command.model_copy(update={"subjects": held, "narrative": ()})
    label = on_item(sitting, command.item, about, stamp)
    return [stated(PersonsHeldBack, about, stamp, persons=held, label=label)]
