"""Live tables against the log: a wrong projection is found and named, while writes go on."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from threading import Event, Thread
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.events.membership import HouseholdOpened
from domain.events.referral import LeadAgencyNamed
from domain.labels import Category, Label
from domain.ledger import Ledger, Recorded
from domain.ledger.datastore import Datastore
from projections import caseload, comparisons, timeline
from projections.every import PROJECTIONS
from projections.projection import Projection
from projections.rebuild import BeingRebuilt, Rebuild
from projections.runner import Runner
from projections.table import Row
from replays.comparing import Comparison, NotComparable, compare
from tests.projections.conftest import MakeRunner
from tests.projections.given import Told, tables
from tests.projections.test_runner import contact, correct, health, until, working

LABEL = Label(agency="shakyo", desk="sodan", category=Category.PROGRESS)
Mistake = Callable[[Row], Iterable[Row]]
Planted = Callable[[Projection, Mistake], Comparison]


def led() -> LeadAgencyNamed:
    return LeadAgencyNamed(occurred_on="2026-04-01", label=LABEL, agency="hoken", desk="sodan")


def opened() -> HouseholdOpened:
    return HouseholdOpened(occurred_on="2026-04-01", label=LABEL)


@pytest.fixture
def household(told: Told) -> UUID:
    """One among others that nobody mistakes."""
    for _ in range(3):
        told(uuid4(), opened(), led(), contact())
    household = uuid4()
    told(household, opened(), led(), contact(), contact())
    return household


def wrong(projection: Projection, household: UUID, mistake: Mistake) -> Projection:
    """The projection with a bug in what it makes of one household."""

    def rows(recorded: Recorded) -> Iterable[Row]:
        for row in projection.rows(recorded):
            yield from mistake(row) if recorded.stream == household else (row,)

    return replace(projection, rows=rows)


@pytest.fixture
def planted(
    household: UUID, make_runner: MakeRunner, datastore: Datastore, ledger: Ledger
) -> Planted:
    """What comparing the tables of a planted bug with the projection as it should be comes to."""

    def found(right: Projection, mistake: Mistake) -> Comparison:
        make_runner([wrong(right, household, mistake)]).catch_up()
        (compared,) = compare(datastore, ledger, right)
        return compared

    return found


def test_a_wrong_column_is_named_with_its_household(household: UUID, planted: Planted) -> None:
    def other_desk(row: Row) -> Iterable[Row]:
        desk = {"desk": "elsewhere"} if "desk" in row.columns else {}
        yield row._replace(columns={**row.columns, **desk})

    compared = planted(caseload.PROJECTION, other_desk)
    (first,) = compared.differences
    assert (compared.streams, compared.differing) == (4, 1)
    assert (first.stream, first.table, first.column) == (household, "caseload", "desk")
    assert (first.key, first.what) == ("household", "changed")


def test_a_fact_told_twice_is_named(household: UUID, planted: Planted) -> None:
    def twice(row: Row) -> Iterable[Row]:
        yield row
        yield row

    (first,) = planted(timeline.PROJECTION, twice).differences
    assert (first.stream, first.column, first.what) == (household, "told", "changed")
    assert first.fact == "ContactMade 3"


def test_a_row_too_few_is_named(household: UUID, planted: Planted) -> None:
    def lost(row: Row) -> Iterable[Row]:
        return () if row.key == "ContactMade:000004" else (row,)

    (first,) = planted(timeline.PROJECTION, lost).differences
    assert (first.stream, first.key) == (household, "ContactMade:000004")
    assert (first.table, first.what) == ("timeline", "missing")


def test_a_row_too_many_is_named(household: UUID, planted: Planted) -> None:
    def doubled(row: Row) -> Iterable[Row]:
        return (row, row._replace(key=f"{row.key}x"))

    (first,) = planted(timeline.PROJECTION, doubled).differences
    assert (first.stream, first.what) == (household, "surplus")


def test_a_household_put_aside_by_mistake_is_named(household: UUID, planted: Planted) -> None:
    def stumbles(_row: Row) -> Iterable[Row]:
        raise ValueError

    compared = planted(timeline.PROJECTION, stumbles)
    assert [(each.stream, each.what) for each in compared.differences] == [(household, "aside")]
    assert compared.differing == 1


def test_what_cannot_be_read_by_either_is_no_difference(
    told: Told, household: UUID, runner: Runner, datastore: Datastore, ledger: Ledger
) -> None:
    told.stored([(household, "ContactMade", b'{"author":{},"fact":{"outreach":1}}')])
    runner.catch_up()
    assert not any(each.differing for each in compare(datastore, ledger, timeline.PROJECTION))


def test_of_many_differences_some_are_named_and_all_are_counted(
    told: Told, make_runner: MakeRunner, datastore: Datastore, ledger: Ledger
) -> None:
    for _ in range(5):
        told(uuid4(), contact())

    def nothing(_recorded: Recorded) -> Iterable[Row]:
        return ()

    make_runner([replace(timeline.PROJECTION, rows=nothing)]).catch_up()
    (compared,) = compare(datastore, ledger, timeline.PROJECTION, most=2)
    assert (compared.differing, len(compared.differences)) == (5, 2)


def test_the_same_is_found_while_writes_go_on(
    told: Told, make_runner: MakeRunner, datastore: Datastore, ledger: Ledger, url: str
) -> None:
    """Corrections among them: however the live tables came about, they are as the log has them."""
    streams, stopping, reached = [uuid4() for _ in range(8)], Event(), [0]
    told.all([(stream, contact()) for stream in streams for _ in range(40)])

    def write() -> None:
        while not stopping.is_set():
            told.all([(stream, contact()) for stream in streams])
            told(streams[0], correct(1, contact()))

    with working(make_runner(batch=25)):
        writing = Thread(target=write)
        writing.start()
        try:
            for _ in range(3):
                until(lambda: health(url, ledger)["case_view"].position > reached[-1])
                found = compare(datastore, ledger, *PROJECTIONS, batch=100)
                assert [each for each in found if each.differing] == []
                reached.append(max(each.position for each in found))
        finally:
            stopping.set()
            writing.join()


@pytest.mark.usefixtures("household")
def test_nothing_is_left_of_the_scratch_tables(
    runner: Runner, datastore: Datastore, ledger: Ledger, url: str
) -> None:
    runner.catch_up()
    with psycopg.connect(url, autocommit=True) as connection:
        before = sorted(tables(connection))
        compare(datastore, ledger, *PROJECTIONS)
        assert sorted(tables(connection)) == before
        query = "SELECT count(*) FROM projections.places WHERE name LIKE '%scratch%'"
        assert connection.execute(query).fetchone() == (0,)
        query = "SELECT count(*) FROM pg_class WHERE relname LIKE '%scratch%'"
        assert connection.execute(query).fetchone() == (0,)


def test_the_result_is_kept_until_the_tables_are_replaced(
    planted: Planted, datastore: Datastore, ledger: Ledger
) -> None:
    def nothing(_row: Row) -> Iterable[Row]:
        return ()

    planted(timeline.PROJECTION, nothing)
    with datastore.session() as connection:
        kept = comparisons.last(connection)["timeline"]
        assert (kept.streams, kept.differing) == (4, 1)
        Rebuild(datastore, ledger, timeline.PROJECTION).run()
        assert comparisons.last(connection) == {}
        compare(datastore, ledger, timeline.PROJECTION)
        assert comparisons.last(connection)["timeline"].differing == 0


def test_tables_of_another_shape_or_being_rebuilt_are_not_compared(
    runner: Runner,
    datastore: Datastore,
    ledger: Ledger,
    url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("projections.rebuild.PATIENCE", 0.1)
    runner.catch_up()
    newer = replace(timeline.PROJECTION, shape=timeline.PROJECTION.shape + 1)
    with pytest.raises(NotComparable):
        compare(datastore, ledger, newer)
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended('timeline', 7363837276))")
        with pytest.raises(BeingRebuilt):
            compare(datastore, ledger, timeline.PROJECTION)


def test_the_same_facts_written_otherwise_are_no_difference(
    told: Told, runner: Runner, datastore: Datastore, ledger: Ledger, url: str
) -> None:
    """An older version of the product may have written the same fact with other spaces."""
    told(uuid4(), contact())
    runner.catch_up()
    with psycopg.connect(url) as owner:
        owner.execute("UPDATE projections.timeline SET told = replace(told, ',\"', ', \"')")
    (compared,) = compare(datastore, ledger, timeline.PROJECTION)
    assert (compared.streams, compared.differing) == (1, 0)
