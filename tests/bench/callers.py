"""The callers, in a process of their own: so many connections, each asking again once answered.

Told on standard input, answers on standard output. By hand, because a client library would cost
more than the server it measures.
"""

import asyncio
import json
import re
import sys
import time
from typing import Any
from uuid import uuid4

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_KEY = b"{key}"


class Caller(asyncio.Protocol):
    """One connection; `requests` are asked in turn, each with an idempotency key of its own."""

    def __init__(self, requests: list[bytes], until: float) -> None:
        self._requests, self._until = requests, until
        self._asked, self._since = 0, 0.0
        self._heard = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.seconds: list[float] = []
        self.statuses: dict[str, int] = {}

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        request = self._requests[self._asked % len(self._requests)]
        self._asked += 1
        self._since = time.perf_counter()
        self._transport.write(request.replace(_KEY, str(uuid4()).encode()))

    def data_received(self, data: bytes) -> None:
        self._heard += data
        head, found, body = self._heard.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or len(body) < int(length[1] if length else 0):
            return
        now = time.perf_counter()
        self.seconds.append(now - self._since)
        status = head[9:12].decode()
        self.statuses[status] = self.statuses.get(status, 0) + 1
        self._heard = b""
        if now < self._until:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        self.done.set_result(None)


async def call(port: int, clients: list[list[str]], seconds: float) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    begun = time.perf_counter()
    callers = []
    for requests in clients:
        told = [request.encode() for request in requests]
        caller = Caller(told, begun + seconds)
        await loop.create_connection(lambda caller=caller: caller, "127.0.0.1", port)  # type: ignore[misc]
        callers.append(caller)
    await asyncio.gather(*(caller.done for caller in callers))
    took = time.perf_counter() - begun
    statuses: dict[str, int] = {}
    for caller in callers:
        for status, number in caller.statuses.items():
            statuses[status] = statuses.get(status, 0) + number
    waited = sorted(second for caller in callers for second in caller.seconds)
    return {"rate": len(waited) / took, "waited": waited, "statuses": statuses}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(call(**json.load(sys.stdin)))))
