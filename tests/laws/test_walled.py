"""壁の向こう (rule 32): what the gate keeps from somebody for whom they act is no record to write
of, whoever wrote it; of all the rest they write as ever.
"""

from collections import Counter
from dataclasses import replace
from random import Random
from uuid import UUID

from domain.gate import Denial, Place, Reader, may_read, walled
from domain.household import Household
from domain.labelling import TightenLabel, tighten_label
from domain.recorded import Recorded, fold
from domain.refusals import Refused
from domain.stamp import Stamp
from domain.values import Author
from tests.domain.gated import HOME, NOON, World
from tests.domain.given import PROFILE
from tests.laws.gate_cases import history, readers

EVERY_RUN, NIGHTLY = 100, 2_000


def test_what_is_walled_off_is_no_record_and_the_rest_is_as_ever(nightly: int) -> None:
    answered: Counter[tuple[bool, str]] = Counter()
    for seed in range(EVERY_RUN if nightly == 1 else NIGHTLY):
        any_ = Random(seed)
        world = history(any_)
        household = _household(world)
        for reader in readers(any_):
            stamps = _stamps(world, reader)
            for place, off in _walled(world, reader).items():
                here, before = (_tightened(household, place, by) for by in stamps)
                assert here == ("Unknown" if off else before), (seed, place, reader)
                answered[off, before] += 1
    assert answered[True, "recorded"]
    assert answered[False, "recorded"]


def _household(world: World) -> Household:
    told = [item for item in world.items if item.stream == HOME]
    return fold(
        Household(id=HOME),
        [Recorded(HOME, i.version, i.version, NOON, None, i.author, i.fact) for i in told],
    )


def _walled(world: World, reader: Reader) -> dict[Place, bool]:
    """Each record of the household, and whether a wall is why the reader may not read it."""
    situation = world.situation()
    verdicts = {
        item.place: may_read(reader, item, situation) for item in world.items if item.stream == HOME
    }
    return {
        place: isinstance(verdict, Denial) and verdict.rule == "wall"
        for place, verdict in verdicts.items()
    }


def _stamps(world: World, reader: Reader) -> tuple[Stamp, Stamp]:
    """As the edge makes it; and as it were if nothing were walled off."""
    by = Author(staff=reader.staff, capacity=reader.capacity)
    blank = Stamp(by, reader.at, UUID(int=99), PROFILE)
    return replace(blank, walled=walled(reader, world.items, world.situation())), blank


def _tightened(household: Household, place: Place, by: Stamp) -> str:
    try:
        tighten_label(household, TightenLabel(conceal=True), by, version=place.version)
    except Refused as refused:
        return type(refused).__name__
    return "recorded"
