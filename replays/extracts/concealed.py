"""秘匿: of which households an extract leaves out what would betray where somebody is.

Agencies, desks, districts and places are left out of every row of a household to which somebody
under 支援措置 belongs or has belonged, under any of their ids, and of one in which anything at all
is marked as concealed. What has ended counts as well: an extract is read long after it was written.
That a protection exists is in no table.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from domain.events.consent import LabelTightened
from domain.events.membership import MemberJoined
from domain.events.person import (
    AddressRecorded,
    ConcealmentStarted,
    PersonsMerged,
    SafeContactAgreed,
)
from domain.ledger import Ledger
from domain.recorded import Recorded

_TELLING = (ConcealmentStarted, AddressRecorded, SafeContactAgreed, PersonsMerged)


def concealed_persons(ledger: Ledger, until: int) -> frozenset[UUID]:
    """Every id of everybody who is or was concealed."""
    found: set[UUID] = set()
    same: dict[UUID, set[UUID]] = defaultdict(set)
    for recorded in ledger.of_kinds(_TELLING, until):
        fact = recorded.fact
        if isinstance(fact, PersonsMerged):
            same[fact.absorbed].add(fact.survivor)
            same[fact.survivor].add(fact.absorbed)
        elif isinstance(fact, ConcealmentStarted) or fact.label.concealed:
            found.add(recorded.stream)
    return _closed(found, same)


def _closed(found: set[UUID], same: dict[UUID, set[UUID]]) -> frozenset[UUID]:
    waiting: Iterable[UUID] = found
    while waiting := {other for one in waiting for other in same.get(one, ())} - found:
        found |= waiting
    return frozenset(found)


def conceals(history: Sequence[Recorded], persons: frozenset[UUID]) -> bool:
    """Whether the facts of this stream are told without what would betray somebody."""
    return any(_conceals(recorded, persons) for recorded in history)


def _conceals(recorded: Recorded, persons: frozenset[UUID]) -> bool:
    fact = recorded.fact
    if fact.label.concealed or not persons.isdisjoint(fact.label.subjects):
        return True
    match fact:
        case MemberJoined(person=person):
            return person in persons
        case LabelTightened(conceal=conceal):
            return conceal
        case _:
            return False
