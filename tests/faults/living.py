"""The small town of the laws lives on in a database, so that facts of many kinds keep arriving."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Condition, Event

from domain.ledger import Ledger
from tests.laws.acts import ACTS, Step, lived

_PATIENCE = 60.0


class Living:
    """Town after town, each with a family of its own, until told to stop."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self._ledger = ledger
        self._chance = Random(seed)
        self._stopping = Event()
        self._news = Condition()
        self.towns = 0

    def work(self) -> None:
        while not self._stopping.is_set():
            lived(self._steps(), self._ledger, f"living {self._ledger.head()}")
            with self._news:
                self.towns += 1
                self._news.notify_all()

    def _steps(self) -> list[Step]:
        return [(self._chance.choice(ACTS), self._chance.randrange(2**32)) for _ in range(12)]

    def wait_for(self, more: int) -> None:
        """Until so many more towns have lived."""
        with self._news:
            wanted = self.towns + more
            assert self._news.wait_for(lambda: self.towns >= wanted, _PATIENCE), "no progress"

    def stop(self) -> None:
        self._stopping.set()


@contextmanager
def living(ledger: Ledger, seed: int) -> Iterator[Living]:
    town = Living(ledger, seed)
    with ThreadPoolExecutor(1) as pool:
        at_work = pool.submit(town.work)
        try:
            yield town
        finally:
            town.stop()
        at_work.result(_PATIENCE)
