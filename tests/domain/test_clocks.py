"""Two clocks: from which day something is so, and from which record on it is known."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from domain.clocks import Point, as_of, is_late, known_by, misfiled, so_from
from domain.events import Fact
from domain.events.membership import MemberJoined
from domain.events.person import PersonsMerged, PersonsUnmerged
from domain.events.rights import FactCorrected, MisfiledRecordWithdrawn
from domain.events.support import ContactMade
from domain.recorded import Recorded
from tests.domain.gated import CHILD, FATHER, HOME, MOTHER, NOON, World, contact, fact

MAY = date(2026, 5, 31)
ALL = 99


def told(*facts: Fact) -> list[Recorded]:
    """Each one position after the other."""
    world = World()
    for each in facts:
        world.tell(each, HOME)
    return [Recorded(HOME, i.version, i.version, NOON, None, i.author, i.fact) for i in world.items]


def met(day: str) -> ContactMade:
    made = contact()
    assert isinstance(made, ContactMade)
    return made.model_copy(update={"occurred_on": day})


def at(day: date, position: int, *facts: Fact) -> list[tuple[int, str]]:
    found = as_of(told(*facts), Point(day, position))
    return [(recorded.version, recorded.fact.occurred_on) for recorded in found]


def corrected(of: int, replacement: Fact | None) -> Fact:
    kind = type(replacement).__name__ if replacement else None
    more: dict[str, Any] = {"of": of, "reason": "誤り", "replacement_kind": kind}
    return fact(FactCorrected, None, **more, replacement=replacement)


def test_a_late_entry_is_so_from_its_day_and_known_from_its_record() -> None:
    late = (met("2026-05-20"), met("2026-04-10"))
    assert at(date(2026, 4, 30), 1, *late) == []
    assert at(date(2026, 4, 30), 2, *late) == [(2, "2026-04-10")]
    assert at(MAY, 1, *late) == [(1, "2026-05-20")]
    assert at(MAY, 2, *late) == [(1, "2026-05-20"), (2, "2026-04-10")]


def test_a_correction_says_what_was_so_whenever_it_was_made() -> None:
    history = (met("2026-05-20"), corrected(1, met("2026-04-10")))
    assert at(date(2026, 4, 30), 1, *history) == []
    assert at(date(2026, 4, 30), 2, *history)[0] == (1, "2026-04-10")


def test_a_record_taken_back_was_known_until_then() -> None:
    history = (met("2026-04-10"), corrected(1, None))
    assert at(date(2026, 4, 30), 1, *history) == [(1, "2026-04-10")]
    assert [version for version, _ in at(date(2026, 4, 30), 2, *history)] in ([], [2])


@pytest.mark.parametrize(
    ("day", "first"),
    [
        ("2026-05-20", date(2026, 5, 20)),
        ("2026-05", date(2026, 5, 1)),
        ("2026", date(2026, 1, 1)),
        ("unknown", date.min),
    ],
)
def test_it_is_so_from_the_first_day_it_can_have_been(day: str, first: date) -> None:
    assert so_from(met(day)) == first


def test_who_belongs_does_so_since_the_day_that_was_stated() -> None:
    about = {"person": CHILD, "relation": "child", "membership": "living-together"}
    assert so_from(fact(MemberJoined, None, **about, since="2024-03")) == date(2024, 3, 1)


def test_that_two_are_one_was_always_so() -> None:
    pair = {"survivor": MOTHER, "absorbed": FATHER}
    for found in (
        fact(PersonsMerged, None, **pair),
        fact(PersonsUnmerged, None, **pair, reason="別人"),
    ):
        assert so_from(found) == date.min


def test_late_is_what_was_written_on_a_later_day_of_japan() -> None:
    evening = datetime(2026, 5, 20, 14, 59, tzinfo=UTC)
    morning = datetime(2026, 5, 20, 15, 0, tzinfo=UTC)
    assert not is_late(met("2026-05-20"), evening)
    assert is_late(met("2026-05-20"), morning)
    assert not is_late(met("2026-05"), morning)
    assert not is_late(met("unknown"), morning)


def test_what_was_withdrawn_as_another_households_is_named() -> None:
    wrong = fact(MisfiledRecordWithdrawn, None, facts=(1, 3), reason="別")
    assert misfiled(told(contact(), wrong, contact())) == {1}
    assert [r.version for r in known_by(told(contact(), wrong), 1)] == [1]


def test_nothing_is_known_before_the_first_record() -> None:
    assert at(MAY, 0, met("unknown")) == []
    assert at(date.min, ALL, met("unknown")) == [(1, "unknown")]
