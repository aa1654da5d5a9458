"""`setai as-of difference`: what was corrected once more, though it had been corrected before."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from domain.clocks import Point
from domain.correction import CorrectFact, History, correct_fact
from domain.events.intake import ConsultationReceived
from domain.events.membership import MemberJoined
from domain.household import Household
from domain.ledger import Stream
from projections.as_of.difference import DifferenceKind
from replays.as_of import difference, household
from replays.as_of.difference import Changes
from tests.domain.given import TODAY
from tests.laws.acts import lived
from tests.laws.town import Town


@pytest.fixture
def town() -> Town:
    return lived([])


def first(town: Town, home: UUID, kind: type[Any]) -> int:
    """The version of the first record of that kind."""
    return next(r.version for r in town.ledger.history(home) if isinstance(r.fact, kind))


def corrected(
    town: Town, home: UUID, version: int, hidden_from: tuple[UUID, ...] = (), **changes: Any
) -> Point:
    """Corrected so on a later day; and the same day as before, as it is known thereafter."""
    town.at += timedelta(days=1)
    streams = Stream(Household, home), Stream(History, home)
    correct: Any = correct_fact
    decide = partial(correct, version=version)
    said = {"changes": changes, "reason": "誤記", "hidden_from": hidden_from}
    by = next(r.author.capacity for r in town.ledger.history(home) if r.version == version)
    made = town.do(decide, CorrectFact, *streams, as_=by, **said)
    assert made
    assert made.recorded, made.answer
    return Point(TODAY, town.ledger.head())


def between(town: Town, home: UUID, one: Point, other: Point) -> Changes:
    found = difference(town.ledger, home, one, other)
    assert found is not None
    return found


def test_a_record_corrected_again_is_told(town: Town) -> None:
    home = town.households[0]
    version = first(town, home, ConsultationReceived)
    once = corrected(town, home, version, fields=["elderly"])
    again = corrected(town, home, version, fields=["poverty"])
    for one, other in ((once, again), (again, once)):
        ((kind, event),) = between(town, home, one, other).records
        assert (kind, event.version) == (DifferenceKind.CORRECTED, version)
    same = between(town, home, again, again)
    assert (same.states, same.records) == ((), ())


def test_what_a_correction_hides_from_somebody_is_in_no_past(town: Town) -> None:
    home, before = town.households[0], Point(TODAY, town.ledger.head())
    version = first(town, home, ConsultationReceived)
    assert version in _told(town, home, before)
    corrected(town, home, version, (town.persons[0],), fields=["elderly"])
    assert version not in _told(town, home, before)


def test_nor_is_its_day_the_last_on_which_somebody_spoke_to_them(town: Town) -> None:
    home, before = town.households[0], Point(TODAY, town.ledger.head())
    spoken = [r for r in town.ledger.history(home) if isinstance(r.fact, ConsultationReceived)]
    for each in spoken:
        corrected(town, home, each.version, (town.persons[0],), fields=["elderly"])
    then = household(town.ledger, home, before)
    assert spoken
    assert then is not None
    assert then.last_contact is None


def _told(town: Town, home: UUID, point: Point) -> set[int]:
    then = household(town.ledger, home, point)
    return {event.version for event in then.events if event.stream == home} if then else set()


def test_of_a_member_it_is_told_what_is_otherwise_though_as_many_belong(town: Town) -> None:
    home = town.households[0]
    version = first(town, home, MemberJoined)
    once = corrected(town, home, version, relation="child")
    again = corrected(town, home, version, relation="unknown")
    assert between(town, home, once, again).states == (("relation", "child", "unknown"),)
