"""当てずっぽう: what is written to a household by who may not know of it, and the same to none."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import count, cycle, islice
from random import Random
from typing import Any
from uuid import UUID, uuid5

from httpx2 import Response

from api.services import Services
from replays.stories import examples
from tests.api.crawl.living import Living
from tests.api.crawl.openings import NO_CASES, WHO_AND_WHERE, aside
from tests.api.crawl.people import COLLEAGUES, CRAWLED, READERS
from tests.api.crawl.routes import body_of, routes_of
from tests.api.crawl.tale import Tale
from tests.api.town import DatedTown

_NOTHING = UUID(int=3)
_STAFF = {**CRAWLED, **COLLEAGUES}
_APART = frozenset({"sittings", "items"})
"""Known of themselves: a sitting is there whether or not it takes up the household."""
_BY_NAME = {"household": "households", "source": "households", "consent": "consents"} | {
    "referral": "referrals",
    "sitting": "sittings",
    "item": "items",
    "decision": "meeting-decisions",
    "consultation": "consultations",
    "absorbed": "persons",
}
_BESIDES = "/handovers"
_BY_STRANGERS = "/emergency-accesses"
"""緊急閲覧 is there for who is a stranger to the case."""
_LAST = 2**31 - 1
_OWN = frozenset({"content-length", "setai-position", "date"})


class Guesses:
    """Every write as a story once sent it; whoever tries some goes on where the last one ended."""

    def __init__(self, town: DatedTown) -> None:
        self.town, self.keys = town, count()
        paths = sorted(path for method, path in routes_of(town) if method == "POST")
        known = examples()
        within = [each for each in paths if each.startswith(("/households/", _BESIDES))]
        within = [each for each in within if _BY_STRANGERS not in each]
        self.all = [(path, known["POST", path]) for path in within]
        self.next = cycle(self.all)

    def blind(self, living: Living) -> Iterator[str]:
        """Whoever is not told that there is such a household: of an agency that wrote here, or was
        told of it once, those who have no such case; 名寄せ and 支援措置 may know of each but where
        they stand aside.
        """
        wrote = {held.agency for name, held in _STAFF.items() if name in living.wrote}
        wrote |= living.addressed
        known = {name for name, held in CRAWLED.items() if held.agency in wrote} | WHO_AND_WHERE
        strangers = {*READERS} - known | aside(living.around) | NO_CASES
        for reader in (each for each in READERS if each in strangers):
            if self.town.get(living.path, reader).status_code != 200:
                yield reader

    def told_apart(self, living: Living, many: int) -> Iterator[object]:
        """What is answered otherwise than to a household that never was, or is recorded."""
        nowhere = Nowhere(living)
        texts = [text for said in living.said for text in (said.text, said.before) if text]
        texts += living.names.values()
        for reader in self.blind(living):
            head = self._head
            for path, example in islice(self.next, min(many, len(self.all))):
                here = nowhere.filled(path), json.dumps(nowhere.about(example))
                there = tuple(map(nowhere.instead, here))
                one, none = (self._tries(path, body, reader) for path, body in (here, there))
                if _told(one.text, one) != _told(nowhere.back(none.text), none):
                    yield reader, *here, one.text, none.text
                if found := [text for text in texts if text in one.text]:
                    yield reader, *here, found
            if self._head != head:
                yield reader, "recorded"

    @property
    def _head(self) -> int:
        services: Services = self.town.client.app.state.services  # type: ignore[attr-defined]
        return services.ledger.head()

    def _tries(self, path: str, body: str, reader: str) -> Response:
        key = str(uuid5(_NOTHING, f"{next(self.keys)}"))
        return self.town.post(path, json.loads(body), reader, **{"Idempotency-Key": key})


def _told(text: str, answered: Response) -> tuple[int, str, dict[str, str]]:
    headers = {k: v for k, v in answered.headers.items() if k not in _OWN}
    return answered.status_code, text, headers


class Nowhere:
    """Where a write leads in the household; and `instead` of each id and number of it, another."""

    def __init__(self, living: Living) -> None:
        self.living, self.held = living, living.held
        ids = (each for kind in self.held.keys() - _APART for each in self.held[kind])
        to = {each: str(uuid5(_NOTHING, each)) for each in ids}
        to |= {str(each): str(_LAST - each) for each in living.numbers}
        self.to, self.from_ = to, {other: each for each, other in to.items()}

    def instead(self, text: str) -> str:
        return _replaced(text, self.to)

    def back(self, text: str) -> str:
        return _replaced(text, self.from_)

    def filled(self, path: str) -> str:
        parts = path.split("/")
        for number, part in enumerate(parts):
            if part.startswith("{"):
                parts[number] = self._one(parts[number - 1])
        return "/".join(parts)

    def _one(self, kind: str) -> str:
        if kind == "facts":
            return str(self.living.numbers[-1])
        if kind == "households":
            return self.living.homes[0]
        return (self.held.get("persons" if kind == "members" else kind) or [str(_NOTHING)])[-1]

    def about(self, example: Any) -> Any:
        names = ("mother", "father", "child")
        facts = dict.fromkeys(("walled", "report", "note"), self.living.numbers[-1])
        ids = {name: self.living.ids[name] for name in names}
        return self._named(body_of(example, Tale(self.living.acts, Random(0), {}, ids, facts)))

    def _named(self, body: Any) -> Any:
        match body:
            case dict():
                return {key: self._of(key, value) for key, value in body.items()}
            case list() | tuple():
                return [self._named(each) for each in body]
            case _:
                return body

    def _of(self, key: str, value: Any) -> Any:
        if key == "households":
            return self.held[key][:1]
        return self._one(_BY_NAME[key]) if value and key in _BY_NAME else self._named(value)


def _replaced(text: str, to: Mapping[str, str]) -> str:
    return re.sub("|".join(map(re.escape, to)), lambda found: to[found[0]], text)
