"""Households as hypothesis draws them: every word comes out to those alone who may see it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import count, product
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import Phase, given, note, settings

from domain.ledger import Ledger
from tests.api.at_work import at_work
from tests.api.crawl.around import lived
from tests.api.crawl.guesses import Guesses
from tests.api.crawl.lives import Guardian, Life, Protection, Word, in_turn, lives
from tests.api.crawl.living import Living
from tests.api.crawl.log_lines import log_lines
from tests.api.crawl.openings import may_know, may_see
from tests.api.crawl.people import COLLEAGUES, CRAWLED, READERS, START, Acts, in_the_morning
from tests.api.town import DatedTown, settle, who
from tests.by_night import BY_NIGHT
from tests.conftest import MakeDatabase

_EVERY_RUN = (Phase.explicit, Phase.reuse, Phase.generate)
"""A household is dear: it is made smaller by night alone, and is printed as it is by day."""
_GUESSES = 4
"""How many writes each of those tries who may not know of a household."""
Seen = Mapping[str, Mapping[str, set[str]]]


class Reading:
    """A town in which household after household is told, and read by everybody."""

    def __init__(self, town: DatedTown, lines: list[Any]) -> None:
        self.town, self.lines = town, lines
        self.number, self.guesses = count(), Guesses(town)

    def of(self, life: Life) -> tuple[Living, Seen]:
        at = in_the_morning(max(START, self.town.now + timedelta(minutes=1)))
        self.lines.clear()
        living = lived(Acts(self.town, f"life {next(self.number)}", at), life)
        self.town.now = living.acts.end + timedelta(days=life.tomorrow, minutes=1)
        return living, self._seen(living)

    def _seen(self, living: Living) -> Seen:
        """By text and reader, where."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        texts = [text for said in living.said for text in (said.text, said.before) if text]
        texts += living.names.values()
        for reader, path in product(READERS, list(_paths(living))):
            audit = {"Setai-Purpose": "audit"} if path.startswith("/audit") else {}
            answered = self.town.get(path, reader, **audit)
            assert answered.status_code < 500, (path, reader)
            said = f"{answered.text}\n{answered.headers}"
            for text in texts:
                if text in said:
                    found[text][reader].add(path)
        return found


def _paths(living: Living) -> Iterator[str]:
    acts = living.acts
    half = acts.at + timedelta(minutes=acts.done * 2 // 3)
    then = urlencode({"known_at": half.isoformat()})
    for home in living.homes:
        path = f"/households/{home}"
        yield from (f"{path}?after={acts.position}", f"{path}/timeline?limit=200")
        yield from (f"{path}/disclosures", f"{path}?{then}", f"{path}/timeline?{then}")
        yield f"{path}/difference?from_{then}"
    yield f"{living.path}/persons/{living.ids['mother']}/certificate"
    yield from (f"{living.path}/attachments/{each}" for each in living.held["attachments"])
    yield f"/households?{urlencode({'q': living.names['mother'], 'limit': 200})}"
    yield f"/audit/reads?household={living.homes[0]}&limit=200"
    yield f"/audit/statements?requester=person&person={living.ids['mother']}&format=csv"
    yield f"/audit/reads?staff={who('sato')}&format=csv&limit=200"


@pytest.fixture(scope="module")
def reading(
    make_database: MakeDatabase, make_book: MakeDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reading]:
    url = make_database(demonstration=True)
    book = make_book(url, demonstration=True)
    keys = Path(tmp_path_factory.mktemp("keys"))
    with log_lines() as lines, at_work(DatedTown, url, book, keys, _settled) as town:
        yield Reading(town, lines)


def _settled(ledger: Ledger) -> None:
    settle(ledger, at=START - timedelta(days=1), staff={**CRAWLED, **COLLEAGUES})


_WAYS = (
    Word(),
    Word(by="nurse", category="finance"),
    Word(by="hayashi", category="abuse"),
    Word(by="hayashi", part=True),
    Word(by="sato"),
    Word(tag="informant"),
    Word(category="health", way="consent", along=True),
    Word(way="statute", part=True, category="finance", along=True),
    Word(way="referral", along=True),
    Word(way="room", category="health", along=True),
    Word(way="learned"),
    Word(form="note"),
    Word(form="file", way="statute", category="health"),
)
_ENDS = (
    Word(way="consent", over="withdrawn", category="health", along=True),
    Word(way="consent", over="expired", along=True),
    Word(way="referral", over="returned", along=True),
    Word(way="referral", over="withdrawn", later="corrected"),
    Word(way="room", over="left", category="abuse", along=True),
    Word(way="room", over="closed", category="health", along=True),
    Word(way="learned", over="left"),
    Word(later="voided"),
    Word(later="misfiled"),
    Word(later="stricter", way="statute"),
    Word(later="loosened"),
    Word(form="file", way="referral", over="returned"),
)
_WALLS = (
    Word(),
    Word(hidden_from=("father",), way="statute", along=True),
    Word(later="tightened", way="room", along=True),
    Word(part=True, hidden_from=("father",)),
    Word(about=("father",), way="referral", along=True),
    Word(tag="location"),
    Word(concealed=True, part=True),
    Word(concealed=True, about=("child",)),
    Word(by="hayashi", tag="location", part=True),
    Word(by="sato"),
    Word(form="file", hidden_from=("father",)),
    Word(by="nurse", form="note"),
)
_ACTING = (Guardian("father", "nurse"), Guardian("father", "sato"))
_THOUGHT_OUT = {
    "open": in_turn(*_WAYS, look="open", audit="open"),
    "over": in_turn(*_ENDS, look="reviewed", audit="closed", home="split", tomorrow=True),
    "merged": in_turn(*_WAYS[:7], _WALLS[1], guardians=_ACTING[:1], home="merged"),
    "walls": in_turn(
        *_WALLS, guardians=_ACTING, protections=(Protection("mother", ("father",)),), look="open"
    ),
    "taken up": in_turn(Word(by="nurse"), Word(way="learned", over="closed"), alone=True),
    "aside": in_turn(
        *(Word(), _WAYS[1], *_WALLS[3:6:2], Word(category="health")),
        alone=True,
        guardians=tuple(Guardian("father", staff) for staff in ("mori", "kato", "ito")),
        protections=(Protection("mother", ("father",)),),
        audit="open",
    ),
    "walls down": in_turn(
        *_WALLS[1:8],
        guardians=tuple(each._replace(over=True) for each in _ACTING),
        protections=(Protection("mother", ("father",), over=True),),
        home="same",
    ),
}
"""Every rule opens something in one of these, and closes something in another."""


@pytest.mark.parametrize("name", _THOUGHT_OUT)
def test_a_household_that_was_thought_out(reading: Reading, name: str) -> None:
    """All of it comes about; and whoever may see a word does, or the crawl would look nowhere."""
    living, seen = reading.of(_THOUGHT_OUT[name])
    assert not living.refused
    assert not [*_leaks(living, seen), *_unseen(living, seen), *_unnamed(living, seen)]
    assert not [*reading.guesses.told_apart(living, 10**3 if BY_NIGHT else _GUESSES)]
    assert not _logged(reading, living)


@settings(max_examples=150 if BY_NIGHT else 3, phases=tuple(Phase) if BY_NIGHT else _EVERY_RUN)
@given(lives())
def test_a_word_comes_out_to_whom_it_may_alone(reading: Reading, life: Life) -> None:
    living, seen = reading.of(life)
    note(f"{living.around}")
    assert not list(_leaks(living, seen))
    assert not (BY_NIGHT and list(_unseen(living, seen)))
    assert not list(reading.guesses.told_apart(living, 2 * _GUESSES if BY_NIGHT else _GUESSES))
    assert not _logged(reading, living)


def _leaks(living: Living, seen: Seen) -> Iterator[object]:
    """What was put right is still to be seen as it was before, by those who may see it now."""
    for said in living.said:
        may = may_see(said, living.around)
        once = may_see(replace(said, gone=""), living.around) if said.gone == "voided" else may
        yield from _besides(seen, said.text, may, once, said)
        yield from _besides(seen, said.before, frozenset(), may, said)
    for person, name in living.names.items():
        may = may_know(person, living.said, living.around)
        yield from _besides(seen, name, may, may, person)


def _besides(
    seen: Seen, text: str, may: frozenset[str], once: frozenset[str], what: object
) -> Iterator[object]:
    for reader, paths in seen.get(text, {}).items():
        past = {path for path in paths if "known_at=" in path}
        found = (set() if reader in may else paths - past) | (set() if reader in once else past)
        if found:
            yield reader, sorted(found), what


def _unseen(living: Living, seen: Seen) -> Iterator[object]:
    for said in living.said:
        may = may_see(said, living.around) - ({"ito"} if said.gone else set())
        if missed := may - seen.get(said.text, {}).keys():
            yield missed, said


def _unnamed(living: Living, seen: Seen) -> Iterator[object]:
    for person, name in living.names.items():
        may = may_know(person, living.said, living.around)
        if missed := may - seen.get(name, {}).keys():
            yield missed, person


def _logged(reading: Reading, living: Living) -> list[str]:
    lines = str(reading.lines)
    assert len(reading.lines) > living.acts.done
    texts = [text for said in living.said for text in (said.text, said.before) if text]
    return [text for text in (*texts, *living.names.values()) if text in lines]
