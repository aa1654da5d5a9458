"""夜ごとの突き合わせ: once a night, at its hour, by one of however many processes there are."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from threading import Event
from typing import Protocol

from psycopg import Connection

from domain.ledger.datastore import Datastore
from domain.values import JST
from projections import comparisons
from projections.page import Followed
from projections.projection import Projection
from projections.rebuild import BeingRebuilt, alone
from replays.comparing import Comparison, compare

WINDOW = timedelta(hours=4)
"""A night that was missed is made up for until people come to work, and not in the daytime."""
_LOCK = "nightly comparison"
_MINUTE, _LATER = 60.0, timedelta(minutes=30)


class Follower(Protocol):
    """Tables and the log that they are made of."""

    @property
    def datastore(self) -> Datastore: ...

    @property
    def ledger(self) -> Followed: ...

    @property
    def projections(self) -> dict[str, Projection]: ...


class Nightly:
    """`told` hears what was found, or what went wrong: that is tried again half an hour later."""

    def __init__(
        self,
        at: time,
        followers: Sequence[Follower],
        told: Callable[[Sequence[Comparison] | Exception], None],
        now: Callable[[], datetime] = lambda: datetime.now(JST),
    ) -> None:
        self._at, self._followers, self._told, self._now = at, followers, told, now
        self._again = datetime.min.replace(tzinfo=JST)

    def run(self, stopping: Event) -> None:
        while not stopping.wait(_MINUTE):
            self.turn()

    def turn(self) -> None:
        """What is due now, whoever else might think of it at the same time."""
        now = self._now().astimezone(JST)
        begun = began(now, self._at)
        if begun is None or now < self._again:
            return
        for follower in self._followers:
            try:
                if found := self._compared(follower, begun):
                    self._told(found)
            except BeingRebuilt:  # another process compares them, or somebody rebuilds them
                continue
            except Exception as failed:  # noqa: BLE001 - whatever it is, the other tables go on
                self._again = now + _LATER
                self._told(failed)

    def _compared(self, follower: Follower, begun: datetime) -> list[Comparison]:
        datastore, every = follower.datastore, follower.projections
        mine = f"{_LOCK} {' '.join(sorted(every))}"
        with datastore.fresh() as connection, alone(connection, mine, patience=0):
            wanted = _due(connection, every, begun)
            return compare(datastore, follower.ledger, *wanted) if wanted else []


def began(now: datetime, at: time) -> datetime | None:
    """When the night that is now began; None by day."""
    begun = datetime.combine(now.date(), at, JST)
    if begun > now:
        begun -= timedelta(days=1)
    return begun if now < begun + WINDOW else None


def _due(connection: Connection, every: dict[str, Projection], begun: datetime) -> list[Projection]:
    """Those that nobody has compared this night."""
    last = comparisons.last(connection)
    return [
        projection
        for name, projection in every.items()
        if name not in last or last[name].at < begun
    ]
