"""What is so today as known now is what everybody reads today; nobody sees more of the past."""

from random import Random
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from domain.clocks import Point
from domain.gate import Reader
from domain.values import JST
from projections.as_of import (
    Histories,
    case_as_of,
    caseload_as_of,
    course_as_of,
    disclosures_as_of,
    sitting_as_of,
    sittings_as_of,
    tasks_as_of,
)
from projections.case_view import case_view
from projections.caseload import Scope, caseload
from projections.disclosures import disclosures
from projections.sittings import sitting, sittings
from projections.tasks import tasks
from projections.timeline import timeline
from tests.by_night import BY_NIGHT
from tests.laws.acts import Step, consenting, lived, meeting, people, record, sharing, steps
from tests.laws.conftest import Stored
from tests.laws.town import EVERYBODY, Town, staff

STORED = 20 if BY_NIGHT else 6
READERS = 3
LIVES = steps(
    meeting.meet,
    meeting.plan,
    people.merge,
    people.conceal,
    people.one_person,
    sharing.refer,
    sharing.share_as_agreed,
    consenting.withdraw,
    record.correct,
    record.withdraw_misfilings,
    least=10,
    most=40,
)


def readers(town: Town) -> list[Reader]:
    """On the latest day of any town in the database, for the lists are of all of them."""
    at = town.ledger.now()
    today = at.astimezone(JST).date()
    return [Reader(staff(held), held, today, at) for held in dict.fromkeys(EVERYBODY)]


@settings(max_examples=STORED, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(lives=LIVES, seed=st.integers(0, 2**32))
def test_today_as_known_now_is_what_everybody_reads(
    stored: Stored, lives: list[Step], seed: int
) -> None:
    ledger, tables, runner = stored
    town = lived(lives, ledger, f"now {ledger.head()}")
    runner.catch_up()
    with tables.session() as connection:
        for reader in Random(seed).sample(readers(town), READERS):
            then = Histories(ledger.histories, Point(reader.today, ledger.head()))
            _assert_same(connection, town, reader, then)


def _assert_same(
    connection: Connection[Any], town: Town, reader: Reader, histories: Histories
) -> None:
    by: dict[str, Any] = {"reader": reader}
    past: dict[str, Any] = {**by, "histories": histories}
    for home in town.households:
        assert case_as_of(connection, home, **past) == case_view(connection, home, **by)
        assert course_as_of(connection, home, **past) == timeline(connection, home, **by)
        told = disclosures(connection, household=home, **by)
        assert disclosures_as_of(connection, household=home, **past) == told
    told = disclosures(connection, limit=9, **by)
    assert disclosures_as_of(connection, limit=9, **past) == told
    for key in town.sittings:
        assert sitting_as_of(connection, key, **past) == sitting(connection, key, **by)
    assert sittings_as_of(connection, **past) == sittings(connection, **by)
    for scope in Scope:
        for closed in (False, True):
            whose: dict[str, Any] = {"scope": scope, "closed": closed, "limit": 5}
            same = caseload(connection, **whose, **by)
            assert caseload_as_of(connection, **whose, **past) == same
    for whole in (False, True):
        due = tasks(connection, whole_agency=whole, limit=7, **by)
        assert tasks_as_of(connection, whole_agency=whole, limit=7, **past) == due
