"""審議: a household was taken up at its item, on its basis, by somebody who was there."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from domain.conditions import NotConsented, not_consenting
from domain.convening.charge import acts_for, body_of, offices_of
from domain.events.sitting import MeetingBasis
from domain.household import Household
from domain.household.planning import Item
from domain.person import Person, ids_of
from domain.refusals import Refused, Unknown
from domain.siding import stands_beside
from domain.sitting import Sitting
from domain.stamp import Stamp
from domain.stating import CaseCommand, ParagraphDraft, SidedCommand
from domain.values import PersonId, SittingId


class AtItem(SidedCommand):
    """What is decided or said at one item of a sitting."""

    sitting: SittingId
    item: UUID


class ItemOfAnotherHousehold(Refused):
    """この議題は、この世帯のものではありません。"""


class NotBrought(Refused):
    """この世帯は、この議題に付議されていません。先に付議してください。"""


class NobodyPresentForItem(Refused):
    """この議題に出席した人の記録がありません。先に出席を記録してください。"""


class PersonsNotTakenUp(Refused):
    """この議題に付議されていない人がいます。重層的支援会議は、同意して付議された人のことだけを扱えます。"""


class QuorumMissing(Refused):
    """定足数に足りないため、決定できません。"""


def deliberated(
    household: Household,
    sitting: Sitting,
    command: AtItem,
    stamp: Stamp,
    people: Iterable[Person] = (),
) -> MeetingBasis:
    """Rules 11 and 12: the basis of the item at which the household was deliberated."""
    basis = basis_of(household, sitting, command.item, stamp)
    brought = household.planning.items.get(command.item)
    if brought is None:
        raise NotBrought(item=command.item)
    if basis is MeetingBasis.LAYERED:
        agreeing(household, sitting, brought, named(command), stamp, people)
    attended(sitting, command.item, stamp)
    return basis


def agreeing(  # noqa: PLR0913, PLR0917 - who, in which case, at which item, on which day
    household: Household,
    sitting: Sitting,
    brought: Item,
    spoken_of: Iterable[PersonId],
    stamp: Stamp,
    people: Iterable[Person],
) -> None:
    """Rule 11, person by person: whom it names has been brought and consents; where it names nobody
    it is about all who were brought, of whom it names none but to those who keep the sitting.
    """
    records, concerned = tuple(people), tuple(spoken_of)
    taken_up(brought, concerned, records)
    days = (min(sitting.held_on, stamp.today),)
    missing = not_consenting(household, concerned or brought.subjects, days, stamp, records)
    if missing:
        known = concerned or _keeps(household, sitting, stamp)
        raise NotConsented(persons=list(missing) if known else [])


def _keeps(household: Household, sitting: Sitting, stamp: Stamp) -> bool:
    """Rule 2: and does not act for one of them."""
    sides = stands_beside(household, stamp)
    return not sides and acts_for(body_of(sitting, stamp), stamp.capacity)


def taken_up(brought: Item, persons: Iterable[PersonId], people: Iterable[Person]) -> None:
    """By whichever of their ids."""
    records, there = tuple(people), set(brought.subjects)
    missing = [each for each in persons if there.isdisjoint(ids_of(each, records))]
    if missing:
        raise PersonsNotTakenUp(persons=sorted(missing))


def named(said: CaseCommand) -> tuple[PersonId, ...]:
    """Whom a command or its paragraphs are about."""
    return tuple(dict.fromkeys((*said.subjects, *principals(vars(said).values()))))


def principals(given: Iterable[Any]) -> Iterator[PersonId]:
    """Of every paragraph among these values, at whatever depth."""
    for value in given:
        if isinstance(value, ParagraphDraft):
            yield from value.principals
        elif isinstance(value, tuple):
            yield from principals(value)
        elif needed := getattr(value, "needed", ()):
            yield from principals(needed)


def basis_of(household: Household, sitting: Sitting, item: UUID, stamp: Stamp) -> MeetingBasis:
    """Rule 32: an item the writer's agency was not asked for is not there."""
    on_agenda(sitting, item, stamp)
    if sitting.items[item].household != household.id:
        raise ItemOfAnotherHousehold
    return sitting.items[item].basis


def on_agenda(sitting: Sitting, item: UUID, stamp: Stamp) -> None:
    agency = stamp.capacity.agency
    in_office = item in sitting.items and agency in offices_of(body_of(sitting, stamp))
    if not (in_office or sitting.asked_for(agency, item)):
        raise Unknown


def attended(sitting: Sitting, item: UUID, stamp: Stamp) -> None:
    """Rule 12: presence is per item; a quorum only where the body has one."""
    present = sitting.present_for(item)
    if not present:
        raise NobodyPresentForItem(item=item)
    quorum = body_of(sitting, stamp).quorum
    if quorum and len(present) < quorum:
        raise QuorumMissing(quorum=quorum)
