"""開発用の認証基盤: signs tokens for the demonstration on this machine, and for nothing else."""

import json
import os
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.responses import JSONResponse

from api.issuer import WELL_KNOWN

DEV_ISSUER = "http://127.0.0.1:8000/dev-issuer"
"""Its name, whatever port the demonstration listens on: people keep their identity."""
_JWKS = "/jwks.json"
_ALGORITHM = "ES256"
_HOURS = 12


class DevIssuer:
    """A key pair of its own under .setai/, readable by its owner alone."""

    def __init__(self, directory: Path, audience: str) -> None:
        self._audience = audience
        self._key = _key(directory / "dev-issuer.json")

    def mint(self, subject: str, *, hours: float = _HOURS, **claims: object) -> str:
        now = int(time.time())
        stated = {
            "iss": DEV_ISSUER,
            "aud": self._audience,
            "sub": subject,
            "iat": now,
            "exp": now + int(hours * 3600),
            "jti": str(uuid4()),
        }
        header = {"alg": _ALGORITHM, "kid": self._key.kid}
        return jwt.encode(header, {**stated, **claims}, self._key, [_ALGORITHM])

    def documents(self) -> dict[str, Any]:
        return {
            DEV_ISSUER + WELL_KNOWN: {
                "issuer": DEV_ISSUER,
                "jwks_uri": DEV_ISSUER + _JWKS,
                "id_token_signing_alg_values_supported": [_ALGORITHM],
            },
            DEV_ISSUER + _JWKS: {"keys": [self._key.as_dict(private=False)]},
        }

    def fetch(self, url: str) -> Any:
        """The server that mounts this issuer need not call itself to read it."""
        return self.documents()[url]

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/dev-issuer", include_in_schema=False)
        documents = self.documents()

        def show(request: Request) -> JSONResponse:
            return JSONResponse(
                documents[DEV_ISSUER + request.url.path.removeprefix("/dev-issuer")]
            )

        for path in (WELL_KNOWN, _JWKS):
            router.add_api_route(path, show)
        return router


def _key(file: Path) -> ECKey:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, ECKey.generate_key("P-256", auto_kid=True))
    key = ECKey.import_key(json.loads(file.read_text("utf-8")))
    key.ensure_kid()
    return key


def _write(file: Path, key: ECKey) -> None:
    """Never half a key, and never readable by others: written aside, then put in place."""
    aside = file.with_suffix(f".{os.getpid()}")
    aside.touch(0o600)
    aside.write_text(json.dumps(key.as_dict(private=True)), "utf-8")
    try:
        os.link(aside, file)  # the first of two processes wins, and both read the same key
    except FileExistsError:
        pass
    finally:
        aside.unlink()
