"""Serving (起動): a database, an application over it, and a server whose port is really its own."""

import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from errno import EADDRINUSE
from pathlib import Path
from threading import Thread

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api import problems
from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER
from api.homes import Homes
from api.opaque import Opaque
from api.profiles import load_profile
from api.services import Services
from api.settings import Settings
from domain.ledger import (
    API,
    PROJECTOR,
    RECEIPTS,
    TokenKey,
    beside,
    database,
    embedded,
    migrate,
    migrate_keys,
    open_datastore,
    open_ledger,
    open_receipts,
    settle,
)
from domain.ledger import Settings as LedgerSettings
from projections.arrivals import Arrivals
from projections.every import PROJECTIONS, READS
from projections.runner import Runner

_GRACE = 10
_BOOK = "_receipts"
_FEW = 2
"""Connections where one writes for all who wait."""
_SWITCH = 0.0005
"""Seconds a thread may keep the others waiting; Python's own 5 ms cost a third of the writes."""


class _Protocol(HttpToolsProtocol):
    """What is no HTTP never gets to the application; it is answered as a problem all the same."""

    def send_400_response(self, _msg: str) -> None:
        answered = problems.answer(problems.NotHttp())
        headers = [*answered.raw_headers, (b"connection", b"close")]
        lines = [b"HTTP/1.1 400 Bad Request", *(b"%b: %b" % pair for pair in headers), b"", b""]
        self.transport.write(b"\r\n".join(lines) + bytes(answered.body))
        self.transport.close()


class PortTaken(Exception):
    """このポートはほかのプログラムが使っています。"""


def database_url(settings: Settings, name: str = "setai") -> str:
    """The real server's if one is named, else a database of the embedded one."""
    return settings.database_url or database(embedded(Path(settings.data) / "pg"), name)


def book_url(settings: Settings, url: str) -> str:
    """Where the 閲覧簿 is kept: where it is said to be, else in a database beside the ledger's."""
    return settings.receipts_url or beside(url, _BOOK)


def stored(settings: Settings, url: str) -> LedgerSettings:
    """Where a ledger and the keys to it are kept."""
    return LedgerSettings(
        url,
        pool_size=settings.connections,
        keys_url=settings.keys_url,
        keys=settings.keys_directory,
    )


def bring_up(settings: Settings, url: str, *, demonstration: bool = False) -> None:
    """Both logs and the keys at this version; their databases are made, unless they were named."""
    tenant = migrate(url, demonstration=demonstration)
    book = settings.receipts_url or beside(url, _BOOK, made=True)
    migrate(book, RECEIPTS, demonstration=demonstration, tenant=tenant)
    migrate_keys(stored(settings, url), tenant)


@contextmanager
def services(settings: Settings, url: str, tokens: Tokens) -> Iterator[Services]:
    """Everything requests need; given back in the end."""
    wanted = stored(settings, url)
    receipts = LedgerSettings(book_url(settings, url), pool_size=_FEW)
    profile = load_profile(settings.profile)
    opaque = Opaque(TokenKey.kept_in(settings.token_key_file))
    homes = Homes.handed_in(settings.staff_homes, settings.issuer or DEV_ISSUER)
    with (
        closing(open_ledger(wanted)) as ledger,
        closing(open_datastore(wanted, API)) as tables,
        closing(Arrivals(tables).start()) as arrivals,
        closing(open_receipts(receipts, sealer=ledger.sealer)) as book,
    ):
        yield Services(ledger, profile, tokens, tables, arrivals, opaque, book, homes)


@contextmanager
def projector(url: str) -> Iterator[Runner]:
    """A runner with connections of its own, its tables made."""
    wanted = LedgerSettings(url, pool_size=4)
    with (
        closing(open_ledger(wanted, role=PROJECTOR)) as ledger,
        closing(open_datastore(wanted, PROJECTOR)) as datastore,
    ):
        runner = Runner(datastore, ledger, PROJECTIONS)
        runner.prepare()
        yield runner


@contextmanager
def bookkeeper(url: str, book: str) -> Iterator[Runner]:
    """A second runner, which carries the 閲覧簿 into tables beside the others."""
    with (
        closing(open_receipts(LedgerSettings(book, pool_size=_FEW), role=PROJECTOR)) as receipts,
        closing(open_datastore(LedgerSettings(url, pool_size=_FEW), PROJECTOR)) as datastore,
    ):
        runner = Runner(datastore, receipts, READS, bell=receipts.datastore)
        runner.prepare()
        yield runner


@contextmanager
def running(runner: Runner) -> Iterator[None]:
    """The runner at work in a thread: it ends with the process, however that ends."""
    thread = Thread(target=runner.run, name="projector", daemon=True)
    thread.start()
    try:
        yield
    finally:
        runner.stop()
        thread.join(_GRACE)


def bound(host: str, port: int) -> socket.socket:
    """The port, taken before anything else is started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as failed:
        listening.close()
        if failed.errno == EADDRINUSE:
            raise PortTaken(port) from failed
        raise
    return listening


def server(app: FastAPI) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http=_Protocol,
        access_log=False,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=30,
        limit_concurrency=1000,
    )
    settle()
    sys.setswitchinterval(_SWITCH)
    return uvicorn.Server(config)


@contextmanager
def serving(app: FastAPI, listening: socket.socket) -> Iterator[None]:
    """The application answering in a thread, from the first line inside until the last."""
    serves = server(app)
    thread = Thread(target=serves.run, kwargs={"sockets": [listening]}, name="server", daemon=True)
    thread.start()
    while not serves.started and thread.is_alive():
        thread.join(0.01)
    try:
        yield
    finally:
        serves.should_exit = True
        thread.join(_GRACE + 1)
        listening.close()
