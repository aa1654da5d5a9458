"""What is sent arrives as it was, and before anybody waits for the answer."""

from uuid import UUID, uuid4

import pytest

from domain.ledger.datastore import Datastore
from projections.sending import Texts, Uuids, sent

_ASKED = "SELECT %b::uuid[] AS streams, %b::text[] AS told"
_MEASURED = "SELECT octet_length(array_to_string(%b::text[], '')) AS size"
_EACH, _SIZE = 4000, 2000


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


def test_outside_a_pipeline_there_is_nothing_to_wait_for(datastore: Datastore) -> None:
    with datastore.session() as connection:
        sent(connection)
        assert connection.execute("SELECT 1 AS one").fetchone() == {"one": 1}
