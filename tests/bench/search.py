"""Searching: how soon the index of 40,000 people is ready, how long it takes to answer, and how
long until the gate has decided what of that may be shown.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from statistics import median
from uuid import uuid5

from api.names import Names
from api.serving import projector
from domain.gate import Reader
from domain.household import Household
from domain.intake import TakeIn, take_in
from domain.ledger import (
    API,
    Item,
    Settings,
    Stream,
    beside,
    open_datastore,
    open_receipts,
    record_many,
)
from domain.ledger.datastore import Datastore
from domain.person import Person
from domain.refusals import Refused
from projections.search import search
from projections.sought import sought
from replays.synthesis.chance import Chance
from replays.synthesis.names import Name, named, phone, surname
from tests.bench.figures import Figure, less, told
from tests.bench.ground import Ground
from tests.bench.visits import AUTHOR, stamp

_PEOPLE, _EACH, _SEED = 40_000, 2, 7
_TIMES, _ASKED = 5, 60
_READY, _ANSWERED = 2.0, 5.0


Asked = tuple[Name, str, str]
"""Somebody's name, date of birth and number."""


def measure(ground: Ground) -> list[Figure]:
    url, chance = ground.database(), Chance("search", _SEED)
    city = [_somebody(chance) for _ in range(_PEOPLE)]
    book = Settings(beside(url, "_receipts"))
    with ground.ledger(url) as ledger:
        for outcome in record_many(ledger, _households(ground, city)):
            if isinstance(outcome, Refused):
                raise outcome
        with projector(url) as runner:
            runner.catch_up()
        with (
            closing(open_datastore(ground.settings(url), API)) as tables,
            closing(open_receipts(book, sealer=ledger.sealer)) as receipts,
        ):
            ready = [_ready(Names(tables, receipts)) for _ in range(_TIMES)]
            names = Names(tables, receipts)
            _ready(names)
            return [_readiness(ready), *_answers(tables, names, list(_said(city)))]


def _readiness(ready: list[tuple[float, float]]) -> Figure:
    """Beside it the processor's time: what is more was spent waiting for others."""
    took, computed = zip(*ready, strict=True)
    detail = f"{min(took):.2f}–{max(took):.2f} s; processor {median(computed):.2f} s"
    return less(f"the index of {_PEOPLE:,} people ready", median(took), "s", _READY, detail)


def _answers(tables: Datastore, names: Names, said: list[str]) -> list[Figure]:
    now = datetime.now(UTC)
    reader = Reader(AUTHOR.staff, AUTHOR.capacity, now.date(), now)

    def found(each: str) -> object:
        return tables.read(lambda one: names.find(one, sought(each), now))

    def shown(each: str) -> object:
        return tables.read(lambda one: search(one, names, sought(each), reader=reader))

    answered, gated = _waits(found, said), _waits(shown, said[::8])
    return [
        less("the index answers, p50", median(answered), "ms", _ANSWERED, _tail(answered)),
        told("a search until it may be shown, p50", median(gated), "ms", _tail(gated)),
    ]


def _somebody(chance: Chance) -> Asked:
    return named(surname(chance), "female", chance), _born(chance), phone(chance)


def _born(chance: Chance) -> str:
    return f"19{chance.between(30, 99)}-{chance.between(1, 12):02d}-{chance.between(1, 28):02d}"


def _households(ground: Ground, city: list[Asked]) -> Iterator[Item]:
    for place in range(0, _PEOPLE, _EACH):
        by = stamp(ground.profile)
        persons = [
            {"name": n.text, "kana": n.kana, "birth_date": born, "phones": [p], "relation": "self"}
            for n, born, p in city[place : place + _EACH]
        ]
        command = TakeIn.model_validate({"route": "visit", "consulter": "self", "persons": persons})
        known = [uuid5(by.command_id, f"person-{number}") for number in range(_EACH)]
        household = Stream(Household, uuid5(by.command_id, "household"), new=True)
        yield Item(take_in, command, by, (household, *(Stream(Person, p, new=True) for p in known)))


def _ready(names: Names) -> tuple[float, float]:
    """From nothing: rows, receipts, keys, seals. How long it took, and how long it computed."""
    begun, computed = time.perf_counter(), time.process_time()
    names.start()
    names.wait()
    return time.perf_counter() - begun, time.process_time() - computed


def _said(city: list[Asked]) -> Iterator[str]:
    """What is typed at a window, of people from all over the city."""
    for name, born, number in city[:: _PEOPLE // _ASKED]:
        yield from (name.text, name.kana, name.surname, name.surname_kana, f"{name.surname} {born}")
        yield from (number, number[-4:], born)


def _waits(ask: Callable[[str], object], said: list[str]) -> list[float]:
    waited = []
    for each in said:
        begun = time.perf_counter()
        ask(each)
        waited.append(1000 * (time.perf_counter() - begun))
    return sorted(waited)


def _tail(waited: list[float]) -> str:
    return f"p95 {waited[int(len(waited) * 0.95)]:.1f} ms, longest {waited[-1]:.0f} ms"
