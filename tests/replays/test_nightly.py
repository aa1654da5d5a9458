"""Once a night the tables are compared with the log, by one process; the clock is the test's."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from api.settings import Settings as Environment
from api.settings import WrongSettings, read_settings
from domain.ledger import PROJECTOR, Settings, open_datastore, open_ledger
from domain.ledger.datastore import Datastore
from domain.values import JST
from projections import caseload, timeline
from projections.rebuild import alone
from projections.runner import Runner
from replays.comparing import Comparison, NotComparable
from replays.comparing.nightly import Nightly, began
from tests.conftest import MakeDatabase
from tests.faults.clients import until
from tests.laws.acts import lived

NIGHT = datetime.now(JST).replace(microsecond=0)
"""The night begins now, for the database tells by its own clock when it was compared."""


@pytest.fixture
def runner(make_database: MakeDatabase) -> Iterator[Runner]:
    wanted = Settings(make_database(demonstration=True))
    with (
        closing(open_ledger(wanted)) as ledger,
        closing(open_ledger(wanted, role=PROJECTOR)) as read_by,
        closing(open_datastore(wanted, PROJECTOR)) as tables,
    ):
        lived([], ledger)
        runner = Runner(tables, read_by, [caseload.PROJECTION, timeline.PROJECTION])
        runner.prepare()
        runner.catch_up()
        yield runner


class Clock:
    """The watch of the process, and what it was told."""

    def __init__(self, runner: Runner) -> None:
        self.now = NIGHT
        self.heard: list[Sequence[Comparison] | Exception] = []
        self.night = Nightly(NIGHT.time(), [runner], self.heard.append, lambda: self.now)

    def after(self, passed: timedelta) -> int:
        """How much was heard by then."""
        self.now = NIGHT + passed
        self.night.turn()
        return len(self.heard)


def kept(tables: Datastore) -> list[Any]:
    with tables.session() as connection:
        query = "SELECT name, differing FROM projections.comparisons ORDER BY name"
        return [tuple(row) for row in _plain(connection).execute(query).fetchall()]


def _plain(connection: psycopg.Connection[Any]) -> psycopg.Cursor[Any]:
    return connection.cursor(row_factory=psycopg.rows.tuple_row)


def test_it_is_night_from_the_hour_on_and_not_by_day() -> None:
    at = time(3)
    for hour, minute, night in ((2, 59, False), (3, 0, True), (6, 59, True), (7, 0, False)):
        assert (began(datetime(2026, 4, 1, hour, minute, tzinfo=JST), at) is not None) == night
    late = began(datetime(2026, 4, 2, 1, 0, tzinfo=JST), time(23))
    assert late == datetime(2026, 4, 1, 23, 0, tzinfo=JST)


def test_each_night_once_and_kept_for_health(runner: Runner) -> None:
    clock = Clock(runner)
    assert clock.after(timedelta(minutes=-1)) == 0
    assert clock.after(timedelta(0)) == 1
    assert kept(runner.datastore) == [("caseload", 0), ("timeline", 0)]
    assert clock.after(timedelta(minutes=1)) == 1
    assert clock.after(timedelta(hours=5)) == 1
    assert clock.after(timedelta(days=1)) == 2


def test_what_differs_is_told(runner: Runner) -> None:
    with runner.datastore.session() as connection:
        connection.execute(
            "UPDATE projections.caseload SET desk = 'elsewhere' WHERE key = 'household'"
        )
    clock = Clock(runner)
    clock.after(timedelta(0))
    assert ("caseload", 1) in kept(runner.datastore)


def test_of_several_processes_one_does_it(runner: Runner) -> None:
    clocks, ready = [Clock(runner) for _ in range(3)], Barrier(3)

    def works(clock: Clock) -> None:
        ready.wait()
        clock.after(timedelta(0))

    threads = [Thread(target=works, args=(clock,)) for clock in clocks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(clock.heard) for clock in clocks].count(1) == 1
    assert len(kept(runner.datastore)) == 2


def test_while_a_table_is_rebuilt_it_waits_and_then_compares(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(runner)
    with (
        runner.datastore.fresh() as connection,
        alone(connection, "caseload"),
        monkeypatch.context() as hurried,
    ):
        hurried.setattr("projections.rebuild.PATIENCE", 0.0)
        assert clock.after(timedelta(0)) == 0
    until(lambda: clock.after(timedelta(minutes=1)) == 1)  # once the first try has let go


def test_what_goes_wrong_is_told_and_tried_again_half_an_hour_later(runner: Runner) -> None:
    other = caseload.PROJECTION.__class__("caseload", 999, caseload.PROJECTION.tables, lambda _: ())
    runner.projections["caseload"] = other
    clock = Clock(runner)
    assert clock.after(timedelta(0)) == 1
    assert isinstance(clock.heard[0], NotComparable)
    runner.projections["caseload"] = caseload.PROJECTION
    assert clock.after(timedelta(minutes=29)) == 1
    until(lambda: clock.after(timedelta(minutes=30)) == 2)  # once the first has let go


def test_the_hour_is_a_setting() -> None:
    assert read_settings({}).compare_at == time(3)
    assert read_settings({"SETAI_COMPARE_AT": "01:30"}).compare_at == time(1, 30)
    assert read_settings({"SETAI_COMPARE_AT": "never"}).compare_at == "never"
    assert isinstance(Environment().compare_at, time)
    with pytest.raises(WrongSettings, match="03:00"):
        read_settings({"SETAI_COMPARE_AT": str(uuid4())})
