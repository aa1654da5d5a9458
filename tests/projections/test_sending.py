"""What is sent arrives as it was, and before anybody waits for the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection

from domain.ledger.datastore import Datastore
from projections.sending import Texts, Uuids, sent
from projections.table import SCRATCH, Cell, Table, write

_ASKED = "SELECT %b::uuid[] AS streams, %b::text[] AS told"
_MEASURED = "SELECT octet_length(array_to_string(%b::text[], '')) AS size"
_EACH, _SIZE = 4000, 2000
_ECHOED = "SELECT %b::text[] AS told"
_PATIENCE = 20


@pytest.mark.parametrize(
    ("streams", "told"),
    [
        ([], []),
        ([UUID(int=0)], [""]),
        ([uuid4(), uuid4()], ['{"text":"封1.7.text.12.\\"二階\\""}', "NULL,{}\n"]),
    ],
)
def test_arrays_arrive_as_they_were(
    datastore: Datastore, streams: list[UUID], told: list[str]
) -> None:
    with datastore.session() as connection:
        given = Uuids(streams), Texts([text.encode() for text in told])
        found = connection.execute(_ASKED, given).fetchone()
    assert found == {"streams": streams, "told": told}


def test_the_server_has_all_of_a_large_page_before_anybody_waits_for_its_answer(
    datastore: Datastore,
) -> None:
    large = Texts([b"x" * _SIZE] * _EACH)
    with datastore.session() as connection, connection.pipeline():
        answer = connection.execute(_MEASURED, [large])
        assert connection.pgconn.flush(), "the socket took all of it at once: not large enough"
        sent(connection)
        assert not connection.pgconn.flush()
    assert answer.fetchone() == {"size": _EACH * _SIZE}


def test_a_page_that_is_written_is_on_its_way_before_the_next_is_read(
    datastore: Datastore,
) -> None:
    table = Table("large")
    rows = {(uuid4(), ""): Cell() for _ in range(_EACH)}
    for cell in rows.values():
        cell.told.append(b"x" * _SIZE)
    with datastore.session() as connection:
        for statement in table.create(SCRATCH):
            connection.execute(statement)
        with connection.pipeline():
            write(connection, {table: rows}, SCRATCH)
            assert not connection.pgconn.flush(), "part of it still waits here"
        measured = f"SELECT sum(length(told)) AS size FROM {SCRATCH.of(table.name)}"  # noqa: S608
        assert connection.execute(measured).fetchone() == {"size": _EACH * _SIZE}


@contextmanager
def ended_after(seconds: float, connection: Connection[Any], url: str) -> Iterator[None]:
    """Whoever waits in vain for the server is told in the end."""

    def end() -> None:
        with psycopg.connect(url, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (connection.info.backend_pid,))

    timer = Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def test_an_answer_on_its_way_back_does_not_stop_what_is_sent(
    datastore: Datastore, url: str
) -> None:
    """The server takes nothing more until somebody takes what it answers."""
    large = Texts([b"x" * _SIZE] * _EACH)
    with (
        datastore.session() as connection,
        ended_after(_PATIENCE, connection, url),
        connection.pipeline(),
    ):
        echoed, other = (connection.execute(_ECHOED, [large]) for _ in range(2))
        sent(connection)
        for answer in (echoed, other):
            assert answer.fetchone() == {"told": ["x" * _SIZE] * _EACH}


def test_outside_a_pipeline_there_is_nothing_to_wait_for(datastore: Datastore) -> None:
    with datastore.session() as connection:
        sent(connection)
        assert connection.execute("SELECT 1 AS one").fetchone() == {"one": 1}
