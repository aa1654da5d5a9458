"""One application over a real PostgreSQL for the module, with its staff appointed."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.issuer import IssuerKeys
from api.opaque import Opaque
from api.services import Services
from api.serving import bookkeeper, projector, running
from domain.ledger import Settings, TokenKey, open_datastore, open_ledger, open_receipts
from domain.ledger.opening import API
from projections.arrivals import Arrivals
from replays.stories import examples
from tests.api.town import DatedTown, Town, settle
from tests.conftest import MakeDatabase
from tests.domain.given import PROFILE


@contextmanager
def served(database: str, kept: str, keys: Path) -> Iterator[tuple[TestClient, DevIssuer]]:
    """The application, with all that follows its two logs."""
    settings = Settings(database)
    ledger, tables = open_ledger(settings), open_datastore(settings, API)
    arrivals = Arrivals(tables).start()
    book = open_receipts(Settings(kept), sealer=ledger.sealer)
    issuer = DevIssuer(keys, "setai")
    opaque = Opaque(TokenKey.kept_in(keys / "token.key"))
    tokens = Tokens(IssuerKeys(DEV_ISSUER, issuer.fetch), "setai", ("ES256",))
    services = Services(ledger, PROFILE, tokens, tables, arrivals, opaque, book)
    app = create_app(services, examples=examples)
    with (
        projector(database) as runner,
        bookkeeper(database, kept) as keeper,
        running(runner),
        running(keeper),
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield client, issuer
    for each in (arrivals, book, tables, ledger):
        each.close()


@pytest.fixture(scope="module")
def town(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    with closing(open_ledger(Settings(module_database))) as ledger:
        settle(ledger)
    keys = Path(tmp_path_factory.mktemp("keys"))
    with served(module_database, module_book, keys) as (client, issuer):
        yield Town(client, issuer)


@pytest.fixture(scope="module")
def dated(
    make_database: MakeDatabase, make_book: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DatedTown]:
    """A demonstration of the same town, whose clock the tests set."""
    database = make_database(demonstration=True)
    kept = make_book(database, demonstration=True)
    with closing(open_ledger(Settings(database))) as ledger:
        settle(ledger, at=DatedTown.now)
    keys = Path(tmp_path_factory.mktemp("keys"))
    with served(database, kept, keys) as (client, issuer):
        yield DatedTown(client, issuer)
