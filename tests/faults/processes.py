"""Real processes of the product, to be killed at any moment: a server, a projector.

They come from a forkserver that has imported everything once, so that a kill costs no start-up;
each ends by itself when the tests do, however those end.
"""

import multiprocessing
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Any

from api.app import create_app
from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.issuer import IssuerKeys
from api.opaque import Opaque
from api.services import Services
from api.serving import bookkeeper, bound, projector, serving
from domain.ledger import (
    API,
    Receipts,
    ReceiptsUnavailable,
    Settings,
    TokenKey,
    beside,
    open_datastore,
    open_ledger,
    open_receipts,
)
from projections.arrivals import Arrivals
from projections.every import PROJECTIONS
from projections.rebuild import Rebuild
from projections.runner import Runner
from tests.conftest import BOOK
from tests.domain.given import PROFILE
from tests.reading import TANAKA, page

_START = 60
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([__name__])
AUDIENCE = "setai"


def serve(parent: Connection, url: str, keys: str, port: int) -> None:
    """The whole application behind its own server, until it is killed or left alone."""
    issuer = DevIssuer(Path(keys), AUDIENCE)
    tokens = Tokens(IssuerKeys(DEV_ISSUER, issuer.fetch), AUDIENCE, ("ES256",))
    wanted = Settings(url, timeout=2)
    with (
        closing(open_ledger(wanted)) as ledger,
        closing(open_datastore(wanted, API)) as tables,
        closing(Arrivals(tables).start()) as arrivals,
        closing(
            open_receipts(Settings(beside(url, BOOK), timeout=2), sealer=ledger.sealer)
        ) as book,
    ):
        services = Services(ledger, PROFILE, tokens, tables, arrivals, opaque(keys), book)
        app = create_app(services)
        with serving(app, bound("127.0.0.1", port)):
            _until_left_alone(parent)


def opaque(keys: str) -> Opaque:
    return Opaque(TokenKey.kept_in(Path(keys) / "token.key"))


def read(parent: Connection, book: str, told: str) -> None:
    """Four panels of one staff member; each line is told once its receipt has come back."""
    out = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with closing(open_receipts(Settings(book, pool_size=2, timeout=2))) as receipts:
        for _ in range(4):
            Thread(target=_read_on, args=(receipts, out), daemon=True).start()
        _until_left_alone(parent)


def _read_on(receipts: Receipts, out: int) -> None:
    while True:
        try:
            receipt = receipts.commit(TANAKA, page(3))
        except ReceiptsUnavailable:
            time.sleep(0.01)
            continue
        os.write(out, f"{receipt.stream} {receipt.version} {receipt.position}\n".encode())


def project(parent: Connection, url: str) -> None:
    with projector(url) as runner:
        runner.batch = 50
        Thread(target=runner.run, daemon=True).start()
        _until_left_alone(parent)
        runner.stop()


def keep(parent: Connection, url: str) -> None:
    """The 閲覧簿 into its tables."""
    with bookkeeper(url, beside(url, BOOK)) as runner:
        Thread(target=runner.run, daemon=True).start()
        _until_left_alone(parent)
        runner.stop()


def rebuild(parent: Connection, url: str) -> None:
    """All read models, over and over."""
    with projector(url) as runner:
        Thread(target=_rebuild_on, args=(runner,), daemon=True).start()
        _until_left_alone(parent)


def _rebuild_on(runner: Runner) -> None:
    while True:
        Rebuild(runner.datastore, runner.ledger, *PROJECTIONS, batch=300).run(patience=_START)


def _until_left_alone(parent: Connection) -> None:
    parent.send("ready")
    with suppress(EOFError):
        parent.recv()


class Child:
    """One process at work; `kill` is kill -9."""

    def __init__(self, work: Callable[..., None], *given: Any) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process: BaseProcess = _FORKS.Process(target=work, args=(theirs, *given), daemon=True)
        self._process.start()
        theirs.close()
        assert self._pipe.poll(_START), f"{work.__name__} did not start"
        assert self._pipe.recv() == "ready"

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        self._process.join(_START)
        assert not self._process.is_alive()
        self._pipe.close()


@contextmanager
def children() -> Iterator[Callable[..., Child]]:
    """Starts children, none of which outlives the test."""
    with ExitStack() as ending:

        def start(work: Callable[..., None], *given: Any) -> Child:
            child = Child(work, *given)
            ending.callback(child.kill)
            return child

        yield start


def free_port() -> int:
    """A port of the loopback that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
