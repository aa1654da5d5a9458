"""壁: who is protected from whom and who acts for them, what a label was made to hide; and what of
it was taken back since: a 支援措置 or a task that is over, a label that two people loosened.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any
from uuid import UUID

from domain.events.consent import LabelLoosened, LabelTightened
from domain.events.person import ConcealmentEnded, ConcealmentStarted
from domain.events.sitting import AttendeeInvited
from domain.events.support import GuardianAppointed, GuardianshipEnded
from domain.gate.situation import Acting, Change, Protection
from domain.gate.spoken import Item
from domain.gate.told import Told
from domain.gate.verdict import Place


class Walls(Told):
    """What stands in the way of some, and what did."""

    def protected(self) -> dict[UUID, tuple[Protection, ...]]:
        """支援措置 that no human has ended, whatever its term says."""
        return self._protections(lambda ends: not ends)

    def lifted(self) -> dict[UUID, tuple[tuple[Place, Protection], ...]]:
        """支援措置 that stand no longer, and the one fact by which they do not."""
        ended = self._protections(lambda ends: len(ends) == 1)
        return {
            person: tuple((self._ends[each.place][0], each) for each in protections)
            for person, protections in ended.items()
        }

    def _protections(
        self, wanted: Callable[[list[Place]], bool]
    ) -> dict[UUID, tuple[Protection, ...]]:
        found: dict[UUID, tuple[Protection, ...]] = {}
        for item in self.kinds.get(ConcealmentStarted, ()):
            if wanted(self._ends[item.place]):
                fact: Any = item.fact
                (person,) = self.who(item.stream)
                against = frozenset(self.who(*fact.counterparties))
                kept_from = self.one.meant(fact.counterparties, item)
                standing = Protection(item.place, against, kept_from)
                found[person] = (*found.get(person, ()), standing)
        return found

    @cached_property
    def _ends(self) -> dict[Place, list[Place]]:
        ended = self.of(ConcealmentEnded)
        return {
            began: [
                place
                for place, fact in ended
                if (place.stream, fact.concealment) == (began.stream, start.concealment)
            ]
            for began, start in self.of(ConcealmentStarted)
        }

    def acting(self) -> tuple[Acting, ...]:
        """後見人等 until their task is over, and whoever comes to a sitting for a person."""
        return tuple(each for each in self._acting if each.place not in self._over)

    def retired(self) -> tuple[tuple[Place, Acting], ...]:
        """Who acted for somebody, with the one fact by which they do not any longer."""
        over = ((self._over.get(each.place, ()), each) for each in self._acting)
        return tuple((ends[0], each) for ends, each in over if len(ends) == 1)

    @cached_property
    def _acting(self) -> tuple[Acting, ...]:
        """For whoever the person was taken for then, too."""
        return tuple(
            Acting(item.place, person, fact.agency, getattr(fact, "desk", None), fact.staff)
            for item, fact in self._sided
            if fact.agency or fact.staff
            for person in sorted(self.one.meant([fact.person], item))
        )

    @property
    def _sided(self) -> Iterator[tuple[Item, Any]]:
        kinds = (self.kinds.get(kind, ()) for kind in (GuardianAppointed, AttendeeInvited))
        for item in sorted(chain.from_iterable(kinds), key=lambda item: item.place):
            fact: Any = item.fact
            if fact.person:
                yield item, fact

    @cached_property
    def _over(self) -> dict[Place, list[Place]]:
        found: dict[Place, list[Place]] = {}
        for place, fact in self.of(GuardianshipEnded):
            if fact.of < place.version:
                found.setdefault(Place(place.stream, fact.of), []).append(place)
        return found

    def changes(self) -> dict[Place, tuple[Change, ...]]:
        """Those that two people have not taken back."""
        found: dict[Place, tuple[Change, ...]] = {}
        for of, change in self._changes:
            if change.place not in self._taken_back:
                found[of] = (*found.get(of, ()), change)
        return found

    def loosened(self) -> dict[Place, tuple[tuple[Place, Change], ...]]:
        """Those that were, with the fact that says so."""
        found: dict[Place, tuple[tuple[Place, Change], ...]] = {}
        for of, change in self._changes:
            if back := self._taken_back.get(change.place):
                found[of] = (*found.get(of, ()), (back, change))
        return found

    @cached_property
    def _changes(self) -> list[tuple[Place, Change]]:
        return list(map(self._change, self.kinds.get(LabelTightened, ())))

    def _change(self, item: Item) -> tuple[Place, Change]:
        fact: Any = item.fact
        kept_from = self.one.meant(fact.hide_from, item)
        change = Change(item.place, fact.category, fact.hide_from, kept_from, fact.conceal)
        return Place(item.stream, fact.of), change

    @cached_property
    def _taken_back(self) -> dict[Place, Place]:
        loosened = reversed(self.of(LabelLoosened))
        return {Place(place.stream, fact.tightening): place for place, fact in loosened}
