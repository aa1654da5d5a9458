"""What was once shown can be shown again from what was noted of it, byte for byte."""

from hypothesis import event, given
from hypothesis import strategies as st

from domain.events import Fact
from domain.gate import Reader, shown, shown_again
from tests.domain.gated import World
from tests.domain.test_gate_laws import READERS, worlds
from tests.facts import any_fact


@given(worlds(), READERS)
def test_every_fact_of_a_world_is_shown_the_same_again(world: World, by: Reader) -> None:
    _the_same(world, by)


@given(st.lists(any_fact("household"), min_size=1, max_size=6), READERS)
def test_a_fact_of_any_kind_is_shown_the_same_again(facts: list[Fact], by: Reader) -> None:
    world = World()
    for fact in facts:
        world.tell(fact)
    _the_same(world, by)


def _the_same(world: World, by: Reader) -> None:
    situation = world.situation()
    for item in world.items:
        if found := shown(by, item, situation):
            event(found.grant.rule)
            again = shown_again(item, found.grant.rule, found.withheld, situation)
            assert again.fact.model_dump_json() == found.item.fact.model_dump_json()
