"""The issuer (認証基盤): its public keys, fetched seldom however odd the tokens that come in."""

import time
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key
from pydantic_core import from_json

from api.problems import IssuerUnavailable

Fetch = Callable[[str], Any]
WELL_KNOWN = "/.well-known/openid-configuration"
_SIGNING = ("RSA", "EC", "OKP")
_LARGEST = 1 << 18
log = structlog.get_logger("setai.issuer")


def fetch_json(url: str) -> Any:
    """A JSON document from the issuer: no redirects, bounded in size and time."""
    with httpx.Client(timeout=5, follow_redirects=False, trust_env=False) as client:  # noqa: SIM117
        with client.stream("GET", url) as response:
            response.raise_for_status()
            text = b""
            for part in response.iter_bytes():
                text += part
                if len(text) > _LARGEST:
                    raise ValueError("the document is too large")
    return from_json(text)


class IssuerKeys:
    """The keys by id; an unknown id asks the issuer again, at most once in `pause` seconds."""

    def __init__(
        self,
        issuer: str,
        fetch: Fetch = fetch_json,
        *,
        pause: float = 10,
        fresh: float = 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer = issuer
        self.generation = 0
        self._fetch, self._pause, self._fresh, self._clock = fetch, pause, fresh, clock
        self._keys: Mapping[str, Key] = {}
        self._asked = self._got = -float("inf")
        self._lock = Lock()

    def key(self, kid: str | None) -> Key | None:
        """The key a token names; when it names none, the only one there is."""
        if self._clock() - self._got > self._fresh or self._named(kid) is None:
            self._refresh()
        return self._named(kid)

    def _named(self, kid: str | None) -> Key | None:
        if kid is not None:
            return self._keys.get(kid)
        return next(iter(self._keys.values())) if len(self._keys) == 1 else None

    def _refresh(self) -> None:
        """One thread asks; the others go on with the keys there are, or wait if there are none."""
        if not self._lock.acquire(blocking=not self._keys):
            return
        try:
            if self._clock() - self._asked >= self._pause:
                self._asked = self._clock()
                self._keys = self._fetched()
                self._got = self._clock()
                self.generation += 1
        except (httpx.HTTPError, JoseError, ValueError, TypeError, KeyError) as failed:
            log.warning("issuer unavailable", error=type(failed).__name__)
        finally:
            self._lock.release()
        if not self._keys:
            raise IssuerUnavailable

    def _fetched(self) -> dict[str, Key]:
        found = self._fetch(self.issuer.rstrip("/") + WELL_KNOWN)
        if found["issuer"] != self.issuer:
            raise ValueError("the document speaks of another issuer")
        keys = [
            JWKRegistry.import_key(data)
            for data in self._fetch(found["jwks_uri"])["keys"]
            if data.get("kty") in _SIGNING and data.get("use", "sig") == "sig"
        ]
        for key in keys:
            key.ensure_kid()
        return {str(key.kid): key for key in keys}
