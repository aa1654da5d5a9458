"""Exactly once, through two workers, killed processes, dead connections, unreadable facts."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from domain.events.consent import InformationShared, LabelTightened
from domain.events.rights import FactCorrected
from domain.events.support import ContactMade
from domain.labels import Category, Label, Paragraph
from domain.ledger import API, Ledger, Recorded, Settings, open_datastore
from domain.ledger.datastore import Datastore
from domain.values import Personal
from projections import case_view, disclosures, places, timeline
from projections.arrivals import Arrivals
from projections.every import PROJECTIONS
from projections.page import read_page
from projections.places import Health
from projections.reading import groups
from projections.rebuild import BeingRebuilt, Rebuild, alone
from projections.runner import Runner
from tests.projections.conftest import MakeRunner
from tests.projections.given import Rows, Told, of_streams, oracle, rows

LABEL = Label(agency="shakyo", desk="sodan", category=Category.PROGRESS)
NOT_JSON = ("ContactMade", b'{"author":{},"fact":{"outreach":1}}')


def contact(text: str = "会えた。") -> ContactMade:
    return ContactMade(
        occurred_on="2026-04-01",
        label=LABEL,
        outreach=uuid4(),
        method="visit",
        met_person=True,
        consented=True,
        narrative=(Paragraph(text=Personal(text), label=LABEL),),
    )


def correct(of: int, replacement: ContactMade) -> FactCorrected:
    return FactCorrected(
        occurred_on="2026-04-02",
        label=LABEL,
        of=of,
        reason=Personal("聞きちがい"),
        replacement_kind="ContactMade",
        replacement=replacement,
    )


def share() -> InformationShared:
    return InformationShared(
        occurred_on="2026-04-01",
        label=LABEL,
        share=uuid4(),
        to_agency="hoken",
        purpose="support",
        categories=(Category.PROGRESS,),
    )


def found(url: str) -> Rows:
    with psycopg.connect(url) as connection:
        return rows(connection, PROJECTIONS)


def health(url: str, ledger: Ledger) -> dict[str, Health]:
    with psycopg.connect(url) as connection:
        return {each.name: each for each in places.health(connection, ledger.head())}


def until(true: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it has not come about"
        time.sleep(0.02)


@contextmanager
def working(runner: Runner) -> Iterator[None]:
    thread = Thread(target=runner.run)
    thread.start()
    try:
        yield
    finally:
        runner.stop()
        thread.join()


def wrong(ledger: Ledger, url: str, streams: list[UUID]) -> list[Any]:
    """The rows that are not what the facts add up to."""
    expected, held = oracle(PROJECTIONS, ledger, streams, ledger.head()), found(url)
    return [
        place for place in expected.keys() | held.keys() if expected.get(place) != held.get(place)
    ]


def test_what_went_wrong_is_over_once_there_is_nothing_left_to_do(
    ledger: Ledger, told: Told, runner: Runner, url: str
) -> None:
    """The server may be back before the failure is noted, and nobody may write that night."""
    told(uuid4(), contact())
    runner.catch_up()
    with runner.datastore.session() as connection:
        places.note_error(connection, list(runner.projections), "OperationalError")
    assert all(each.error for each in health(url, ledger).values())
    runner.catch_up()
    assert not any(each.error for each in health(url, ledger).values())


def test_a_runner_at_work_hears_of_new_facts_at_once(
    told: Told, make_runner: MakeRunner, url: str
) -> None:
    runner = make_runner()
    runner.poll = 30
    arrivals = Arrivals(open_datastore(Settings(url), API)).start()
    household, waits = uuid4(), []
    with working(runner):
        assert arrivals.wait_for(told(household, contact()), ["case_view"], 10)
        for _ in range(20):
            position = told(household, contact())
            began = time.monotonic()
            assert arrivals.wait_for(position, ["case_view", "timeline"], 10)
            waits.append(time.monotonic() - began)
            with psycopg.connect(url) as connection:
                kept = of_streams(rows(connection, [timeline.PROJECTION]), [household])
            assert len(kept) == told.versions[household]
    arrivals.close()
    assert sorted(waits)[10] < 0.1


@pytest.mark.usefixtures("runner")
def test_waiting_ends_when_nothing_arrives(url: str) -> None:
    arrivals = Arrivals(open_datastore(Settings(url), API)).start()
    assert not arrivals.wait_for(99, ["case_view"], 0.1)
    arrivals.close()


def test_what_was_reached_is_not_relied_on_once_the_connection_is_lost(
    told: Told, make_runner: MakeRunner, url: str
) -> None:
    """A server that died may have lost of the tables what was not on its disk."""
    arrivals, runner = Arrivals(open_datastore(Settings(url), API)).start(), make_runner()
    position = told(uuid4(), contact())
    runner.catch_up()
    assert arrivals.wait_for(position, ["case_view"], 10)
    name = conninfo_to_dict(url)["dbname"]
    with psycopg.connect(url, dbname="postgres", autocommit=True) as owner:
        owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            until(lambda: not arrivals.wait_for(position, ["case_view"], 0))
        finally:
            owner.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert arrivals.wait_for(position, ["case_view"], 10)
    arrivals.close()


def test_two_workers_apply_each_fact_once(
    ledger: Ledger, told: Told, make_runner: MakeRunner, url: str
) -> None:
    streams = [uuid4() for _ in range(10)]
    first, second = make_runner(batch=7), make_runner(batch=5)
    with working(first), working(second):
        for place in range(300):
            told(streams[place % 10], contact(), share())
        last = ledger.head()
        until(lambda: all(each.position == last for each in health(url, ledger).values()))
    assert wrong(ledger, url, streams) == []


@pytest.mark.usefixtures("runner")
def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    ledger: Ledger, told: Told, url: str, nightly: int
) -> None:
    streams = [uuid4() for _ in range(10)]
    command = [sys.executable, "-W", "ignore", "-m", "tests.projections.worker", url, "10"]
    dice = random.Random(4)
    workers = [subprocess.Popen(command) for _ in range(2)]
    try:
        for _ in range(10 * nightly):
            end = time.monotonic() + dice.uniform(0.05, 0.5)
            while time.monotonic() < end:
                told.all([(stream, contact()) for stream in streams])
            workers.append(subprocess.Popen(command))
            killed = workers.pop(0)
            killed.kill()
            killed.wait()
        last = ledger.head()
        until(
            lambda: all(each.position == last for each in health(url, ledger).values()),
            seconds=20 * nightly,
        )
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert wrong(ledger, url, streams) == []


def test_dead_connections_are_replaced(
    ledger: Ledger, told: Told, make_runner: MakeRunner, url: str
) -> None:
    streams, runner = [uuid4() for _ in range(5)], make_runner(batch=3)
    kill = """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name LIKE '%project%'
    """
    with working(runner), psycopg.connect(url, autocommit=True) as owner:
        for _ in range(5):
            told.all([(stream, contact()) for stream in streams])
            owner.execute(kill)
        last = ledger.head()
        until(lambda: all(each.position == last for each in health(url, ledger).values()))
    assert wrong(ledger, url, streams) == []


def test_a_household_that_cannot_be_read_is_put_aside(
    ledger: Ledger, told: Told, runner: Runner, url: str
) -> None:
    bad, good = uuid4(), uuid4()
    told(bad, contact())
    told.stored([(bad, *NOT_JSON)])
    told(bad, contact())
    told(good, contact())
    runner.catch_up()
    seen = health(url, ledger)
    assert seen["case_view"].behind == 0
    assert [(each.stream, each.version) for each in seen["case_view"].aside] == [(bad, 2)]
    kept = found(url)
    assert "ContactMade:000001" in told_rows(kept, good)
    assert [place[2] for place in of_streams(kept, [bad]) if place[0] == "timeline"] == [
        "ContactMade:000001"
    ]


def told_rows(kept: Rows, stream: UUID) -> Iterator[str]:
    return (key for _, of, key in kept if of == stream)


def test_the_register_of_disclosures_stands_still_where_others_go_on(
    ledger: Ledger, told: Told, runner: Runner, url: str
) -> None:
    bad, good = uuid4(), uuid4()
    told(good, share())
    position = told.stored([(bad, *NOT_JSON)])
    told(good, share())
    runner.catch_up()
    seen = health(url, ledger)
    assert seen["timeline"].behind == 0
    assert seen["disclosures"].position == position - 1
    assert "UnknownFact" in (seen["disclosures"].error or "") or "ContactMade" in (
        seen["disclosures"].error or ""
    )
    assert len([place for place in found(url) if place[0] == "disclosures"]) == 1


def test_a_household_is_released_by_rebuilding(
    ledger: Ledger, told: Told, make_runner: MakeRunner, url: str, datastore: Datastore
) -> None:
    household = uuid4()

    def clumsy(recorded: Recorded) -> Any:
        if recorded.version == 2:
            raise ValueError("too clumsy")
        return timeline.rows(recorded)

    runner = make_runner([replace(timeline.PROJECTION, rows=clumsy)])
    told(household, contact(), contact(), contact())
    runner.catch_up()
    (aside,) = health(url, ledger)["timeline"].aside
    assert (aside.stream, aside.reason) == (household, "ValueError: too clumsy")
    Rebuild(datastore, ledger, timeline.PROJECTION).run()
    assert health(url, ledger)["timeline"].aside == ()
    with psycopg.connect(url) as connection:
        assert len(rows(connection, [timeline.PROJECTION])) == 3


def test_rows_the_database_refuses_put_only_their_household_aside(
    ledger: Ledger, told: Told, make_runner: MakeRunner, url: str
) -> None:
    bad, good = uuid4(), uuid4()

    def odd(recorded: Recorded) -> Any:
        for row in timeline.rows(recorded):
            yield row._replace(key="\0") if recorded.stream == bad else row

    runner = make_runner([replace(timeline.PROJECTION, rows=odd), case_view.PROJECTION])
    told.all([(good, contact()), (bad, contact()), (good, contact())])
    runner.catch_up()
    assert [each.stream for each in health(url, ledger)["timeline"].aside] == [bad]
    with psycopg.connect(url) as connection:
        assert len(rows(connection, [timeline.PROJECTION])) == 2
        assert len(rows(connection, [case_view.PROJECTION])) == 3


def test_tables_are_swapped_while_facts_are_written(
    ledger: Ledger, told: Told, make_runner: MakeRunner, datastore: Datastore, url: str
) -> None:
    streams = [uuid4() for _ in range(10)]
    told.all([(stream, contact()) for stream in streams for _ in range(300)])
    runner = make_runner()
    with working(runner):
        writing = Thread(
            target=lambda: [told.all([(s, contact()) for s in streams]) for _ in range(100)]
        )
        writing.start()
        for _ in range(3):
            Rebuild(datastore, ledger, case_view.PROJECTION, batch=500).run()
        writing.join()
        last = ledger.head()
        until(lambda: health(url, ledger)["case_view"].position == last)
        until(lambda: health(url, ledger)["timeline"].position == last)
    assert wrong(ledger, url, streams) == []


@pytest.mark.usefixtures("runner")
def test_only_one_rebuilds_at_a_time(ledger: Ledger, datastore: Datastore, url: str) -> None:
    rebuild = Rebuild(datastore, ledger, case_view.PROJECTION)
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('case_view', 7363837276))")
        with pytest.raises(BeingRebuilt):
            rebuild.run(patience=0.1)


def test_the_next_may_rebuild_as_soon_as_the_first_has_done(
    ledger: Ledger, datastore: Datastore
) -> None:
    rebuild = Rebuild(datastore, ledger, case_view.PROJECTION)
    with datastore.fresh() as connection, datastore.fresh() as other:
        with alone(connection, "case_view"), pytest.raises(BeingRebuilt):
            rebuild.run(patience=0)
        with alone(other, "case_view", patience=0):
            assert not connection.closed


def test_another_shape_is_rebuilt_before_it_is_carried_on(
    ledger: Ledger, told: Told, make_runner: MakeRunner, datastore: Datastore, url: str
) -> None:
    household = uuid4()
    runner = make_runner([case_view.PROJECTION])
    told(household, contact())
    runner.catch_up()
    newer = replace(case_view.PROJECTION, shape=case_view.PROJECTION.shape + 1)
    late = make_runner([newer])
    told(household, contact())
    assert late.prepare() == ["case_view"]
    assert late.step() == 0
    Rebuild(datastore, ledger, newer).run()
    assert late.prepare() == []
    assert health(url, ledger)["case_view"].behind == 0
    told(household, contact())
    assert (runner.step(), late.step()) == (0, 1)


def test_a_correction_rewrites_what_its_stream_says(told: Told, runner: Runner, url: str) -> None:
    household = uuid4()
    first = contact("まちがい")
    told(household, first, contact("別の日"))
    runner.catch_up()
    mended = first.model_copy(
        update={"narrative": (Paragraph(text=Personal("正しい"), label=LABEL),)}
    )
    told(household, correct(1, mended))
    runner.catch_up()
    with psycopg.connect(url) as connection:
        query = (
            "SELECT stream, key, told FROM projections.timeline"
            " WHERE stream = %s AND key LIKE 'Contact%%'"
        )
        shown = groups(connection.execute(query, (household,)))
    assert len(shown) == 2
    assert sorted(told.words(shown).split()) == ["別の日", "正しい"]


def test_a_changed_label_has_a_row_of_its_own_and_rewrites_nothing(
    told: Told, runner: Runner, url: str
) -> None:
    household = uuid4()
    tightened = LabelTightened(
        occurred_on="2026-04-02", label=LABEL, of=1, category=Category.HEALTH
    )
    told(household, contact(), tightened)
    runner.catch_up()
    with psycopg.connect(url) as connection:
        query = "SELECT key, told FROM projections.case_view WHERE stream = %s ORDER BY key"
        (label, _), (_, text) = connection.execute(query, (household,)).fetchall()
    assert label == "label:000002"
    assert '"category":"health"' not in text


def test_what_a_correction_put_in_place_says_whose_words_it_has(
    told: Told, runner: Runner, url: str
) -> None:
    household = uuid4()
    told(household, contact(), correct(1, contact("正しい")), contact())
    runner.catch_up()
    with psycopg.connect(url) as connection:
        query = "SELECT stream, key, told FROM projections.timeline WHERE stream = %s ORDER BY key"
        read = groups(connection.execute(query, (household,)))
    words = {item.version: item.words for group in read for item in group.items}
    assert words == {1: 2, 2: 2, 3: 3}


def test_a_page_can_be_cut_where_another_projection_stands(ledger: Ledger, told: Told) -> None:
    last = told(uuid4(), contact(), contact(), contact())
    page = read_page(ledger, 0, 10)
    assert page.last == last
    assert len(page.until(last - 1).reads) == 2


def test_a_new_projection_catches_up_with_the_others(
    ledger: Ledger, told: Told, make_runner: MakeRunner, url: str
) -> None:
    household = uuid4()
    told(household, contact(), contact(), share())
    make_runner([timeline.PROJECTION], batch=2).catch_up()
    told(household, contact())
    make_runner([timeline.PROJECTION, disclosures.PROJECTION], batch=2).catch_up()
    both = [timeline.PROJECTION, disclosures.PROJECTION]
    with psycopg.connect(url) as connection:
        assert rows(connection, both) == oracle(both, ledger, [household], ledger.head())
