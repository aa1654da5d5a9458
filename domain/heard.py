"""聞いた会議 (rule 3): what was learned at a sitting is read by those who were there; where it was
learned nowhere, by nobody, not even by who wrote it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from domain.household import Household
from domain.labels import BySitting
from domain.recorded import State
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp, TakenUp
from domain.values import Capacity, HouseholdId, Value


class NotHeardThere(Refused):
    """根拠とした会議の議題が見つかりません。この世帯を取り上げた議題で、あなたの機関が招集されたものを示してください。"""


@runtime_checkable
class Apart(Protocol):
    """An act that says something else in each household that it is about."""

    def told_in(self, household: HouseholdId) -> Value: ...


def heard_at(said: Value) -> Iterator[BySitting]:
    """Every item at which an act, or a part of it, says that something was learned."""
    waiting: list[Any] = [said]
    for each in waiting:
        nature = _nature(type(each))  # type: ignore[arg-type]
        if nature is BySitting:
            yield each
        elif nature is Value:
            waiting += vars(each).values()
        elif nature is Mapping:
            waiting += each.values()
        elif nature is tuple:
            waiting += each


@cache
def _nature(kind: type[object]) -> type[object] | None:
    """What is looked into; asked of a type once, for every act is looked through."""
    natures = (BySitting, Value, Mapping, tuple)
    return next((each for each in natures if issubclass(kind, each)), None)


def agenda_of(
    sittings: Iterable[Sitting],
    capacity: Capacity,
    merged_into: Callable[[UUID], UUID | None] = lambda _: None,
) -> frozenset[TakenUp]:
    """The items of these sittings that the agency was asked for, of each household in which the
    case was kept since.
    """
    return frozenset(
        TakenUp(sitting.id, item, home)
        for sitting in sittings
        if not sitting.cancelled
        for item, about in sitting.items.items()
        if sitting.asked_for(capacity.agency, item)
        for home in _homes(about.household, merged_into)
    )


def _homes(
    household: UUID | None, merged_into: Callable[[UUID], UUID | None]
) -> Iterator[UUID | None]:
    yield household
    while household := merged_into(household) if household else None:
        yield household


def was_heard_there(command: Value, stamp: Stamp, states: Collection[State]) -> None:
    """NotHeardThere unless each item took up the household, or one merged into it, and the writer's
    agency knows of it. An act at an item itself was looked at by its decision. An act about several
    households is asked about each for what it says there.
    """
    if next(heard_at(command), None) is None:
        return
    sittings = (state for state in states if isinstance(state, Sitting))
    known = stamp.agenda | agenda_of(sittings, stamp.capacity)
    households = [state for state in states if isinstance(state, Household)]
    if isinstance(command, Apart):
        for each in households:
            _heard_of(command.told_in(HouseholdId(each.id)), known, [each])
    else:
        _heard_of(command, known, households)


def _heard_of(said: Value, known: Iterable[TakenUp], households: Collection[Household]) -> None:
    here = getattr(said, "sitting", None), getattr(said, "item", None)
    homes = {home for each in households for home in (each.id, *each.people.merged_from)}
    agenda = {each[:2] for each in known if not homes or each.household in homes}
    for basis in heard_at(said):
        at = basis.sitting, basis.item
        if at != here and at not in agenda:
            raise NotHeardThere
