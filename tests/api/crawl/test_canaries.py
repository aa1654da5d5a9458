"""The canary crawl: every route, asked by everybody; each secret comes out to whom it may."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice, product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from httpx2 import Response

from replays.stories import examples
from tests.api.at_work import at_work
from tests.api.crawl.allowed import AUDITED, MAY_SEE
from tests.api.crawl.drawn import drawn, personal_fields
from tests.api.crawl.log_lines import log_lines
from tests.api.crawl.people import READERS, START, Acts, in_the_morning, settled
from tests.api.crawl.routes import (
    AUDITS,
    LISTS,
    OPEN,
    READS,
    TOLD,
    Paths,
    body_of,
    filled,
    routes_of,
)
from tests.api.crawl.tale import SUPPORTER, Tale
from tests.api.crawl.telling import told
from tests.api.test_receipts import services
from tests.api.town import DatedTown
from tests.conftest import MakeDatabase

TALES, BY_NIGHT, OFFICER = 1, 12, "ito"
UNDRAWN = {
    "StaffRegistered.name": "colleagues know one another by name",
    "StaffRegistered.kana": "and how it is read",
}
PUBLIC = OPEN.keys() | {"/profile"}
"""Where every agency is named, whoever it stands by."""
_RECEIPTS = re.compile(r'"receipts?":(\{[^}]*\}|\[[^\]]*\])')
_COUNTED = re.compile(
    r'"(version|fact|of|tightening|after)":\d{1,4}[,}]'
    r'|"(facts|tabled|enclosed|rested|versions)":\[\d{1,4}[,\]]'
    r"|番号 \d{1,4}\D|第\d+版"
)
"""A place in a stream as it is: it would tell how many records there are."""


@dataclass
class Crawl:
    """What came out: by canary, who was shown it and where."""

    town: DatedTown
    tales: list[Tale]
    seen: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    failed: list[str] = field(default_factory=list)
    counted: set[str] = field(default_factory=set)

    asked: int = 0

    def __post_init__(self) -> None:
        self.kinds = {text: kind for tale in self.tales for text, kind in tale.canaries.items()}
        self.of = {text: tale for tale in self.tales for text in tale.canaries}
        self.town.now = self.tales[-1].acts.end + timedelta(days=1)

    def ask(
        self,
        routes: Mapping[str, Paths],
        tales: Iterable[Tale],
        reader: str,
        *,
        least: bool = False,
    ) -> None:
        for paths, tale in product(routes.values(), tales):
            for path in islice(paths(tale), 1 if least else None):
                self.get(path, reader)

    def get(self, path: str, reader: str) -> Response:
        return self.look(path, reader, self.town.get(path, reader, **_purpose(path)))

    def post(self, path: str, body: Any, reader: str) -> None:
        said = str(body)
        self.look(path, reader, self.town.post(path, body, reader), besides=said)

    def look(self, path: str, reader: str, answered: Response, besides: str = "") -> Response:
        said = f"{answered.text}\n{dict(answered.headers)}"
        if answered.status_code >= 500:
            self.failed.append(f"{path} {reader} {answered.status_code}")
        if counted := _COUNTED.search(_RECEIPTS.sub("", answered.text)):
            self.counted.add(f"{path} {reader} {counted[0]}")
        for text in self.kinds:
            public = text == SUPPORTER and path.partition("?")[0] in PUBLIC
            if text in said and text not in besides and not public:
                self.seen[text][reader].add(path)
        return answered

    def leaks(self) -> Iterator[str]:
        for text, readers in self.seen.items():
            kind = self.kinds[text]
            for reader in readers.keys() - self.allowed(text):
                yield f"{kind} to {reader} by {sorted(readers[reader])[:3]}"

    def allowed(self, text: str) -> frozenset[str]:
        kind = self.kinds[text]
        audited = "audit-closed" not in self.of[text].ids and kind in AUDITED
        return MAY_SEE[kind] | ({"ito"} if audited else frozenset())

    def unseen(self) -> set[tuple[str, str]]:
        """Whom the table allows what they never saw: then it says more than is so."""
        shown: dict[str, set[str]] = defaultdict(set)
        for text, readers in self.seen.items():
            shown[self.kinds[text]] |= readers.keys()
        return {(kind, reader) for kind, may in MAY_SEE.items() for reader in may - shown[kind]}


def _purpose(path: str) -> dict[str, str]:
    audited = path.startswith("/audit")
    if path.startswith("/statistics"):
        return {"Setai-Purpose": "statistics"}
    purpose = "audit" if audited else "disclosure" if "/draft" in path else "consultation"
    return {"Setai-Purpose": purpose}


@pytest.fixture(scope="module")
def lines() -> Iterator[list[Any]]:
    with log_lines() as captured:
        yield captured


@pytest.fixture(scope="module")
def crawl(
    make_database: MakeDatabase,
    make_book: MakeDatabase,
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[Any],
    nightly: int,
) -> Iterator[Crawl]:
    """`lines` are those of the log, from the first act on."""
    lines.clear()
    url = make_database(demonstration=True)
    book = make_book(url, demonstration=True)
    keys = Path(tmp_path_factory.mktemp("keys"))
    with at_work(DatedTown, url, book, keys, settled) as town:
        crawl = Crawl(town, list(_told(town, TALES if nightly == 1 else BY_NIGHT)))
        _read(crawl)
        _write(crawl, 2 if nightly == 1 else len(READERS))
        yield crawl


def _told(town: DatedTown, number: int) -> Iterator[Tale]:
    """Each within one day: a consent for that day, a sitting on that day."""
    at = START
    for seed in range(number):
        tale = told(Acts(town, f"tale {seed}", at), Random(seed))
        at = in_the_morning(tale.acts.end)
        assert tale.acts.at.date() == tale.acts.end.date()
        yield tale


def _read(crawl: Crawl) -> None:
    first, *others = crawl.tales
    last = crawl.tales[-1].acts.position
    assert crawl.get(f"/households?after={last}", "tanaka").status_code == 200
    for reader in READERS:
        crawl.ask(LISTS, [first], reader)
        crawl.ask(TOLD, crawl.tales, reader)
    for tale in crawl.tales:
        asked = f"/audit/reads?household={tale.ids['household']}&limit=200"
        found = {
            str(each["receipt"]): each["receipt"]
            for each in crawl.get(asked, OFFICER).json()["reads"]
        }
        some = list(found.values())[:: max(1, len(found) // 10)]
        tale.receipts = [(each["stream"], each["version"]) for each in some]
    for reader in READERS:
        crawl.ask(AUDITS, [first], reader, least=reader != OFFICER)
    crawl.ask(AUDITS, others, OFFICER)
    crawl.ask(OPEN, [first], "nobody")


def _write(crawl: Crawl, many: int) -> None:
    """What is refused, or is not, because of what may not be known."""
    chance, known = Random(1), examples()
    for method, path in sorted(routes_of(crawl.town)):
        for nth, reader in enumerate(chance.sample(READERS, many) if method == "POST" else ()):
            tale = crawl.tales[nth % len(crawl.tales)]
            crawl.post(filled(path, tale), body_of(known[method, path], tale, nth), reader)


def test_no_answer_counts_the_records(crawl: Crawl) -> None:
    assert not sorted(crawl.counted)[:10]


def test_every_route_is_crawled(crawl: Crawl) -> None:
    """One that is missing cannot come in; writes are tried as the stories send them."""
    assert {path for method, path in routes_of(crawl.town) if method != "POST"} == READS.keys()
    assert {method for method, _ in routes_of(crawl.town)} == {"GET", "POST"}


def test_each_secret_comes_out_to_whom_it_may_alone(crawl: Crawl) -> None:
    assert not sorted(crawl.leaks())


def test_whoever_may_see_it_does(crawl: Crawl) -> None:
    """Else the crawl might find nothing for looking at nothing."""
    assert not crawl.unseen()


def test_nothing_failed_on_the_way(crawl: Crawl) -> None:
    assert not crawl.failed


def test_no_line_of_the_log_speaks_of_anybody(crawl: Crawl, lines: list[Any]) -> None:
    said = str(lines)
    assert len(lines) > len(READS)
    assert not [text for text in crawl.kinds if text in said]


def test_every_personal_field_is_drawn(crawl: Crawl) -> None:
    """One that no tale fills cannot come out: each that is left out has its reason."""
    missed = personal_fields() - drawn(services(crawl.town).ledger, crawl.kinds)
    assert missed == UNDRAWN.keys()
