"""The outermost layer: bounded bodies, JSON only, so much of one token at once, headers and one
line of log for every answer.
"""

import time
import traceback
from collections import Counter
from collections.abc import Mapping

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems

LARGEST_BODY = 1 << 20
SECURITY = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
log = structlog.get_logger("setai.access")


class Edge:
    """A plain ASGI middleware: nothing of a request is logged but method, route and outcome.

    `at_once` requests of one token are worked on together. A page asks for fewer; a script that
    does not wait for its answers must not keep a counsellor from theirs. Whose token it is, is
    found out further in.
    """

    def __init__(self, app: ASGIApp, *, headers: Mapping[str, str], at_once: int) -> None:
        self.app = app
        self._at_once = at_once
        self._at_work: Counter[bytes] = Counter()
        self.headers = [(k.encode(), v.encode()) for k, v in {**SECURITY, **headers}.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self.headers)
        token = _token(scope)
        self._at_work[token] += 1
        try:
            if self._at_work[token] > self._at_once:
                await exchange.refuse(problems.TooManyAtOnce())
            else:
                await exchange.serve(self.app)
        except Exception as error:
            said = _traced(error)
            log.error("unexpected", route=exchange.route, error=said)  # noqa: TRY400 - no message
            if exchange.status:
                raise
            await exchange.refuse(problems.Unexpected(exchange.advice))
        finally:
            self._at_work[token] -= 1
            if not self._at_work[token]:
                del self._at_work[token]
            exchange.finish()


def _token(scope: Scope) -> bytes:
    """As it was sent; all who send none share a turn."""
    return next((value for key, value in scope["headers"] if key == b"authorization"), b"")


class _Exchange:
    """One request and its answer."""

    def __init__(
        self, scope: Scope, receive: Receive, send: Send, headers: list[tuple[bytes, bytes]]
    ) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._headers = headers
        self._started = time.perf_counter()
        self._received = 0
        self.status = 0

    async def serve(self, app: ASGIApp) -> None:
        if wrong := self._wrong():
            await self.refuse(wrong)
        else:
            await app(self._scope, self.receive, self.send)

    def _wrong(self) -> problems.Problem | None:
        """What can be refused before the body is read."""
        if self._scope["method"] not in ("POST", "PUT", "PATCH"):
            return None
        headers = dict(self._scope["headers"])
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > LARGEST_BODY:
            return problems.TooLarge(bytes=LARGEST_BODY)
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        empty = length == b"0" and b"transfer-encoding" not in headers
        return None if empty or kind == b"application/json" else problems.NotJson()

    async def refuse(self, problem: problems.Problem) -> None:
        await problems.answer(problem)(self._scope, self._receive, self.send)

    async def receive(self) -> Message:
        message = await self._receive()
        self._received += len(message.get("body", b""))
        if self._received > LARGEST_BODY:
            raise HTTPException(413)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            set_already = {key for key, _ in message["headers"]}
            own = [pair for pair in self._headers if pair[0] not in set_already]
            message["headers"] = [*message["headers"], *own]
        await self._send(message)

    @property
    def advice(self) -> str:
        """How to ask again without doing a thing twice."""
        writes = self._scope["method"] == "POST"
        return f"{'同じ Idempotency-Key で、' if writes else ''}もう一度送ってください。"

    @property
    def route(self) -> str:
        return getattr(self._scope.get("route"), "path", "-")

    def finish(self) -> None:
        taken = round((time.perf_counter() - self._started) * 1000, 2)
        method = self._scope["method"]
        log.info("request", method=method, route=self.route, status=self.status, ms=taken)


def _traced(error: BaseException) -> list[str]:
    """Where it happened, without the message: that may repeat what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return [type(error).__name__, *places[-8:]]
