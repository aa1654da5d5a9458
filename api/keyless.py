"""Which ledger a command of the analyst reads, without a key: the settings' own, one that is named,
or an invented town's. Each run leaves a line in the 閲覧簿 that belongs to it.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Annotated, NamedTuple

import typer

from api.serving import book_url, database_url, stored
from api.settings import Settings, read_settings
from domain.ledger import PROJECTOR, Ledger, Receipts, open_ledger, open_receipts

Url = Annotated[str | None, typer.Option(help="データベース（なければ設定のもの）")]
Town = Annotated[bool, typer.Option("--city", help="setai load で読み込んだ架空のまちから")]


class Given(NamedTuple):
    ledger: Ledger
    book: Receipts


def place_of(settings: Settings, url: str | None, profile: str, *, town: bool) -> str:
    return url or database_url(settings, town_name(profile) if town else "setai")


def town_name(profile: str) -> str:
    """The database into which `setai load` puts an invented town of that profile."""
    return f"city_{profile.replace('-', '_')}"


@contextmanager
def opened(url: str | None, profile: str | None = None, *, town: bool) -> Iterator[Given]:
    """The log without keys, and the 閲覧簿 to write one line into."""
    settings = read_settings(os.environ)
    where = place_of(settings, url, profile or settings.profile, town=town)
    book = replace(stored(settings, where), url=book_url(settings, where), pool_size=1)
    with (
        closing(open_ledger(stored(settings, where), role=PROJECTOR)) as ledger,
        closing(open_receipts(book)) as receipts,
    ):
        yield Given(ledger, receipts)
