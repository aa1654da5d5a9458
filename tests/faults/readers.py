"""Readers who keep every answer they got in full, to be compared with the 閲覧簿 afterwards."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition, Event
from typing import Any, NamedTuple
from uuid import UUID

import httpx

_PATIENCE, _PAUSE = 60.0, 0.02
Fact = tuple[UUID, int]


class Served(NamedTuple):
    """An answer that arrived whole: the receipt it names, and the facts whose words are in it."""

    receipt: str
    facts: frozenset[Fact]


def told_in(body: Any) -> Iterator[Fact]:
    """Every record in an answer, wherever it stands."""
    match body:
        case {"stream": stream, "version": version, "said": _}:
            yield UUID(stream), version
        case _:
            parts = body.values() if isinstance(body, dict) else body
            for part in parts if isinstance(body, dict | list) else ():
                yield from told_in(part)


class Readers:
    """Several at once, each asking for one page after the other."""

    def __init__(self, url: str, headers: Mapping[str, str], paths: Sequence[str]) -> None:
        self._url, self._headers, self._paths = url, headers, paths
        self._stopping, self._news = Event(), Condition()
        self.served: list[Served] = []
        self.unanswered = 0

    def wait_for(self, more: int) -> None:
        """Until so many further answers arrived whole."""
        with self._news:
            wanted = len(self.served) + more
            assert self._news.wait_for(lambda: len(self.served) >= wanted, _PATIENCE), "no progress"

    def read(self) -> None:
        with httpx.Client(base_url=self._url, headers=self._headers, timeout=20) as http:
            while not self._stopping.is_set():
                for path in self._paths:
                    self._ask(http, path)

    def _ask(self, http: httpx.Client, path: str) -> None:
        """Nothing, a 503 that says nothing, or an answer with its receipt; never anything else."""
        try:
            answer = http.get(path)
        except httpx.TransportError:
            self.unanswered += 1
            self._stopping.wait(_PAUSE)
            return
        if answer.status_code == 503:
            assert answer.headers["content-type"] == "application/problem+json"
            assert "setai-receipt" not in answer.headers
            self.unanswered += 1
            self._stopping.wait(_PAUSE)
            return
        assert answer.status_code == 200, answer.text
        served = Served(answer.headers["setai-receipt"], frozenset(told_in(answer.json())))
        with self._news:
            self.served.append(served)
            self._news.notify_all()

    def stop(self) -> None:
        self._stopping.set()


@contextmanager
def reading(readers: Readers, number: int = 6) -> Iterator[None]:
    """At work until the end of the block; what fails in one of them fails the test."""
    with ThreadPoolExecutor(number) as pool:
        at_work = [pool.submit(readers.read) for _ in range(number)]
        try:
            yield
        finally:
            readers.stop()
        for each in at_work:
            each.result(_PATIENCE)
