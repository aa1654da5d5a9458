"""指し示す先: in every history, what speaks of a record is walled off from whomever that is walled
off from; who reads it without one, reads it with the other.
"""

from collections import Counter
from dataclasses import replace
from random import Random

from domain.gate import Item, Place, Reader, Situation, may_read
from domain.values import Author
from tests.laws.gate_cases import history, readers
from tests.laws.gate_oracle import Log, Told
from tests.laws.gate_oracle_spoken import earlier, in_one_thread

EVERY_RUN, NIGHTLY = 40, 1_000


def test_what_speaks_of_a_record_is_behind_its_walls_and_behind_no_others(nightly: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(EVERY_RUN if nightly == 1 else NIGHTLY):
        any_ = Random(seed)
        world = history(any_)
        told = {item.place: _told(item) for item in world.items}
        log, situation = Log([*told.values()], world.same), world.situation()
        asked = [item for item in world.items if item.stream not in world.apart]
        for reader in readers(any_):
            off = {i.place for i in asked if _off(reader, i, situation)}
            blind = replace(situation, at={}, begun={})
            for item in asked:
                spoken = earlier(log, told[item.place])
                others = [t for t in spoken if not in_one_thread(told[item.place], t)]
                if any(Place(*t[:2]) in off for t in others):
                    assert item.place in off, (seed, item.place, reader)
                    seen["closed"] += not _off(reader, item, blind)
                elif item.place in off and not spoken:
                    assert _off(reader, item, blind), (seed, item.place, reader)
    assert seen["closed"]


def _off(reader: Reader, item: Item, situation: Situation) -> bool:
    return may_read(reader, item, situation).rule == "wall"


def _told(item: Item) -> Told:
    author: Author = item.author
    return Told(item.stream, item.version, author.staff, item.fact, author.capacity.role.value)
