"""A town of 10,000 households: loaded, projected, and asked over HTTP."""

import json
import shutil
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from api.dev_issuer import DevIssuer
from api.serving import projector
from domain.ledger import open_ledger
from domain.values import Role
from replays.loading import load, read_manifest
from replays.loading.lines import every_line
from replays.synthesis import synthesize
from replays.synthesis.city import City
from tests.bench.figures import Figure, less, more
from tests.bench.ground import DIRECTORY, Ground
from tests.bench.over_http import Serving, called, request, served

_HOUSEHOLDS, _SEED = 10_000, 7
_READS = 400
_AUDIENCE = "setai"


class Town(NamedTuple):
    directory: Path
    city: City
    issuer: DevIssuer

    def token(self, agency: str, desk: str, role: str) -> str | None:
        """Somebody at that desk today, in no other capacity."""
        last = self.city.calendar.last
        holding = [post.holder(last) for post in self.city.roster]
        for post in self.city.roster.posts[agency, desk, Role(role)]:
            holder = post.holder(last)
            if holding.count(holder) == 1:
                return self.issuer.mint(holder.subject)
        return None


def measure(ground: Ground) -> list[Figure]:
    town = _built(ground)
    url = ground.database(demonstration=True)
    figures = [_loaded(ground, town, url)]
    with projector(url) as runner:
        runner.catch_up()
    with served(url) as serving:
        figures += [_read(town, serving)]
        resident = serving.resident_mib
    name = f"server process with {_HOUSEHOLDS:,} households"
    return [*figures, less(name, resident, "MiB", 300.0)]


def _built(ground: Ground) -> Town:
    directory = DIRECTORY / "town"
    shutil.rmtree(directory, ignore_errors=True)
    synthesize(ground.profile, _HOUSEHOLDS, _SEED, directory, lambda _: None)
    city = City(ground.profile, _SEED, _HOUSEHOLDS)
    return Town(directory, city, DevIssuer(DIRECTORY, _AUDIENCE))


def _loaded(ground: Ground, town: Town, url: str) -> Figure:
    opening = partial(open_ledger, ground.settings(url))
    begun = time.perf_counter()
    facts = load(opening, ground.profile, town.directory, lambda *_: None)
    took = time.perf_counter() - begun
    return more("load a synthetic city", facts / took, "facts/s", 10_000.0, f"{facts:,} facts")


def _read(town: Town, serving: Serving) -> Figure:
    """One reader after the other, each a household of their own desk."""
    headers = {"Setai-Purpose": "consultation"}
    asked = [
        request("GET", f"/households/{household}", {**headers, "Authorization": f"Bearer {token}"})
        for household, token in islice(_known(town), _READS)
    ]
    called(serving, [asked], 2.0)
    waited = [1000 * second for second in called(serving, [asked], 4.0)["waited"]]
    return less("a case view over HTTP, p50", median(waited), "ms", 5.0, f"{len(waited)} reads")


def _known(town: Town) -> Iterator[tuple[str, str]]:
    """Households from all over the two years, and somebody of the desk that took each in."""
    tokens: dict[tuple[str, str, str], str | None] = {}
    lines = every_line(town.directory, read_manifest(town.directory))
    taken = (line for line in lines if b'"act":"TakeIn"' in line)
    for line in islice(taken, 0, None, _HOUSEHOLDS // _READS):
        told = json.loads(line)
        desk = (told["by"]["agency"], told["by"]["desk"], told["by"]["role"])
        if desk not in tokens:
            tokens[desk] = town.token(*desk)
        token = tokens[desk]
        if token:
            yield told["streams"][0][1], token
