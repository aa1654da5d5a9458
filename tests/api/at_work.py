"""A town at work: one application over a database, its projections following, for the tests."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from fastapi.testclient import TestClient

from api.app import create_app
from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.homes import Homes
from api.issuer import IssuerKeys
from api.opaque import Opaque
from api.services import Services
from api.serving import bookkeeper, projector, running
from domain.ledger import Ledger, Settings, TokenKey, open_datastore, open_ledger, open_receipts
from domain.ledger.opening import API
from domain.profile import Profile
from projections.arrivals import Arrivals
from replays.stories import examples
from tests.api.town import Town
from tests.domain.given import PROFILE

T = TypeVar("T", bound=Town)
HOMES = "homes.csv"


@contextmanager
def at_work(  # noqa: PLR0913, PLR0917 - a town, where it is kept, and its rules
    kind: type[T],
    database: str,
    book: str,
    keys: Path,
    settled: Callable[[Ledger], None],
    profile: Profile = PROFILE,
) -> Iterator[T]:
    """The staff is `settled` first; towns that share a directory of keys give out equal tokens."""
    settings = Settings(database)
    with (
        closing(open_ledger(settings)) as ledger,
        closing(open_datastore(settings, API)) as tables,
        closing(Arrivals(tables).start()) as arrivals,
        closing(open_receipts(Settings(book), sealer=ledger.sealer)) as receipts,
    ):
        settled(ledger)
        issuer = DevIssuer(keys, "setai")
        opaque = Opaque(TokenKey.kept_in(keys / "token.key"))
        tokens = Tokens(IssuerKeys(DEV_ISSUER, issuer.fetch), "setai", ("ES256",))
        table = keys / HOMES
        living = Homes(table if table.exists() else None, DEV_ISSUER)
        services = Services(ledger, profile, tokens, tables, arrivals, opaque, receipts, living)
        app = create_app(services, examples=examples)
        with (
            projector(database) as runner,
            bookkeeper(database, book) as keeper,
            running(runner),
            running(keeper),
            TestClient(app, raise_server_exceptions=False) as client,
        ):
            yield kind(client, issuer)
