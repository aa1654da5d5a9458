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
from tests.api.town import DatedTown
from tests.conftest import MakeDatabase

OF_A_HOUSEHOLD = ("", "/timeline?limit=200", "/disclosures?limit=200")
LISTS = {
    "/households?scope=agency": "households",
    "/households?scope=desk": "households",
    "/households?q=さん": "households",
    "/households?q=叔母": "households",
    "/tasks?whole_agency=true": "tasks",
    "/disclosures": "entries",
    "/sittings": "sittings",
}
_NUMBERS = {"version", "fact", "of"}
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
    return answered.status_code, headers, _plain(answered.json())


def _shape(token: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]", "x", token)


def _plain(said: Any, key: str = "") -> Any:
    match said:
        case dict():
            return {name: _plain(value, name) for name, value in said.items()}
        case list():
            return [_plain(each, key) for each in said]
        case int() if key in _NUMBERS or key in ("enclosed", "facts", "tabled"):
            return "number"
        case str() if key in ("next", "position"):
            return _shape(said)
        case _:
            return said


def both(worlds: Worlds, path: str, reader: str, homes: tuple[Home, Home]) -> list[Any]:
    """The answers of the two towns."""
    last = [home.acts.position for home in homes]
    return [
        told(town.get(f"{path}{'&' if '?' in path else '?'}after={after}", reader))
        for town, after in zip(worlds.towns, last, strict=True)
    ]


@pytest.mark.parametrize("name", SECRETS)
def test_a_household_reads_alike(worlds: Worlds, name: str) -> None:
    homes = worlds.homes[name]
    paths = [f"{homes[0].path}{view}" for view in OF_A_HOUSEHOLD]
    paths += [f"/sittings/{sitting}" for sitting in [homes[0].ids.get("sitting")] if sitting]
    for reader, path in product(SECRETS[name].blind, paths):
        one, other = both(worlds, path, reader, homes)
        assert one == other, (reader, path)


@pytest.mark.parametrize("name", SECRETS)
def test_the_tag_of_what_is_seen_stays(worlds: Worlds, name: str) -> None:
    """When it happens, nothing that whoever is blind to it saw has changed."""
    for home in worlds.homes[name]:
        for reader, (before, after) in home.tags.items():
            assert before == after, reader


@pytest.mark.parametrize("reader", sorted({r for s in SECRETS.values() for r in s.blind}))
def test_lists_name_the_same_in_the_same_order(worlds: Worlds, reader: str) -> None:
    known = (name for name, secret in SECRETS.items() if reader not in secret.blind)
    visible = {worlds.homes[name][0].ids["household"] for name in known}
    for path, lines in LISTS.items():
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
        joined = "&" if "?" in path else "?"
        query = f"{path}{joined}limit=3" + (f"&cursor={cursor}" if cursor else "")
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
