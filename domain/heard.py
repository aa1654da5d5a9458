"""聞いた会議 (rule 3): what was learned at a sitting is read by those who were there; where it was
learned nowhere, by nobody, not even by who wrote it.
"""

from collections.abc import Collection, Iterable, Iterator

from domain.household import Household
from domain.labels import BySitting
from domain.recorded import State
from domain.refusals import Refused
from domain.sitting import Sitting
from domain.stamp import Stamp, TakenUp
from domain.values import Capacity, Value


class NotHeardThere(Refused):
    """根拠とした会議の議題が見つかりません。この世帯を取り上げた議題で、あなたの機関が招集されたものを示してください。"""


def heard_at(said: Value) -> Iterator[BySitting]:
    """Every item at which an act, or a part of it, says that something was learned."""
    for given in vars(said).values():
        for each in given if isinstance(given, tuple) else (given,):
            if isinstance(each, BySitting):
                yield each
            elif isinstance(each, Value):
                yield from heard_at(each)


def agenda_of(sittings: Iterable[Sitting], capacity: Capacity) -> frozenset[TakenUp]:
    """The items of these sittings that the agency was asked for."""
    return frozenset(
        TakenUp(sitting.id, item, about.household)
        for sitting in sittings
        if not sitting.cancelled
        for item, about in sitting.items.items()
        if sitting.asked_for(capacity.agency, item)
    )


def was_heard_there(command: Value, stamp: Stamp, states: Collection[State]) -> None:
    """NotHeardThere unless each item took up the household, or one merged into it, and the writer's
    agency knows of it. An act at an item itself was looked at by its decision.
    """
    here = getattr(command, "item", None)
    heard = [basis for basis in heard_at(command) if basis.item != here]
    if not heard:
        return
    sittings = (state for state in states if isinstance(state, Sitting))
    known = stamp.agenda | agenda_of(sittings, stamp.capacity)
    homes = frozenset(_homes(states))
    agenda = {each[:2] for each in known if not homes or each.household in homes}
    if any((basis.sitting, basis.item) not in agenda for basis in heard):
        raise NotHeardThere


def _homes(states: Iterable[State]) -> Iterator[object]:
    for state in states:
        if isinstance(state, Household):
            yield from (state.id, *state.people.merged_from)
