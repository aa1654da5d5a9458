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
_NAMES = frozenset(kind.__name__ for kind in _TELLING)
_PAGE = 5_000


class Protected:
    """Every id of everybody who is or was concealed, brought up to date as the log grows."""

    def __init__(self) -> None:
        self._position = 0
        self._found: set[UUID] = set()
        self._same: dict[UUID, set[UUID]] = defaultdict(set)

    def at_head(self, ledger: Ledger) -> frozenset[UUID]:
        """The first time the kinds are sought in the whole log, then in what is new."""
        head = ledger.head()
        if not self._position:
            self._hear(ledger.of_kinds(_TELLING, head))
            self._position = head
        while rows := ledger.page(self._position, _PAGE):
            self._hear(ledger.mapper.decode(row) for row in rows if row[2] in _NAMES)
            self._position = rows[-1][4]
        return self.persons

    def until(self, ledger: Ledger, position: int) -> frozenset[UUID]:
        self._hear(ledger.of_kinds(_TELLING, position))
        return self.persons

    @property
    def persons(self) -> frozenset[UUID]:
        return _closed(set(self._found), self._same)

    def _hear(self, told: Iterable[Recorded]) -> None:
        for recorded in told:
            fact = recorded.fact
            if isinstance(fact, PersonsMerged):
                self._same[fact.absorbed].add(fact.survivor)
                self._same[fact.survivor].add(fact.absorbed)
            elif isinstance(fact, ConcealmentStarted) or fact.label.concealed:
                self._found.add(recorded.stream)


def concealed_persons(ledger: Ledger, until: int) -> frozenset[UUID]:
    """Every id of everybody who is or was concealed."""
    return Protected().until(ledger, until)


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
