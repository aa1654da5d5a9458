"""A demonstration of each municipality, served for the module, with its story played to the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import httpx
import pytest
from rich.console import Console

from api.demo import Demo, demonstration
from api.dev_issuer import DEV_ISSUER
from api.settings import Settings
from replays.player import Playing, play
from replays.stories import STORIES
from replays.stories.telling import Story
from tests.conftest import MakeDatabase


@dataclass(frozen=True, slots=True)
class Played:
    """A story that has been played: what it came to know, and how it was told."""

    demo: Demo
    http: httpx.Client
    known: dict[str, Any]
    told: str
    heard: dict[tuple[str, str], Any]

    @property
    def story(self) -> Story:
        return self.demo.story

    def play(self) -> tuple[Playing, str]:
        console = Console(record=True, width=120, file=StringIO())
        mint = self.demo.issuer.mint
        playing = play(self.story, self.http, mint, issuer=DEV_ISSUER, console=console)
        return playing, console.export_text()

    def read(self, who: str, path: str, purpose: str = "consultation") -> Any:
        playing = Playing(self.story, self.http, self.demo.issuer.mint, dict(self.known))
        return playing.read(who, path, purpose)


@pytest.fixture(scope="module", params=list(STORIES))
def played(
    request: pytest.FixtureRequest,
    bare_database: MakeDatabase,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Played]:
    name = str(request.param)
    settings = Settings(
        database_url=bare_database(), data=str(tmp_path_factory.mktemp(name))
    ).model_copy(update={"port": 0})
    with (
        demonstration(settings, name, Console(quiet=True)) as demo,
        httpx.Client(base_url=demo.url, timeout=30, trust_env=False) as http,
    ):
        demo.open()
        first = Played(demo, http, {}, "", {})
        playing, told = first.play()
        yield Played(demo, http, playing.known, told, playing.heard)
