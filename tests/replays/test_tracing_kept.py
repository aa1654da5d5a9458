"""What is kept from somebody since it was counted is counted as before, and not named."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.correction import History, WithdrawMisfiled, withdraw_misfiled
from domain.events.intake import ConsultationReceived
from domain.household import Household
from domain.ledger import Stream
from replays.statistics import Cell, Cut, Ground, Place, Statistics, census_of, read_period, trace
from tests.domain.given import COUNSELLOR, PROFILE
from tests.laws.town import Town
from tests.replays.test_as_of_corrected import corrected, first, town

__all__ = ["town"]


@pytest.fixture
def place(town: Town) -> Place:
    home = town.households[0]
    return Place(home, first(town, home, ConsultationReceived))


def traced(town: Town, closed: int) -> list[Ground]:
    ledger, at = town.ledger, datetime(2030, 4, 1, tzinfo=UTC)
    cuts = Cut(closed, at), Cut(ledger.head(), at)
    statistics = Statistics(census_of(ledger, PROFILE), PROFILE, read_period("2020-01/2029-12"))
    found = trace(statistics, Cell("consultations"), cuts, ledger, frozenset[UUID]())
    return [ground for ground in found.grounds if ground.closed]


def test_what_a_correction_hides_from_somebody_is_not_named(town: Town, place: Place) -> None:
    closed = town.ledger.head()
    before = traced(town, closed)
    corrected(town, place.stream, place.version, (town.persons[0],), fields=["elderly"])
    after = traced(town, closed)
    assert place in {ground.place for ground in before}
    assert place not in {ground.place for ground in after}
    assert len(after) == len(before)


def test_what_was_withdrawn_as_misfiled_is_not_named(town: Town, place: Place) -> None:
    closed = town.ledger.head()
    before = traced(town, closed)
    streams = Stream(Household, place.stream), Stream(History, place.stream)
    said = {"facts": (place.version,), "reason": "別の世帯の記録"}
    made = town.do(withdraw_misfiled, WithdrawMisfiled, *streams, as_=COUNSELLOR, **said)
    assert made
    assert made.recorded, made.answer
    after = traced(town, closed)
    assert place in {ground.place for ground in before}
    assert place not in {ground.place for ground in after}
    assert len(after) == len(before)
