"""One server process, as `setai serve` runs it; it writes down its port."""

import sys
from pathlib import Path

from fastapi import APIRouter, FastAPI

from api import logs
from api.app import create_app
from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.issuer import IssuerKeys
from api.serving import bound, server, services
from api.settings import Settings

BARE = "bare"
idle = APIRouter()


@idle.post("/nothing")
def nothing() -> None:
    """What both servers do when they are to do nothing: unauthenticated, in a worker thread."""


def main(url: str, data: str, port: str) -> None:
    logs.configure()
    listening = bound("127.0.0.1", 0)
    Path(port).write_text(str(listening.getsockname()[1]), "utf-8")
    if url == BARE:
        server(_bare()).run(sockets=[listening])
        return
    settings = Settings(data=data)
    issuer = DevIssuer(Path(data), settings.audience)
    tokens = Tokens(IssuerKeys(DEV_ISSUER, issuer.fetch), settings.audience, ("ES256",))
    with services(settings, url, tokens) as served:
        app = create_app(served, extra=[idle], threads=settings.threads)
        server(app).run(sockets=[listening])


def _bare() -> FastAPI:
    """The framework with that one route, and nothing of ours around it."""
    app = FastAPI()
    app.post("/nothing")(nothing)
    return app


if __name__ == "__main__":
    main(*sys.argv[1:])
