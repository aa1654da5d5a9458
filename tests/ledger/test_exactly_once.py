"""A command happens once: raced, repeated, or with its answer lost on the way."""

import random
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from domain.ledger import (
    Ledger,
    LedgerUnavailable,
    Outcome,
    OutcomeUnknown,
    Settings,
    open_ledger,
)
from domain.ledger.batch import Answer
from domain.ledger.recorder import LedgerRecorder
from domain.refusals import Overtaken
from tests.ledger.given import Visit, known, new, stamp, unit, visit
from tests.ledger.proxy import Proxy

WRITERS = 8


def test_one_command_raced_by_eight_happens_once(ledger: Ledger, nightly: int) -> None:
    with ThreadPoolExecutor(WRITERS) as writers:
        for _ in range(10 * nightly):
            home, same, before = new(), stamp(), ledger.head()
            racing = [
                writers.submit(ledger.record, visit, Visit(), same, home) for _ in range(WRITERS)
            ]
            outcomes = [race.result() for race in racing]
            assert sorted(outcome.repeated for outcome in outcomes) == [False] + [True] * 7
            assert {outcome.position for outcome in outcomes} == {before + 1}
            assert len(ledger.history(home.id)) == 1


def test_one_command_raced_by_eight_processes_worth_of_ledgers(database_url: str) -> None:
    ledgers = [open_ledger(Settings(database_url, pool_size=2)) for _ in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS) as writers:
        for _ in range(10):
            home, same = new(), stamp()
            racing = [writers.submit(at.record, visit, Visit(), same, home) for at in ledgers]
            assert sum(not race.result().repeated for race in racing) == 1
            assert len(ledgers[0].history(home.id)) == 1
    for at in ledgers:
        at.close()


def test_eight_writers_of_one_household_all_get_their_turn(ledger: Ledger) -> None:
    """The second of two commands on one stream waits for the next batch; none is lost."""
    home = new()
    ledger.record(visit, Visit(), stamp(), home)
    with ThreadPoolExecutor(WRITERS) as writers:
        done = list(writers.map(lambda _: _persistently(ledger, home.id), range(40)))
    assert len({outcome.position for outcome in done}) == 40
    assert ledger.recall(known(home.id)).version == 41


def _persistently(ledger: Ledger, home: UUID) -> Outcome:
    command = stamp()
    while True:
        try:
            return ledger.record(visit, Visit(), command, known(home))
        except Overtaken:
            continue


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_lost_connection_is_cleared_up_by_the_command_id(
    far: Ledger, ledger: Ledger, proxy: Proxy, moment: str
) -> None:
    home = new()
    setattr(proxy, moment, 1)
    outcome = far.record(visit, Visit(), stamp(), home)
    assert proxy.cuts == 1
    assert outcome.position == 2
    assert [r.version for r in ledger.history(home.id)] == [1]


@pytest.mark.parametrize(("moment", "there"), [("before", 1), ("after", 2)])
def test_what_cannot_be_cleared_up_is_unknown_and_can_be_asked_again(
    far: Ledger, ledger: Ledger, proxy: Proxy, moment: str, there: int
) -> None:
    home, command = new(), stamp()
    setattr(proxy, moment, 2)
    with pytest.raises(OutcomeUnknown):
        far.record(visit, Visit(), command, home)
    assert ledger.head() == there
    outcome = far.record(visit, Visit(), command, home)
    assert outcome.position == ledger.head() == 2
    assert outcome.repeated == (there == 2)


def test_random_cuts_lose_and_double_nothing(
    far: Ledger, ledger: Ledger, proxy: Proxy, nightly: int
) -> None:
    chance, home, commands = random.Random(7), new(), 40 * nightly
    for _ in range(commands):
        command = stamp()
        if chance.random() < 0.5:
            setattr(proxy, chance.choice(["before", "after"]), chance.choice([1, 2]))
        while True:
            try:
                far.record(visit, Visit(), command, home)
                break
            except (OutcomeUnknown, LedgerUnavailable):
                continue
        proxy.before = proxy.after = 0
    assert len(ledger.history(home.id)) == commands
    assert proxy.cuts > commands / 4


def test_a_read_cut_twice_is_unavailable_and_cut_once_is_not_felt(database_url: str) -> None:
    proxy = Proxy(database_url, marker=b"ledger.facts")
    far = open_ledger(Settings(proxy.url, timeout=10))
    proxy.before = 1
    assert far.read(0, 10) == []
    proxy.before = 2
    with pytest.raises(LedgerUnavailable):
        far.history(uuid4())
    far.close()
    proxy.close()


def test_facts_without_a_command_stay_unknown_when_the_answer_is_lost(
    far: Ledger, proxy: Proxy
) -> None:
    proxy.after = 1
    assert isinstance(far.log, LedgerRecorder)
    with pytest.raises(OutcomeUnknown):
        far.log.insert_events([StoredEvent(uuid4(), 1, "Visit", b"{}")])


def test_a_batch_with_one_bad_command_records_the_others(ledger: Ledger) -> None:
    assert isinstance(ledger.log, LedgerRecorder)
    good, bad = (stamp() for _ in range(2)), "\0"
    units = [unit(next(good)), unit(stamp(), bad), unit(next(good))]
    first, refused, last = ledger.log.write(units)
    assert isinstance(refused, psycopg.DataError)
    assert [answer.kept[0].position for answer in (first, last) if isinstance(answer, Answer)] == [
        1,
        2,
    ]
