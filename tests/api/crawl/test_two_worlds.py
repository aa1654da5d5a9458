"""Two towns that differ in one hidden fact: whoever may not know of it is answered alike."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from httpx2 import Response

from tests.api.at_work import at_work
from tests.api.crawl.home import Home
from tests.api.crawl.people import START, Acts, settled
from tests.api.crawl.probes import HIDDEN_FACT, by_number, probes
from tests.api.crawl.secrets import SECRETS, Secret, lived
from tests.api.crawl.views import NOWHERE, audits, views, with_
from tests.api.town import DatedTown
from tests.conftest import MakeDatabase

LISTS = {
    "/households?scope=agency": "households",
    "/households?scope=desk": "households",
    "/households?q=さん": "households",
    **{f"/households?q={said}": "households" for said in ("叔母", "父さん", "祖母", "母", "おば")},
    "/households?scope=staff&closed=true": "households",
    "/households?scope=agency&true_at=2026-04-01": "households",
    "/tasks?whole_agency=true": "tasks",
    "/disclosures": "entries",
    "/disclosures?true_at=2026-04-01": "entries",
    "/sittings": "sittings",
}
_NUMBERS = {"version", "fact", "of"}
_TOKENS = {"next", "position", "digest"}
_SOME = 3
"""How many of the blind try everything in every run; all by night."""


class Worlds(NamedTuple):
    """The town where it happened and the town where it did not, and the households in both."""

    towns: tuple[DatedTown, DatedTown]
    homes: Mapping[str, tuple[Home, Home]]


@pytest.fixture(scope="module")
def worlds(
    make_database: MakeDatabase, make_book: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Worlds]:
    keys = Path(tmp_path_factory.mktemp("keys"))
    with ExitStack() as both:
        towns = []
        for _ in range(2):
            url = make_database(demonstration=True)
            book = make_book(url, demonstration=True)
            towns.append(both.enter_context(at_work(DatedTown, url, book, keys, settled)))
        homes = {name: _lived(towns, name, secret) for name, secret in SECRETS.items()}
        yield Worlds((towns[0], towns[1]), homes)


def _lived(towns: list[DatedTown], name: str, secret: Secret) -> tuple[Home, Home]:
    one, other = (
        lived(Acts(town, name, max(START, town.now)), secret, happens=happens)
        for town, happens in zip(towns, (True, False), strict=True)
    )
    return one, other


def told(answered: Response) -> tuple[int, dict[str, str], Any]:
    """All that can be read in an answer: its numbers of facts and its tokens, under the servers'
    key, only by the shape they have.
    """
    headers = {k: v for k, v in answered.headers.items() if k != "content-length"}
    for name in ("etag", "setai-position"):
        headers |= {name: _shape(headers[name])} if name in headers else {}
    if "json" not in headers["content-type"]:
        lines = re.sub(r"の \d+", "の 番号", answered.text).splitlines()
        return answered.status_code, headers, sorted(lines)
    return answered.status_code, headers, _plain(answered.json())


def _shape(token: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]", "x", token)


def _plain(said: Any, key: str = "") -> Any:
    match said:
        case dict():
            return {name: _plain(value, name) for name, value in said.items()}
        case list():
            return [_plain(each, key) for each in said]
        case int() if key in _NUMBERS or key in ("enclosed", "facts", "tabled", "versions"):
            return "number"
        case str() if key in _TOKENS:
            return _shape(said)
        case _:
            return said


def both(worlds: Worlds, path: str, reader: str, homes: tuple[Home, Home]) -> list[Any]:
    """The answers of the two towns."""
    purpose = {"Setai-Purpose": "audit"} if path.startswith("/audit") else {}
    return [
        [
            told(page)
            for page in _pages(town, with_(path, after=home.acts.position), reader, purpose)
        ]
        for town, home in zip(worlds.towns, homes, strict=True)
    ]


def _pages(
    town: DatedTown, path: str, reader: str, purpose: Mapping[str, str]
) -> Iterator[Response]:
    """The whole of it, where it goes on behind a cursor."""
    cursor: str | None = ""
    while cursor is not None:
        asked = with_(path, cursor=cursor) if cursor else path
        yield (answered := town.get(asked, reader, **purpose))
        said = answered.json() if "json" in answered.headers["content-type"] else {}
        cursor = said.get("next")


@pytest.mark.parametrize("name", SECRETS)
def test_a_household_reads_alike(worlds: Worlds, name: str) -> None:
    """Now and then, page by page, what is attached, and what is printed of it."""
    homes = worlds.homes[name]
    for reader, path in product(SECRETS[name].blind, views(homes[0])):
        one, other = both(worlds, path, reader, homes)
        assert one == other, (reader, path)


@pytest.mark.parametrize("name", SECRETS)
def test_an_audit_tells_alike(worlds: Worlds, name: str) -> None:
    """The officer, of a household in which nothing is hidden from them; the others, of any. What
    one receipt shows stands in the order of numbers that are others in each town.
    """
    homes = worlds.homes[name]
    for reader, path in product(SECRETS[name].blind, audits(homes[0])):
        one, other = (sorted(_lines(pages)) for pages in both(worlds, path, reader, homes))
        assert one == other, (reader, path)


def _lines(pages: list[Any]) -> Iterator[str]:
    for status, headers, said in pages:
        reads = said.get("reads") if isinstance(said, dict) else None
        yield from map(str, (status, headers, said) if reads is None else (status, *reads))


def test_what_is_attached_is_as_good_as_nothing(worlds: Worlds) -> None:
    home, _ = worlds.homes["attachment"]
    for reader in SECRETS["attachment"].blind:
        scan, none = (
            told(home.acts.town.get(f"{home.path}/attachments/{key}", reader))
            for key in (home.ids["scan"], NOWHERE)
        )
        assert scan == none


@pytest.mark.parametrize("name", SECRETS)
def test_the_tag_of_what_is_seen_stays(worlds: Worlds, name: str) -> None:
    """When it happens, nothing that whoever is blind to it saw has changed."""
    for home in worlds.homes[name]:
        for reader, (before, after) in home.tags.items():
            assert before == after, reader


@pytest.mark.parametrize("reader", sorted({r for s in SECRETS.values() for r in s.blind}))
def test_lists_name_the_same_in_the_same_order(worlds: Worlds, reader: str) -> None:
    known = (name for name, secret in SECRETS.items() if reader not in secret.blind)
    visible = {key for name in known for home in worlds.homes[name] for key in home.ids.values()}
    lists = {**LISTS, **({"/duplicates": "pairs"} if reader == "kato" else {})}
    for path, lines in lists.items():
        one, other = (_walked(town, path, lines, reader, visible) for town in worlds.towns)
        assert one == other, path


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_number_that_may_not_be_known_is_as_good_as_none(worlds: Worlds, name: str) -> None:
    home, _ = worlds.homes[name]
    hidden = home.facts.get(HIDDEN_FACT[name], 0) if name in HIDDEN_FACT else 0
    for reader in SECRETS[name].blind if hidden else ():
        for (path, body), (other, absent) in zip(
            by_number(home, hidden), by_number(home, 900), strict=True
        ):
            one, none = (home.acts.tried(*each, reader) for each in ((path, body), (other, absent)))
            assert told(one) == told(none), (reader, path)
            assert none.is_client_error, (reader, path, none.text)


@pytest.mark.parametrize("name", SECRETS)
def test_what_is_tried_is_answered_alike(worlds: Worlds, name: str, nightly: int) -> None:
    """After the others, for what succeeds is recorded, in both towns alike."""
    homes = worlds.homes[name]
    now = max(town.now for town in worlds.towns)
    for home in homes:
        home.acts.name, home.acts.at, home.acts.done = f"{name} tried", now, 0
    differ = {}
    for reader in SECRETS[name].blind[: _SOME * nightly]:
        for (tried, *one), (_, *other) in zip(*(probes(h, reader) for h in homes), strict=True):
            here, there = (
                told(home.acts.tried(f"{home.path}{path}", body, reader))
                for home, (path, body) in zip(homes, (one, other), strict=True)
            )
            if here != there:
                differ[reader, tried] = (here[2], there[2])
    assert not differ


def _walked(town: DatedTown, path: str, lines: str, reader: str, visible: set[str]) -> list[Any]:
    """All pages of it, three lines each, without those that may well be known to differ."""
    found: list[Any] = []
    cursor = None
    while cursor is not None or not found:
        query = with_(path, limit=3, **({"cursor": cursor} if cursor else {}))
        answered = town.get(query, reader)
        assert answered.status_code == 200, answered.text
        page = answered.json()
        found += page[lines]
        cursor = page["next"]
        if cursor is None:
            break
    kept = [
        each for each in found if not visible & set(re.findall(r"[0-9a-f-]{36}", json.dumps(each)))
    ]
    return [_plain(each) for each in kept]
