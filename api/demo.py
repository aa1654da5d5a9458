"""デモ: one municipality's story in a database of its own, on this machine and for nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
from rich.console import Console
from rich.progress import track

from api.app import create_app
from api.bearer import Tokens
from api.dev_issuer import DEV_ISSUER, DevIssuer
from api.first import appoint_administrator
from api.issuer import IssuerKeys
from api.keyless import demo_name
from api.services import Services
from api.serving import (
    book_url,
    bookkeeper,
    bound,
    bring_up,
    database_url,
    projector,
    running,
    services,
    serving,
)
from api.settings import LOOPBACK, Settings
from domain.appointment import AppointFirst
from domain.ledger import Ledger
from replays.player import Playing
from replays.stories import STORIES, examples
from replays.stories.telling import Story

_ALGORITHMS = ("ES256",)


class NotLoopback(Exception):
    """デモは、この機械の中 (127.0.0.1) でだけ動きます。SETAI_HOST を外してください。"""


class NoStory(Exception):
    """この名前の物語はありません。"""


def story_named(name: str) -> Story:
    if name not in STORIES:
        raise NoStory(f"{name}（{', '.join(STORIES)}）")
    return STORIES[name]


def dev_issuer(settings: Settings) -> DevIssuer:
    return DevIssuer(Path(settings.data), settings.audience)


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration that is being served."""

    url: str
    story: Story
    issuer: DevIssuer
    services: Services

    def open(self) -> None:
        """The administrator of the story, who appoints everybody else in it."""
        first = AppointFirst.model_validate(_first(self.story))
        at = self.story.all_steps[0].at
        appoint_administrator(self.services.ledger, self.services.profile, first, at)

    def load(self) -> None:
        """Play the story once; one that was broken off goes on where it stopped."""
        self.open()
        steps = self.story.all_steps
        if _played(self.services.ledger, self.story.last_command):
            return
        with httpx.Client(base_url=self.url, timeout=30) as http:
            playing = Playing(self.story, http, self.issuer.mint, {"issuer": DEV_ISSUER})
            told = f"物語を読み込んでいます（{self.story.title}）"
            for number, step in enumerate(track(steps, told, transient=True)):
                playing.step(number, step)


def _played(ledger: Ledger, last: UUID) -> bool:
    return ledger.log.command(last) is not None


def _first(story: Story) -> dict[str, str]:
    player = story.administrator
    post = player.posts[0]
    return {
        "issuer": DEV_ISSUER,
        "subject": player.key,
        "name": player.name,
        "kana": player.kana,
        "agency": post.agency,
        "desk": post.desk,
        "start": post.start,
    }


@contextmanager
def demonstration(settings: Settings, name: str, console: Console) -> Iterator[Demo]:
    """Serve a demonstration database from the first line inside until the last."""
    if settings.host not in LOOPBACK:
        raise NotLoopback(settings.host)
    story, issuer = story_named(name), dev_issuer(settings)
    listening = bound(settings.host, settings.port)
    port = listening.getsockname()[1]
    with console.status("データベースを用意しています…"):
        url = database_url(settings, demo_name(name))
        bring_up(settings, url, demonstration=True)
    tokens = Tokens(IssuerKeys(DEV_ISSUER, issuer.fetch), settings.audience, _ALGORITHMS)
    with services(settings.model_copy(update={"profile": name}), url, tokens) as served:
        extra = [issuer.router()]
        app = create_app(served, extra=extra, examples=examples, threads=settings.threads)
        book = book_url(settings, url)
        with (
            projector(url) as runner,
            bookkeeper(url, book) as keeper,
            running(runner),
            running(keeper),
            serving(app, listening),
        ):
            yield Demo(f"http://{settings.host}:{port}", story, issuer, served)
