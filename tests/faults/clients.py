"""Clients that write without pause; what was not acknowledged is sent again under its key."""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition, Event
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx

from api.opaque import Opaque

_PATIENCE = 60.0
_PAUSE = 0.02
_INTAKE = {
    "route": "visit",
    "consulter": "self",
    "persons": [{"nickname": "たろう", "relation": "self"}],
    "narrative": "眠れない。",
}
_CONSULTATION = {"route": "telephone", "consulter": "family", "narrative": "また電話があった。"}
FACTS: Mapping[str, int] = {"/intakes": 5, "consultations": 1}
"""How many facts an acknowledged command has brought into the log."""


class Ack(NamedTuple):
    """What the server answered, and how often it had to be asked."""

    key: UUID
    path: str
    body: dict[str, Any]
    answer: dict[str, Any]
    asked: int
    position: int

    @property
    def facts(self) -> int:
        return FACTS["/intakes" if self.path == "/intakes" else "consultations"]


class Clients:
    """Several at once, each busy with households of its own."""

    def __init__(self, url: str, headers: Mapping[str, str], opaque: Opaque) -> None:
        self._opaque = opaque
        self._url = url
        self._headers = headers
        self._stopping = Event()
        self._news = Condition()
        self.acks: list[Ack] = []

    def wait_for(self, more: int) -> None:
        """Until so many further writes were acknowledged."""
        with self._news:
            wanted = len(self.acks) + more
            assert self._news.wait_for(lambda: len(self.acks) >= wanted, _PATIENCE), "no progress"

    def work(self) -> None:
        with httpx.Client(base_url=self._url, headers=self._headers, timeout=20) as http:
            home = None
            while not self._stopping.is_set():
                home = self._case(http, home)

    def _case(self, http: httpx.Client, home: str | None) -> str | None:
        if home is None:
            return str(self.write(http, "/intakes", _INTAKE).answer["id"])
        self.write(http, f"/households/{home}/consultations", _CONSULTATION)
        return home if len(self.acks) % 3 else None

    def write(self, http: httpx.Client, path: str, body: dict[str, Any]) -> Ack:
        """Once for good, however often it has to be sent."""
        key, asked, answer = uuid4(), 0, None
        until = time.monotonic() + _PATIENCE
        while answer is None:
            assert time.monotonic() < until, "never answered"
            answer, asked = self._send(http, key, path, body), asked + 1
        position = self._opaque.position_of(str(answer["position"]))
        ack = Ack(key, path, body, answer, asked, position)
        with self._news:
            self.acks.append(ack)
            self._news.notify_all()
        return ack

    def _send(
        self, http: httpx.Client, key: UUID, path: str, body: dict[str, Any]
    ) -> dict[str, Any] | None:
        """The answer; None when it was lost, or when the server itself cannot say."""
        try:
            response = http.post(path, json=body, headers={"Idempotency-Key": str(key)})
        except httpx.TransportError:
            self._stopping.wait(_PAUSE)
            return None
        if response.status_code == 503:
            self._stopping.wait(_PAUSE)
            return None
        assert response.status_code == 201, response.text
        found: dict[str, Any] = response.json()
        return found

    def again(self, ack: Ack) -> httpx.Response:
        """The same request once more."""
        key = {"Idempotency-Key": str(ack.key), **self._headers}
        return httpx.post(self._url + ack.path, json=ack.body, headers=key, timeout=20)

    def stop(self) -> None:
        self._stopping.set()


@contextmanager
def writing(clients: Clients, number: int = 8) -> Iterator[None]:
    """At work until the end of the block; what fails in one of them fails the test."""
    with ThreadPoolExecutor(number) as pool:
        at_work: list[Future[None]] = [pool.submit(clients.work) for _ in range(number)]
        try:
            yield
        finally:
            clients.stop()
        for each in at_work:
            each.result(_PATIENCE)


def until(holds: Callable[[], bool], within: float = _PATIENCE) -> None:
    """Bounded patience with something that comes about by itself."""
    deadline, looking = time.monotonic() + within, Event()
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        looking.wait(_PAUSE)
