"""A sitting as of a point: in codes, and of nobody protected."""

from pathlib import Path
from random import Random

from domain.clocks import Point
from domain.events.sitting import AgendaItemAdded, MeetingBasis, PresenceRecorded
from domain.ledger import ledger_in_memory
from replays.as_of import household, sitting
from tests.laws.acts import lived, meeting, people
from tests.laws.town import Town
from tests.replays.small_town import WORDS, City, city, run

__all__ = ["city"]


def test_a_sitting_is_told_in_codes(city: City, tmp_path: Path) -> None:
    key = city.town.sittings[0]
    for form, heading in (((), "議題"), (("--json",), "present"), (("--csv",), "present")):
        code, said = run(city, tmp_path, "sitting", str(key), *form)
        assert (code, heading in said) == (0, True), said
        assert not [
            word for word in (*WORDS, "世帯について", "話し合った", "構成員") if word in said
        ]


def test_whom_a_sitting_took_up_is_told_of_a_layered_one_about_nobody_protected() -> None:
    town = lived([], ledger_in_memory(demonstration=True))
    (home,), ledger = town.households, town.ledger
    for seed in range(30):
        town.chance = Random(seed)
        meeting.hold_sitting(town, "support" if seed % 2 else "layered")
        then = household(ledger, home, Point(town.at.date(), ledger.head()))
        assert then is not None
        told = {basis for basis, told in _taken_up(town) if told}
        assert told == (set() if then.withheld else {MeetingBasis.LAYERED})
        if told and {basis for basis, _ in _taken_up(town)} > told:
            break
    assert told == {MeetingBasis.LAYERED}
    while not any(town.person(each).is_concealed for each in town.state(home).people.members):
        people.conceal(town)
    assert not {basis for basis, told in _taken_up(town) if told}


def _taken_up(town: Town) -> set[tuple[MeetingBasis, bool]]:
    """The basis of each item, and whether the household that it is about was told."""
    ledger, today = town.ledger, town.at.date()
    found: set[tuple[MeetingBasis, bool]] = set()
    for key in town.sittings:
        facts = [each.fact for each in ledger.history(key)]
        then = sitting(ledger, key, Point(today, ledger.head()))
        assert then is not None
        assert sitting(ledger, key, Point(today, ledger.history(key)[0].position - 1)) is None
        there = {fact.attendee for fact in facts if isinstance(fact, PresenceRecorded)}
        assert then.present == len(there)
        added = [fact for fact in facts if isinstance(fact, AgendaItemAdded)]
        for item, fact in zip(then.items, added, strict=True):
            assert item.household in {None, fact.household}
            found.add((fact.basis, item.household is not None))
    return found
