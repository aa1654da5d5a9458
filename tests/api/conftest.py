"""One application over a real PostgreSQL for the module, with its staff appointed."""

from collections.abc import Iterator
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
from tests.api.town import Town, settle
from tests.domain.given import PROFILE


@pytest.fixture(scope="module")
def town(
    module_database: str, module_book: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    settings = Settings(module_database)
    ledger, tables = open_ledger(settings), open_datastore(settings, API)
    settle(ledger)
    arrivals, book = (
        Arrivals(tables).start(),
        open_receipts(Settings(module_book), sealer=ledger.sealer),
    )
    keys = Path(tmp_path_factory.mktemp("keys"))
    issuer = DevIssuer(keys, "setai")
    opaque = Opaque(TokenKey.kept_in(keys / "token.key"))
    tokens = Tokens(IssuerKeys(DEV_ISSUER, issuer.fetch), "setai", ("ES256",))
    services = Services(ledger, PROFILE, tokens, tables, arrivals, opaque, book)
    app = create_app(services, examples=examples)
    with (
        projector(module_database) as runner,
        bookkeeper(module_database, module_book) as keeper,
        running(runner),
        running(keeper),
        TestClient(app, raise_server_exceptions=False) as client,
    ):
        yield Town(client, issuer)
    arrivals.close()
    book.close()
    tables.close()
    ledger.close()
