"""The staff of the crawled town: whoever might come to see something, and the moment they act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from httpx2 import Response

from domain.ledger import Ledger
from domain.values import Capacity, Role
from tests.api.town import STAFF, DatedTown, settle
from tests.domain.given import CENTRE, CITY, SHAKYO, capacity

START = datetime.fromisoformat("2026-04-01T09:00:00+09:00")
CRAWLED: Mapping[str, Capacity] = {
    **STAFF,
    "nurse": capacity(CENTRE, "nurses"),
    "ono": capacity(SHAKYO, "support"),
    "fukuda": capacity(CITY, "welfare"),
    "hayashi": capacity(CITY, "women"),
    "chief": capacity(CITY, "welfare", Role.CHIEF),
    "analyst": capacity(CITY, "welfare", Role.ANALYST),
}
"""The desk that writes (tanaka, endo), the desk beside it (nurse), whom it shares with (sato, ono),
strangers (fukuda, chief), the desk for women (hayashi), and every office."""
READERS = (*CRAWLED, "admin", "nobody")
COLLEAGUES: Mapping[str, Capacity] = {
    "ueno": CRAWLED["mori"],
    "mise": CRAWLED["mori"],
    "kaji": CRAWLED["kato"],
    "doi": CRAWLED["ito"],
}
"""Those of the same offices, where somebody stands aside: two of 支援措置, for two end it."""

_LATE = 20
"""From this hour on nothing is begun."""


def in_the_morning(at: datetime) -> datetime:
    """What is told from then on stays within one day: a consent for the day, a sitting on it."""
    return at if at.hour < _LATE else at.replace(hour=9, minute=0) + timedelta(days=1)


def settled(ledger: Ledger) -> None:
    settle(ledger, at=START - timedelta(days=1), staff=CRAWLED)


@dataclass
class Acts:
    """What the staff do, one thing a minute; the same act has the same id in every town."""

    town: DatedTown
    name: str
    at: datetime = START
    position: str = ""
    done: int = 0

    def __call__(self, path: str, body: Any, staff: str = "tanaka") -> dict[str, Any]:
        """It must succeed."""
        answered = self.tried(path, body, staff)
        assert answered.status_code in (200, 201), (path, body, answered.text)
        told: dict[str, Any] = answered.json()
        self.position = told["position"] or self.position
        return told

    def tried(self, path: str, body: Any, staff: str = "tanaka") -> Response:
        self.done += 1
        self.town.now = self.end
        key = uuid5(UUID(int=1), f"{self.name} {self.done}")
        return self.town.post(path, body, staff, **{"Idempotency-Key": str(key)})

    def skipped(self) -> None:
        """What did not happen takes its time all the same."""
        self.done += 1

    @property
    def end(self) -> datetime:
        return self.at + timedelta(minutes=self.done)

    @property
    def now(self) -> str:
        return self.end.isoformat()
