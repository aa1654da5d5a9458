"""What the server says beside its answer: only a warning makes the outcome unknown."""

import psycopg
import pytest

from domain.ledger import OutcomeUnknown
from domain.ledger.append_only import warned

_SAYS = "DO $$ BEGIN RAISE {} 'said beside the answer'; END $$"


def test_a_warning_makes_the_outcome_unknown(database_url: str) -> None:
    with (
        psycopg.connect(database_url) as connection,
        pytest.raises(OutcomeUnknown),
        warned(connection),
    ):
        connection.execute(_SAYS.format("WARNING"))


def test_what_is_no_warning_leaves_what_was_answered_as_it_is(database_url: str) -> None:
    """As the word that the connection ends, which may come right behind an answer."""
    with psycopg.connect(database_url) as connection, warned(connection):
        answer = connection.execute(_SAYS.format("NOTICE"))
    assert answer.statusmessage == "DO"
