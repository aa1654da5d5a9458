"""Whatever happened, in whatever pieces it was applied, the tables say what the facts add up to."""

from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.events import Fact
from domain.ledger import Ledger
from domain.ledger.datastore import Datastore
from projections.every import PROJECTIONS
from projections.rebuild import Rebuild
from projections.runner import Runner
from tests.facts import any_fact
from tests.projections.conftest import MakeRunner
from tests.projections.given import Told, of_streams, oracle, rows

KINDS = ("household", "household", "person", "sitting")
Place = tuple[int, Fact]


def interleaved() -> st.SearchStrategy[list[Place]]:
    """Facts of four streams in any order, corrections and stricter labels among them."""
    one = st.sampled_from(range(len(KINDS))).flatmap(
        lambda place: st.tuples(st.just(place), any_fact(KINDS[place]))
    )
    return st.lists(one, min_size=1, max_size=40)


@pytest.fixture
def runners(make_runner: MakeRunner) -> dict[int, Runner]:
    return {size: make_runner(batch=size) for size in (1, 2, 7, 2000)}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=interleaved(), sizes=st.lists(st.sampled_from([1, 2, 7, 2000]), min_size=1))
def test_the_tables_are_what_the_facts_add_up_to(
    url: str, ledger: Ledger, runners: dict[int, Runner], facts: list[Place], sizes: list[int]
) -> None:
    told = Told(ledger)
    streams = [uuid4() for _ in KINDS]
    last = told.all([(streams[place], fact) for place, fact in facts])
    while any(runners[size].step() for size in sizes):
        pass
    with psycopg.connect(url) as connection:
        found = of_streams(rows(connection, PROJECTIONS), streams)
    assert found == oracle(PROJECTIONS, ledger, streams, last)


def test_a_rebuild_says_the_same(
    url: str, ledger: Ledger, datastore: Datastore, runner: Runner, told: Told
) -> None:
    streams = [uuid4() for _ in range(20)]
    facts = random_facts(streams, 200)
    told.all(facts)
    runner.catch_up()
    with psycopg.connect(url) as connection:
        live = rows(connection, PROJECTIONS)
    for projection in PROJECTIONS:
        Rebuild(datastore, ledger, projection, batch=30).run()
    with psycopg.connect(url) as connection:
        assert rows(connection, PROJECTIONS) == live
    assert runner.step() == 0


def random_facts(streams: list[UUID], count: int) -> list[tuple[UUID, Fact]]:
    """Some facts of households: a fixed sample, not a law."""
    drawn: list[Fact] = []

    @settings(max_examples=count, database=None, derandomize=True, deadline=None)
    @given(any_fact("household"))
    def draw(fact: Fact) -> None:
        drawn.append(fact)

    draw()
    return [(streams[place % len(streams)], fact) for place, fact in enumerate(drawn)]
