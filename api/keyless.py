"""Which ledger a command of the analyst reads, without a key: the settings' own, one that is named,
an invented town's, or the demonstration's. Each run leaves a line in the 閲覧簿 that belongs to it.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from getpass import getuser
from typing import Annotated, NamedTuple
from uuid import UUID, uuid4

import typer

from api.profiles import load_profile
from api.serving import book_url, database_url, stored
from api.settings import Settings, read_settings
from domain.events.viewing import SERVER, RecordsShown
from domain.ledger import (
    PROJECTOR,
    BookNotMigrated,
    Ledger,
    NotMigrated,
    Receipts,
    open_ledger,
    open_receipts,
)
from domain.ledger import Settings as LedgerSettings
from domain.profile import Profile
from replays.stories import STORIES

Url = Annotated[str | None, typer.Option(help="データベース（なければ設定のもの）")]
Town = Annotated[bool, typer.Option("--city", help="setai load で読み込んだ架空のまちから")]
Demo = Annotated[bool, typer.Option("--demo", help="setai demo（make run）の物語から")]
OfProfile = Annotated[str | None, typer.Option("--profile", help="自治体の設定")]


class NoTown(Exception):
    """架空のまちがありません。先に `setai synthesize` と `setai load` を実行してください。"""


class NoDemonstration(Exception):
    """デモの物語がありません。先に `make run`（`setai demo`）で読み込んでください。"""


@dataclass(frozen=True, slots=True)
class Where:
    """What somebody said of the database; nothing is the one of the settings."""

    url: str | None = None
    profile: str | None = None
    town: bool = False
    demo: bool = False

    def __post_init__(self) -> None:
        if (self.url is not None) + self.town + self.demo > 1:
            raise typer.BadParameter("--url、--city、--demo は、どれか一つにしてください。")

    def profile_of(self, settings: Settings) -> str:
        return self.profile or settings.profile

    def url_of(self, settings: Settings) -> str:
        return self.url or database_url(settings, self._name(self.profile_of(settings)))

    def _name(self, profile: str) -> str:
        if self.town:
            return town_name(profile)
        return demo_name(profile) if self.demo else "setai"

    @contextmanager
    def there(self, settings: Settings) -> Iterator[str]:
        """Its URL; NotMigrated is said by what is missing."""
        try:
            url = self.url_of(settings)
            if self.town or self.demo:
                _must_be_invented(url)
            yield url
        except BookNotMigrated:
            raise
        except NotMigrated as none:
            if self.town:
                raise NoTown from none
            if self.demo:
                raise NoDemonstration from none
            raise


class Given(NamedTuple):
    profile: Profile
    ledger: Ledger
    book: Receipts


def _must_be_invented(url: str) -> None:
    """The settings may name one database for every command, and that may be a ledger in earnest."""
    with closing(open_ledger(LedgerSettings(url, pool_size=1), role=PROJECTOR)) as ledger:
        if not ledger.demonstration:
            raise NotMigrated


def town_name(profile: str) -> str:
    """The database into which `setai load` puts an invented town of that profile."""
    return f"city_{profile.replace('-', '_')}"


def demo_name(profile: str) -> str:
    """The database in which a demonstration keeps the story of that profile."""
    if profile not in STORIES:
        raise NoDemonstration
    return f"demo_{profile.replace('-', '_')}_{STORIES[profile].edition}"


@contextmanager
def opened(where: Where) -> Iterator[Given]:
    """The log without keys, and the 閲覧簿 to write one line into."""
    settings = read_settings(os.environ)
    profile = load_profile(where.profile_of(settings))
    with where.there(settings) as url:
        ledger = open_ledger(stored(settings, url), role=PROJECTOR)
    book = replace(stored(settings, url), url=book_url(settings, url), pool_size=1)
    with closing(ledger), closing(open_receipts(book)) as receipts:
        yield Given(profile, ledger, receipts)


def written_down(  # noqa: PLR0913 - what a receipt says
    given: Given,
    view: str,
    asked: Mapping[str, str],
    *,
    households: tuple[UUID, ...] = (),
    position: int | None = None,
    digest: str = "",
) -> None:
    """Before anything is told: who sits at the machine is called as the machine knows them."""
    viewing = RecordsShown(
        view=view,
        position=given.ledger.head() if position is None else position,
        purpose="statistics",
        asked={**asked, "operator": getuser()},
        request=uuid4(),
        households=households,
        digest=digest,
    )
    given.book.commit(SERVER, viewing)
