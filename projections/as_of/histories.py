"""Histories (履歴): the streams that a view of the past is made of, each read once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from domain.clocks import Point, as_of, misfiled
from domain.events import Fact
from domain.gate import Situation
from domain.recorded import CORRECTIONS, Recorded

ReadStreams = Callable[..., Mapping[UUID, Sequence[Recorded]]]
"""The whole histories of some streams, as the ledger reads them; of some kinds where named."""


class Histories:
    """Up to today, so that what was taken from a household since stays closed in its past.

    `gates` is by which of today's situations each stream was looked at.
    """

    def __init__(self, read: ReadStreams, point: Point) -> None:
        self.point = point
        self.gates: dict[UUID, Situation] = {}
        self._read = read
        self._whole: dict[UUID, Sequence[Recorded]] = {}
        self._then: dict[UUID, list[Recorded]] = {}

    def of_kinds(self, kinds: Iterable[type[Fact]]) -> "Histories":
        """The same with facts of these kinds alone, and what corrects them."""
        read: Any = partial(self._read, kinds=(*kinds, *CORRECTIONS))
        return Histories(read, self.point)

    def at(self, point: Point) -> "Histories":
        """The same streams at another point."""
        other = Histories(self._read, point)
        other._whole = self._whole
        return other

    def prepare(self, streams: Iterable[UUID]) -> None:
        """Read those that are not at hand, in one round trip."""
        if missing := [each for each in dict.fromkeys(streams) if each not in self._whole]:
            self._whole |= self._read(missing)

    def whole(self, stream: UUID) -> Sequence[Recorded]:
        """All that is known of it now."""
        self.prepare([stream])
        return self._whole[stream]

    def then(self, stream: UUID) -> list[Recorded]:
        """As it read at the point, without what was withdrawn since as another household's."""
        if stream not in self._then:
            whole = self.whole(stream)
            closed = misfiled(whole)
            read = as_of(whole, self.point)
            self._then[stream] = [each for each in read if each.version not in closed]
        return self._then[stream]

    def forget(self) -> None:
        """Of a whole list of households only what was made of them is kept."""
        self._whole.clear()
        self._then.clear()
