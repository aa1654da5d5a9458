"""物語の書き方: a story is data — who does what where, in one plain sentence a step."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from domain.values import JST

Body = Mapping[str, Any]
_REGISTERED = "管理者が、職員の登録と任命をすませます"
_NAME = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Post:
    """任命: which desk, in which role, from when until when."""

    agency: str
    desk: str
    role: str
    start: str
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Player:
    """登場する職員 (すべて架空の人物)。`key` is how the steps call them."""

    key: str
    name: str
    kana: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """ひとつの場面: `keep` names what later steps refer to, `refused` is the code that protects;
    steps that are `quiet` for the same reason are told in one line. A reading `shows` words, and
    `hides` others.
    """

    says: str
    at: datetime
    by: str
    method: str
    path: str
    body: Body | None = None
    keep: Mapping[str, str] = field(default_factory=dict)
    refused: str | None = None
    status: int = 201
    purpose: str | None = None
    quiet: str = ""
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()

    @property
    def operation(self) -> tuple[str, str]:
        return self.method, shape(self.path)


@dataclass(frozen=True, slots=True)
class Story:
    """ひとつの自治体の物語: `households` says by whom each is read in the end."""

    key: str
    title: str
    opening: str
    administrator: Player
    cast: tuple[Player, ...]
    steps: tuple[Step, ...]
    households: Mapping[str, str]
    sittings: tuple[str, ...]
    reader: str
    secretary: str

    @property
    def all_steps(self) -> tuple[Step, ...]:
        return (*_appointments(self), *self.steps)

    @property
    def last_command(self) -> UUID:
        """The command with which the story is told to its end."""
        steps = enumerate(self.all_steps)
        recorded = [(n, step) for n, step in steps if step.method == "POST" and not step.refused]
        return self.command_id(*recorded[-1])

    @property
    def edition(self) -> str:
        """Changes with every word, so that a retold story gets a database of its own."""
        return sha256(repr((self.cast, self.all_steps)).encode()).hexdigest()[:8]

    def command_id(self, number: int, step: Step) -> UUID:
        """The same for the same step, however often it is played."""
        return uuid5(NAMESPACE_URL, f"setai:story:{self.key}:{number}:{step.operation}:{step.at}")


def day(text: str) -> datetime:
    """A moment like 2025-04-08 10:20 on a clock in Japan."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=JST)


def act(  # noqa: PLR0913 - a line of a story reads from when to what
    at: str,
    by: str,
    says: str,
    path: str,
    body: Body,
    *,
    keep: str | Mapping[str, str] = "",
    quiet: str = "",
) -> Step:
    """A write that is recorded. `keep="x"` keeps the id of what came about under that name."""
    kept = keep if isinstance(keep, Mapping) else {keep: "id"} if keep else {}
    return Step(says, day(at), by, "POST", path, body, keep=dict(kept), quiet=quiet)


def refused(  # noqa: PLR0913, PLR0917 - a line of a story reads from when to what
    at: str, by: str, code: str, says: str, path: str, body: Body, *, status: int = 409
) -> Step:
    """A write that the ledger refuses, and from what it protects."""
    return Step(says, day(at), by, "POST", path, body, refused=code, status=status)


def look(  # noqa: PLR0913, PLR0917 - a line of a story reads from when to what
    at: str,
    by: str,
    says: str,
    path: str,
    purpose: str = "consultation",
    keep: Mapping[str, str] | None = None,
    *,
    shows: tuple[str, ...] = (),
    hides: tuple[str, ...] = (),
) -> Step:
    """A reading, with its purpose. `keep` names places in the answer that tell of a record."""
    kept = dict(keep or {})
    read = Step(says, day(at), by, "GET", path, status=200, purpose=purpose, keep=kept)
    return replace(read, shows=shows, hides=hides)


def unseen(at: str, by: str, says: str, path: str, purpose: str = "consultation") -> Step:
    """A reading that finds nothing, because absent and hidden look the same."""
    return Step(says, day(at), by, "GET", path, refused="Unknown", status=404, purpose=purpose)


def shape(path: str) -> str:
    """A path without the names of its parts, so that a step and a route can be compared."""
    return _NAME.sub("{}", path.partition("?")[0])


def names(given: Any) -> Iterator[str]:
    """Every name a path or a body refers to."""
    match given:
        case str():
            yield from _NAME.findall(given)
        case Mapping():
            for value in given.values():
                yield from names(value)
        case list() | tuple():
            for value in given:
                yield from names(value)


def filled(given: Any, known: Mapping[str, Any]) -> Any:
    """The path or body with every name replaced; a text that is only a name becomes its value."""
    match given:
        case str():
            if whole := _NAME.fullmatch(given):
                return known[whole[1]]
            return _NAME.sub(lambda found: str(known[found[1]]), given)
        case Mapping():
            return {key: filled(value, known) for key, value in given.items()}
        case list() | tuple():
            return [filled(value, known) for value in given]
        case _:
            return given


def scenes(*parts: Iterable[Step]) -> tuple[Step, ...]:
    """The parts of a story, put in the order of the clock."""
    return tuple(sorted((step for part in parts for step in part), key=lambda step: step.at))


def _appointments(story: Story) -> Iterator[Step]:
    """The first days: the administrator registers and appoints everybody."""
    by, at = story.administrator.key, story.opening
    for player in story.cast:
        yield act(
            at,
            by,
            f"管理者が、{player.name}さんを職員として登録します。",
            "/staff",
            {"issuer": "{issuer}", "subject": player.key, "name": player.name, "kana": player.kana},
            keep=player.key,
            quiet=_REGISTERED,
        )
        for number, post in enumerate(player.posts, start=1):
            period = {"start": post.start} | ({"end": post.end} if post.end else {})
            held = {"agency": post.agency, "desk": post.desk, "role": post.role, "period": period}
            yield act(
                at,
                by,
                f"{player.name}さんが、その係に任命されます。",
                f"/staff/{{{player.key}}}/appointments",
                held,
                keep=f"{player.key}-post-{number}",
                quiet=_REGISTERED,
            )
